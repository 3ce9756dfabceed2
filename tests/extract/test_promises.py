"""What holds for every input: nothing is lost, every store takes what comes out."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.extract.decode import decode
from flows.extract.extraction import extract
from flows.extract.fences import split
from tests.fuzz_extract import PIECES, PROFILES, check

TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=25).map("".join)
FENCED = st.tuples(
    st.sampled_from(["---\n", "+++\n", ";;;\n", "{", "\ufeff---\r\n"]),
    TEXTS,
    st.sampled_from(["---\n", "+++\n", "}\n", ""]),
)
KEYS = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=10)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@given(data=st.binary(max_size=400))
def test_any_bytes_end_with_a_status_and_all_their_text(data: bytes) -> None:
    check(data, PROFILES[0])


@settings(max_examples=300)
@given(text=FENCED.map("".join), encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]))
def test_any_text_is_kept_and_every_row_can_be_stored(text: str, encoding: str) -> None:
    check(text.encode(encoding, "ignore"), PROFILES[1])


@given(text=TEXTS)
def test_a_split_adds_up(text: str) -> None:
    fenced = split(text)
    assert fenced.opening + fenced.raw + fenced.closing + fenced.body == text


@given(values=st.dictionaries(KEYS, VALUES, max_size=4), body=st.text(max_size=30))
def test_json_front_matter_says_what_was_written(values: dict[str, object], body: str) -> None:
    written = json.dumps(values)
    data = f"---json\n{written}\n---\n{body}".encode(errors="replace")
    extraction = extract(data)
    assert extraction.front_matter_raw == written + "\n"
    assert extraction.body == (decode(data).text or "").partition("\n---\n")[2]
    if not any(problem.code == "duplicate_key" for problem in extraction.problems):
        assert _without_nul(values) == extraction.front_matter


@given(first=TEXTS, second=TEXTS)
def test_reading_depends_on_nothing_but_the_bytes(first: str, second: str) -> None:
    data = f"---\n{first}\n---\n{second}".encode()
    assert extract(data) == extract(data) or "nan" in first.lower()


def _without_nul(value: object) -> object:
    if isinstance(value, str):
        return (
            value.replace("\0", "\ufffd").encode("utf-8", "surrogatepass").decode("utf-8", "replace")
            if value
            else value
        )
    if isinstance(value, list):
        return [_without_nul(item) for item in value]
    if isinstance(value, dict):
        return {_without_nul(key): _without_nul(item) for key, item in value.items()}
    return value
