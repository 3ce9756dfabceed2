"""The likeliest encoding of bytes that no byte order mark explains and that are not UTF-8.

The national two-byte sets of East Asia order their characters by how common they are, so the rows that a
text's bytes fall into tell one set from another: no table of letters is needed, and a headline is enough.
Runs of high bytes tell Cyrillic from Western text. What is left goes to a general detector.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_SAMPLE_BYTES = 1 << 16
_RUN = re.compile(rb"[\x80-\xff]+")
_DECLARED = re.compile(rb"(?:encoding|charset|coding)[ \t]*[:=][ \t]*[\"']?([A-Za-z0-9_.:-]{3,20})", re.IGNORECASE)
_DECLARABLE = frozenset((
    "gb18030", "gbk", "gb2312", "big5", "big5-hkscs", "shift-jis", "sjis", "cp932", "windows-31j", "euc-jp",
    "euc-kr", "cp949", "iso-2022-jp", "latin-1", "latin1", "iso-8859-1", "iso-8859-2", "iso-8859-5",
    "iso-8859-7", "iso-8859-9", "iso-8859-15", "koi8-r", "koi8-u", "windows-1250", "windows-1251",
    "windows-1252", "windows-1253", "windows-1254", "windows-1255", "windows-1256", "windows-1257",
    "windows-874", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp874",
    "tis-620", "macroman",
))  # fmt: skip
_TWO_BYTE_SETS = ("gb", "big5", "shift", "sjis", "cp932", "windows-31j", "euc", "cp949", "iso-2022")
_GENERAL = _DECLARABLE | {
    "iso-8859-4",
    "iso-8859-6",
    "iso-8859-8",
    "iso-8859-13",
    "iso-8859-16",
    "windows-1258",
}
# Letters that Central European sets put where Western sets have signs: next to letters they are no signs.
_SIGN_IN_WORD = re.compile(
    rb"(?<=[A-Za-z])[\xa1-\xa6\xa9\xac\xae-\xb1\xb3\xb5\xb6\xb9\xbc\xbe\xbf\x8a-\x8f\x9a\x9c-\x9f]"
    rb"|[\xa3\xa5\xa6\xa9\xac\xae\xaf\xb1\xb3\xb5\xb6\xb9\xbc\xbe\x8a-\x8f\x9a\x9c-\x9f](?=[a-z])"
)
_SPACED_WORDS = re.compile(rb"[\xa1-\xfe] [\xb0-\xc8][\xa1-\xfe]")


class _Rows(NamedTuple):
    """How a set's characters are told apart in bytes: groups of `tokens` are worth `weights`; others cost."""

    name: str
    codecs: tuple[str, ...]
    tokens: re.Pattern[bytes]
    weights: tuple[float, ...]


_SETS = (
    _Rows(
        "gb18030", ("gb18030",),
        re.compile(rb"([\xb0-\xd7][\xa1-\xfe])|([\xa1-\xa3][\xa1-\xfe])|[\x81-\xfe](?:[0-9][\x81-\xfe][0-9]|[\x40-\xfe])"),
        (1.0, 0.8),
    ),
    _Rows(
        "big5", ("big5", "cp950", "big5hkscs"),
        re.compile(rb"([\xa4-\xc6][\x40-\x7e\xa1-\xfe])|([\xa1-\xa3][\x40-\x7e\xa1-\xfe])|[\x81-\xfe][\x40-\xfe]"),
        (1.0, 0.8),
    ),
    _Rows(
        "shift_jis", ("shift_jis", "cp932"),
        re.compile(rb"([\x82\x83][\x40-\xf1])|([\x88-\x97][\x40-\xfc])|(\x81[\x40-\xfc])|[\x81-\x9f\xe0-\xfc][\x40-\xfc]|[\xa1-\xdf]"),
        (1.3, 0.7, 0.8),
    ),
    _Rows(
        "euc-jp", ("euc_jp",),
        re.compile(rb"([\xa4\xa5][\xa1-\xf6])|([\xb0-\xcf][\xa1-\xfe])|([\xa1\xa3][\xa1-\xfe])|[\xa1-\xfe][\xa1-\xfe]|\x8e[\xa1-\xdf]"),
        (1.3, 0.7, 0.8),
    ),
    _Rows(
        "euc-kr", ("euc_kr", "cp949"),
        re.compile(rb"([\xb0-\xc8][\xa1-\xfe])|([\xa1-\xa3][\xa1-\xfe])|[\x81-\xfe][\x41-\xfe]"),
        (1.0, 0.8),
    ),
)  # fmt: skip
_RARE, _BROKEN = -1.5, -4.0


def guess(data: bytes) -> tuple[str, str] | None:
    """Return (encoding, text) for bytes that are not UTF-8, or None where no encoding makes sense of them."""
    declared = _declared(data)
    # A single-byte set reads everything, so that its name alone (in an example, say) proves little.
    if declared and declared[0].startswith(_TWO_BYTE_SETS):
        return declared
    return _cyrillic(data) or _east_asian(data) or declared or _single_byte(data)


def _declared(data: bytes) -> tuple[str, str] | None:
    """Return the encoding that the first lines name, if it reads every byte."""
    match = _DECLARED.search(data, 0, 2000)
    name = match[1].decode("ascii").lower() if match else ""
    if name.replace("_", "-") not in _DECLARABLE:
        return None
    return _strictly(data, name)


def _strictly(data: bytes, name: str) -> tuple[str, str] | None:
    try:
        return name, data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _east_asian(data: bytes) -> tuple[str, str] | None:
    sample = data[:_SAMPLE_BYTES]
    if len(max(_RUN.findall(sample), key=len, default=b"")) < 2:
        return None
    best: tuple[float, str, str] | None = None
    for rows in _SETS:
        score = _score(sample, rows)
        if score < 0.45 or (best and score <= best[0]):
            continue
        for codec in rows.codecs:
            if read := _strictly(data, codec):
                best = (score, rows.name if codec == rows.codecs[0] else codec, read[1])
                break
        else:
            # A byte or two that went wrong do not make another language of a text.
            text = data.decode(rows.codecs[-1], "replace")
            if text.count("\ufffd") <= 1 + len(data) // 2000:
                best = (score - 0.2, rows.codecs[-1], text)
    return (best[1], best[2]) if best else None


def _score(sample: bytes, rows: _Rows) -> float:
    """Return how well a set explains the high bytes: about 1 for its everyday text, below 0 for noise."""
    counts = [0] * (len(rows.weights) + 1)
    covered = 0
    for token in rows.tokens.finditer(sample):
        counts[(token.lastindex or 0) - 1] += 1
        covered += sum(byte > 0x7F for byte in token.group())
    total = sum(counts)
    if not total:
        return -1.0
    high = sum(map(len, _RUN.findall(sample)))
    worth = sum(count * weight for count, weight in zip(counts, rows.weights, strict=False))
    score = (worth + counts[-1] * _RARE) / total + max(0, high - covered - high // 200) / high * _BROKEN
    if rows.name == "big5" and total > 4 and covered == 2 * total:
        # Two of five second bytes are ASCII in Big5, none in the EUC sets.
        score -= 0.5
    if rows.name == "euc-kr":
        # Hangul fills half of GB 2312's everyday rows; Korean alone puts spaces between words.
        score += 0.05 if _SPACED_WORDS.search(sample) else -0.05
    return score


def _cyrillic(data: bytes) -> tuple[str, str] | None:
    """Recognise Cyrillic by the half of the letters that is lower case and by its vowels."""
    runs = _RUN.findall(data[:_SAMPLE_BYTES])
    high = b"".join(runs)
    if len(high) < 6 or len(high) < 2.2 * len(runs):
        return None
    for name, lower, vowels in (
        ("windows-1251", range(0xE0, 0x100), b"\xe0\xe8\xee"),
        ("koi8-r", range(0xC0, 0xE0), b"\xc1\xc9\xcf"),
    ):
        small = len(high) - len(high.translate(None, bytes(lower)))
        vowel_count = sum(high.count(vowel) for vowel in vowels)
        if small >= 0.8 * len(high) and vowel_count >= 0.18 * len(high):
            return _strictly(data, name)
    return None


def _single_byte(data: bytes) -> tuple[str, str] | None:
    sample = data[:_SAMPLE_BYTES]
    runs = _RUN.findall(sample)
    high = sum(map(len, runs))
    signs = len(_SIGN_IN_WORD.findall(sample))
    if high < 2.2 * len(runs) and signs * 8 <= high:
        c1 = sum(byte < 0xA0 for run in runs for byte in run)
        if read := _strictly(data, "windows-1252" if c1 else "iso-8859-1"):
            return read
    import chardet

    name = str(chardet.detect(sample).get("encoding") or "").lower().replace("_", "-")
    if name in _GENERAL and (read := _strictly(data, name)):
        return read
    return _strictly(data, "windows-1252") or _strictly(data, "iso-8859-1")
