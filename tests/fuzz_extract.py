"""Throw nasty bytes at extraction and derivation for a while: `python -m tests.fuzz_extract --seconds 60 [--seed N]`.

Every input must end as loaded or rejected with all its text kept, rows that every store takes, problems with
known codes and places that exist, in under ten seconds of the processor per MiB and one GiB of memory.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator

from flows.derive.content import derive_contents
from flows.derive.fields import field_rows, front_matter_json
from flows.derive.metadata import derive_metadata
from flows.derive.profile import Profile
from flows.derive.shards import empty_rows, frame
from flows.derive.tables import CONTENT_TABLES
from flows.derive.tasks import DerivationOptions
from flows.extract.decode import decode
from flows.extract.extraction import extract
from flows.problems import CODES

# Each input is extracted twice: by itself, and with all that is derived from it.
SECONDS_PER_MIB, LEAST_SECONDS = 10.0, 1.0
MAX_MEMORY_MIB = 1024
PROFILES = (
    Profile(),
    Profile(zone="Asia/Shanghai", date_order="day_first"),
    Profile(zone="America/New_York", date_order="month_first"),
)
PIECES = [
    "---\n", "+++\n", ";;;\n", "...\n", "----\n", "---json\n", "---toml\n", "--- yaml\r\n", "---\r",
    "{\n", "}\n", "\n", "\r\n", "\r", "\t", " ", "  ", "    ", "title: ", "date: ", "tags: ", "title = ",
    "date = ", '"title": ', "a.b: ", "content: ", "<<: ", "? ", ": ", "- ", ", ", "[", "]", "{", "}",
    "&a ", "*a", "!x ", "!!set ", "!!binary ", "|",
    ">", ">-", '"', "'", "# c", "%YAML 1.1", "@", "`", "~", "null", "true", "no", ".nan", "-.inf",
    "1e999", "0x1f",
    "1_000", "_1", "12:30:45", "007", "18446744073709551616",
    "2024-06-17", "2021-02-30", "2024-06-17T22:40:04.048Z", "2020年8月8日", "03/04/2021",
    "March 22nd, 2021", "1616407200", "0000-00-00", "{{ x }}", "{% if %}", "<%= y %>", "<<<<<<< a\n",
    "=======\n", ">>>>>>> b\n", "：", "，", "、", "你好", "日本語", "é", "\u2028", "\ufeff", "\x00",
    "\x1b$B", "\x0b", "\x85", "�", "😀", "\\ud800", "\\u0000", "\\x00", "\\N", "\\\n", "key: value\n",
    "- item\n", "  nested: 1\n", "[[x]]\n", "[t]\n", "a = 1\n", "'''", '"""', '"k": 1,\n', "# Heading\n",
]  # fmt: skip
MARKDOWN_PIECES = [
    "a", "two words", "你好。", "é", " ", "  ", "    ", "\t", "\n", "\n", "\n\n", "\r\n", "\r", "\\", "\\\n", "  \n", "\x0b",
    "- ", "- [ ] ", "- [x]\t", "1. ", "2) ", "> ", "> [!NOTE]\n", "# ", "## ", "===\n", "---\n", "  ===\n", "***\n",
    "{#a}", "{.b k=v}", "`", "``", "```", "```js\n", "~~~\n", "*", "**", "_", "~~", "[", "]", "](", ")", "![", "[a](b)",
    "[a]: /b 'c'\n", "[[a|b]]", "[^1]", "[^1]: ", "<", ">", "<b>", "</b>", "<div>\n", "</div>\n", "<!--", "-->", "<a href=b>",
    "<https://a.example/>", "https://a.example/b_c", "www.a.example", "&amp;", "&#0;", "&lt", "|", "| a | b |\n", "|---|---|\n",
    "{{ x }}", "{{<", ">}}", "{% raw %}", "{% comment %}", "{%", "%}", "{: .c}", "{", "}", "import A from 'a'\n\n", "<A>\n",
    "$", "12 %", "3.5 million", "350万", "2024-06-17", "#tag ", "“", "”", "！", "\u200d", "\ufeff", "\x00", "\x01", "\x04", "😀",
]  # fmt: skip
HALVES = ("码头上的渡轮今天照常开航，船长说风平浪静。", "The ferries at the pier sail today, the captain says. ")
QUANTITY_PIECES = [
    "9", "0", "12", "2024", "7" * 400, "7" * 4299, ".", ",", "/", "-", ":", " ", "%", "年", "月", "日", "万", "亿",
    "兆", "百分之", "分之", "第", "个人", "成", "二十", "两", "点五", "一半", " million", "bn", " per cent", "st",
    " of ", "third", " a ", "June ", "twenty-", "hundred ", "dozen ", "\u00a0", "９", "٣", "。", "\n\n",
]  # fmt: skip
BYTE_PIECES = [
    b"\xff\xfe", b"\xef\xbb\xbf", b"\xfe\xff", b"\x00", b"\xff", b"\xc4\xe3", b"\x82\xa0", b"\xe4\xbd",
    b"\x80",
]  # fmt: skip
ENCODINGS = [
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "big5", "shift_jis",
    "euc_jp", "euc_kr", "latin-1", "cp1252", "iso2022_jp",
]  # fmt: skip
REPEATED = [
    "[", "{", "- ", "? ", "a: ", "*a,", "[*a,*a]\n", "&a ", "- - ", "{a: ", "\n", " ", "\t", "'", '"',
    "\\n", "9", "-", "=", "a.", "[a.", "x: &x [*a,*a]\n", "---\n", "|\n", "{{", "{%", "<<<<<<<\n", "：",
    "a: b: ", "k: v\n", "\r", "你", ">", "1:", "0x", "!", "!a ", "# ", "[[a]]\n", "a=[", '"a":', '{"a":',
    "2024-", " - a\n", "--", "\u2028", "\x00",
]  # fmt: skip


OPENINGS = [
    ("---\na: ", "\n---\n"), ("---\n", ""), ("---\n", "\n---\n"), ("+++\na = ", "\n+++\n"),
    ("+++\n", "\n+++\n"), ('{"a": ', "}\n"), (";;;\n", "\n;;;\n"), ("", ""),
    ("---\n", "\n  - a: b: c\n---\n"),
]  # fmt: skip
KEYS = [
    "title", "Title", "date", "tags", "categories", "author", "authors", "ms.date", "a.b", "a", "b", "1",
    "null", "标题", "content", "description", "pubDate", "lang", "x y", '"q"', "<<", "[1]", "true",
]  # fmt: skip
VALUES = [
    "x", "Two words", "2024-06-17", "2021-02-30", "2024-06-17 22:40 +0800", "1", "1.5", "true", "null",
    "", "[a, b]", "{a: 1}", "a, b，c", "'q'", '"\\u4f60"', "*a", "&a v", "!t v", "{{ v }}", "03/04/2021",
    "你好", "a: b", "#", "|", ">-", "[", "1_0",
]  # fmt: skip


def systematic() -> Iterator[bytes]:
    """Yield every repeated piece, long, behind every way to begin front matter, closed and not."""
    for opening, closing in OPENINGS:
        for piece in REPEATED:
            yield (opening + piece * (500_000 // len(piece))).encode("utf-8") + closing.encode()


def sensible(chance: random.Random) -> str:
    """Return mostly well-formed front matter in YAML, TOML or JSON, with an odd line now and then."""
    form = chance.choice("yyytj")
    lines = []
    for _ in range(chance.randrange(12)):
        key, value = chance.choice(KEYS), chance.choice(VALUES)
        if form == "y":
            nested = f"\n  {chance.choice(KEYS)}: {value}\n  - {value}\n"
            lines.append(chance.choice((f"{key}: {value}\n", f"{key}:{nested}", f"{key}: [{value}, {value}]\n")))
        elif form == "t":
            lines.append(f"{key} = {chance.choice((value, json.dumps(value)))}\n")
        else:
            lines.append(f"{json.dumps(key)}: {json.dumps(value)},\n")
        if chance.random() < 0.1:
            lines.append(chance.choice(PIECES))
    opening, closing = {"y": ("---\n", "---\n"), "t": ("+++\n", "+++\n"), "j": ("{\n", '"z": 1\n}\n')}[form]
    return opening + "".join(lines) + closing + "# Heading\n\nText.\n"


def markdown(chance: random.Random) -> str:
    """Return a body of random pieces, one of them repeated now and then."""
    pieces = [chance.choice(MARKDOWN_PIECES) for _ in range(chance.randint(1, chance.choice((4, 12, 40, 200))))]
    if chance.random() < 0.1:
        pieces.insert(chance.randrange(len(pieces)), chance.choice(MARKDOWN_PIECES) * chance.choice((100, 5000)))
    return "".join(pieces)


def bilingual(chance: random.Random) -> str:
    """Return a document in two languages, each half with what may be a quantity."""
    halves = [[half * 4, *chance.choices(QUANTITY_PIECES, k=chance.choice((2, 8, 60)))] for half in HALVES]
    return "\n\n".join("".join(half) for half in halves)


def generate(chance: random.Random) -> bytes:
    """Return one nasty input: fences around random pieces, repetitions, odd encodings, flipped bytes."""
    kind = chance.random()
    if kind > 0.9:
        return bilingual(chance).encode("utf-8")
    if kind > 0.75:
        return markdown(chance).encode("utf-8")
    if kind > 0.5:
        text = sensible(chance)
        return text.encode(chance.choice(ENCODINGS) if chance.random() < 0.3 else "utf-8", "ignore")
    if kind < 0.05:
        return chance.randbytes(chance.choice((1, 10, 300, 5000)))
    pieces = [chance.choice(PIECES) for _ in range(chance.choice((3, 10, 30, 100)))]
    if kind < 0.25:
        size = chance.choice((100, 3000, 20_000, 200_000, 900_000))
        piece = chance.choice(REPEATED)
        place = chance.randrange(len(pieces))
        pieces[place:place] = [piece * (size // len(piece))]
        if chance.random() < 0.3:
            pieces.insert(place, "a: &a " + "x" * chance.choice((1, 1000, 100_000)) + "\n")
    fence = chance.choice(("---\n", "---\n", "+++\n", ";;;\n", "---json\n", "{", "---\r\n", "---\r", ""))
    closing = chance.choice((fence.replace("json", ""), "...\n", "", "\n" + fence.replace("json", "")))
    text = fence + "".join(pieces) + closing + "".join(chance.choice(PIECES) for _ in range(5))
    data = text.encode(chance.choice(ENCODINGS) if chance.random() < 0.3 else "utf-8", "ignore")
    while chance.random() < 0.3 and data:
        place = chance.randrange(len(data))
        data = data[:place] + chance.choice(BYTE_PIECES) + data[place + chance.choice((0, 0, 1, 5)) :]
    return data[: chance.randrange(len(data) + 1)] if chance.random() < 0.1 else data


def check(data: bytes, profile: Profile) -> list[str]:
    """Return the problem codes of one input; raise AssertionError where a promise is broken."""
    extraction = extract(data)
    metadata = derive_metadata(extraction, profile)
    rows = field_rows(extraction.front_matter)
    text_of_json = front_matter_json(extraction.front_matter)
    problems = [*extraction.problems, *metadata.problems]
    assert extraction.status in {"loaded", "rejected"}, extraction.status
    whole = extraction.opening + extraction.front_matter_raw + extraction.closing + extraction.body
    assert whole == (decode(data).text or ""), "text was lost"
    assert extraction.status == "loaded" or problems, "rejected without a reason"
    for text in (
        text_of_json,
        whole,
        *(part for row in rows for part in (row.key, row.value) if part),
        *metadata.tags_raw,
    ):
        text.encode()
    assert "\\u0000" not in text_of_json.replace("\\\\", ""), "NUL in JSON"
    assert json.loads(text_of_json, parse_constant=_refuse).keys() == extraction.front_matter.keys()
    assert len({(row.key, row.position) for row in rows}) == len(rows), "key paths are ambiguous"
    line_count = len(whole.splitlines()) + 1
    for problem in problems:
        assert problem.code in CODES, problem.code
        assert problem.line is None or 1 <= problem.line <= max(line_count, 1), f"{problem} of {line_count} lines"
        assert problem.column_number is None or problem.column_number >= 1, str(problem)
    rows_of_tables = empty_rows(CONTENT_TABLES)
    derive_contents([(bytes(16), data)], DerivationOptions(profile=profile), rows_of_tables)
    problems_column = list(CONTENT_TABLES["problems"]).index("code")
    codes = [row[problems_column] for row in rows_of_tables["problems"]]
    assert set(codes) <= CODES.keys(), codes
    for table, table_rows in rows_of_tables.items():
        assert frame(table_rows, CONTENT_TABLES[table]).height == len(table_rows), table
    if metadata.published_at:
        assert metadata.published_at.utcoffset() is not None
    return codes


def _refuse(name: str) -> None:
    raise AssertionError(f"{name} is not JSON")


def main() -> int:
    """Fuzz until the time is over; print what was seen; return 1 at the first broken promise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=None)
    arguments = parser.parse_args()
    faulthandler.enable()
    seed = arguments.seed if arguments.seed is not None else random.SystemRandom().randrange(1 << 32)
    chance = random.Random(seed)
    codes: Counter[str] = Counter()
    inputs, total_bytes, slowest = 0, 0, (0.0, 0, b"")
    deadline = time.monotonic() + arguments.seconds
    planned = systematic()
    while time.monotonic() < deadline:
        # By turns, so that a slow machine comes to both.
        data = next(planned, b"") if inputs % 2 else b""
        data = data or generate(chance)
        profile = chance.choice(PROFILES)
        started = time.process_time()
        try:
            codes.update(check(data, profile))
            seconds = time.process_time() - started
            limit = max(LEAST_SECONDS, SECONDS_PER_MIB * len(data) / 2**20)
            assert seconds < limit, f"{seconds:.1f} s for {len(data):,} bytes"
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
            assert memory < MAX_MEMORY_MIB, f"{memory:.0f} MiB"
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # A panic of Rust's is no Exception.
            print(
                f"seed {seed}, input {inputs}, {len(data):,} bytes: {type(error).__name__}: {error}",
                file=sys.stderr,
            )
            print(repr(data[:2000]), file=sys.stderr)
            raise
        inputs, total_bytes = inputs + 1, total_bytes + len(data)
        if seconds > slowest[0]:
            slowest = (seconds, len(data), data[:60])
    print(f"seed {seed}: {inputs:,} inputs, {total_bytes / 2**20:.1f} MiB, {memory:.0f} MiB of memory")
    print(f"slowest: {slowest[0]:.2f} s for {slowest[1]:,} bytes: {slowest[2]!r}")
    print(", ".join(f"{code} {count:,}" for code, count in sorted(codes.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
