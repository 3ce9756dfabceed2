"""The passes over every character: compiled and in Python they come to the same, whatever the text."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flows.derive import passes
from flows.derive.character_classes import CODE_POINTS, class_table, classes_of, letter_table
from flows.derive.characters import BLOCK_END
from flows.derive.passes import plain, plain_scores, plain_words

measuring = pytest.importorskip("flows.derive.passes.measuring", reason="there was no C compiler at installation")
hashing = pytest.importorskip("flows.derive.passes.hashing")
searching = pytest.importorskip("flows.derive.passes.searching")
rewriting = pytest.importorskip("flows.derive.passes.rewriting")
counting = pytest.importorskip("flows.derive.passes.counting")
recognising = pytest.importorskip("flows.derive.passes.recognising")
scoring = pytest.importorskip("flows.derive.passes.scoring")

# What decides: classes of characters beside each other. Text drawn from all of Unicode would hardly ever meet them.
MEETING = st.text(
    st.sampled_from("abLMr0159 ..!?,:;'\"’”_\0\0漢字カ。！？—é\u0301\u200dёΩ한\u00a0\x1c\ud800😀"), max_size=60
)
TEXTS = st.one_of(st.text(max_size=80), MEETING, st.lists(MEETING, max_size=8).map(BLOCK_END.join))


def test_they_are_used_where_they_are_compiled() -> None:
    assert passes.IS_COMPILED
    assert passes.measure is measuring.measure


@settings(max_examples=1500)
@given(TEXTS)
@example("Dr. Lee met J. Park. He said: “No.” Then 3.5 and a.b: x..! yes? ok")
@example("他说：“好。”然后走了。\0Mr. Ölund e.g. this\0a.\u0301b 0,\u03010 __ _a a._b")
def test_measure(text: str) -> None:
    classes = classes_of(text)
    assert measuring.measure(text, classes) == plain.measure(text, classes)


@given(TEXTS)
@example("漢é\0\0Ёж カナ, 한글 x\0")
@example("".join(map(chr, range(CODE_POINTS))))
def test_letter_counts(text: str) -> None:
    classes = classes_of(text)
    counts = measuring.letter_counts(classes)
    assert counts == plain.letter_counts(classes)
    # Their order settles which of two scripts that are as frequent carries a text.
    assert list(map(list, counts)) == list(map(list, plain.letter_counts(classes)))


@given(TEXTS)
@example("".join(map(chr, range(CODE_POINTS))))
def test_classify(text: str) -> None:
    assert measuring.classify(text, class_table()) == plain.classify(text, class_table())


@settings(max_examples=300)
@given(st.lists(st.integers(0, 255), min_size=64, max_size=400), st.sampled_from([1, 4]), st.sampled_from([3, 4]))
def test_least_hashes(codes: list[int], width: int, steps: int) -> None:
    data = b"".join((code * (1 if width == 1 else 7919)).to_bytes(width, "little") for code in codes)
    assert hashing.least_hashes(data, width, steps) == plain.least_hashes(data, width, steps)


@settings(max_examples=1000)
@given(st.text("a{}%# \0漢", max_size=14))
@example("{{ a {{ b }} c }} {{ d }}  {{{ e }}} {{f {g} }} {% h %} {# i #} {{ j }")
@example("{{ a }} b {{ c }}d{{e}}  {f} {")
def test_without_template_tags(text: str) -> None:
    assert searching.without_template_tags(text) == plain.without_template_tags(text)


@settings(max_examples=1000)
@given(
    st.lists(
        st.sampled_from(["{", "%", "<", "/", "-", " ", "\n", "\u3000", "site.", "site", '"', "'", "a"]), max_size=9
    )
)
def test_has_template_tags(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert searching.has_template_tags(text) == plain.has_template_tags(text)


@given(st.text("a{<\0\1\2\3\4漢é😀", max_size=9))
def test_without_marks(text: str) -> None:
    assert searching.without_marks(text) == plain.without_marks(text)


@settings(max_examples=500)
@given(
    st.lists(st.sampled_from([*"<>/!?\"'= \n-:_aÉ漢", "<p", "<Br/>", "</LI>", "<b c='>'>", "<!--", "<pré", "Table>"]))
)
@example(["<bloc\u212aquote>", "<p", ' a="', "'", "<", '"', ">", "x", "<"])
def test_without_html_tags(pieces: list[str]) -> None:
    html = "".join(pieces)
    assert rewriting.without_html_tags(html) == plain.without_html_tags(html)


@settings(max_examples=300)
@given(st.one_of(st.text("ab \n\t\xa0\u3000\x1c漢"), st.text()))
def test_squeezed(text: str) -> None:
    assert rewriting.squeezed(text) == plain.squeezed(text)


@given(st.one_of(st.text(st.characters(max_codepoint=127)), st.text()))
@example("".join(map(chr, range(128))))
def test_github_anchor(title: str) -> None:
    assert rewriting.github_anchor(title) == plain.github_anchor(title)


@given(st.text("ab\0\1\4\5\t é漢😀", max_size=70))
def test_has_marks(text: str) -> None:
    assert searching.has_marks(text) == plain.has_marks(text)


@given(st.text("<]^-Aa漢\0😀", max_size=6), st.sampled_from(["<A漢", "]^^", "-A]", "漢\0a", "😀😀😀", "^-^"]))
def test_has_pair(text: str, pair: str) -> None:
    first, least, most = pair[0], min(pair[1:]), max(pair[1:])
    expected = any(left == first and least <= right <= most for left, right in pairwise(text))
    assert searching.has_pair(text, first, least, most) == expected
    assert plain.has_pair(text, first, least, most) == expected


BEGINNINGS = st.sampled_from(["a", "ab", "漢a", "aab", "😀"])


@given(st.text("ab漢\n😀", max_size=8), BEGINNINGS, BEGINNINGS)
def test_has_line(text: str, beginning: str, other: str) -> None:
    expected = any(line.startswith((beginning, other)) for line in text.split("\n"))
    assert searching.has_line(text, beginning, other) == expected
    assert plain.has_line(text, beginning, other) == expected


@given(st.text(st.characters(max_codepoint=127)))
def test_kept_letters(text: str) -> None:
    assert hashing.kept_letters(text) == plain.kept_letters(text)


@settings(max_examples=300)
@given(TEXTS)
def test_kept_codes(text: str) -> None:
    found = hashing.kept_codes(text, letter_table(), 0x3000)
    assert found == plain.kept_codes(text, letter_table(), 0x3000)


EVERY = 10**9
# More than a first table has room for.
MANY_WORDS = " ".join(map("".join, product("abCdeFghijk", repeat=3)))


@settings(max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(["count", "count_again", "add"]), TEXTS), max_size=4))
@example([("count", MANY_WORDS), ("count_again", MANY_WORDS[:900]), ("add", MANY_WORDS + " more")])
@example([("count", "ΣΑΣ İstanbul Ωm Kelvin Straße ÉTÉ “quoted”—dash 漢字。𠀀 \ud800x ªº µ")])
def test_word_counts(calls: list[tuple[str, str]]) -> None:
    compiled, in_python = counting.WordCounts(), plain_words.WordCounts()
    for counts in (compiled, in_python):
        for call, text in calls:
            getattr(counts, call)(text.encode("utf-8", "replace").split() if call == "add" else text)
    no_words, no_words_in_python = counting.WordCounts(), plain_words.WordCounts()
    for left_out in ((), (b"ab", "漢".encode())):
        no_words.add(left_out)
        no_words_in_python.add(left_out)
        for bounds in ((EVERY, EVERY, 0), (3, EVERY, 1), (0, EVERY, 3), (EVERY, 2, 3), (2, 5, 1)):
            assert compiled.best(*bounds, no_words) == in_python.best(*bounds, no_words_in_python)
    words = [
        b"a",
        b"bL",
        b"",
        "漢".encode(),
        *" ".join(text for _, text in calls).lower().encode("utf-8", "replace").split(),
    ]
    assert compiled.of(words) == in_python.of(words)


WORDS = st.lists(st.text("abé漢😀", max_size=3), max_size=6)


@settings(max_examples=500)
@given(
    WORDS,
    WORDS,
    st.lists(st.one_of(WORDS.map(" ".join), st.text("ab \n\xa0\u3000\x1c漢é"))).map(" ".join),
    st.integers(0, 40),
)
@example(MANY_WORDS.split(), ["aaa"], MANY_WORDS + " aaa bbb", 10**9)
def test_vocabulary(words: list[str], shared: list[str], text: str, end: int) -> None:
    compiled, in_python = recognising.Vocabulary(words, shared), plain_words.Vocabulary(words, shared)
    for asked in (text, "", text + "é"):
        assert compiled.count_in(asked, end) == in_python.count_in(asked, end)


@settings(max_examples=300)
@given(st.lists(st.text("ab漢字\u9fff\ua000𠀀，。1 é", min_size=1, max_size=4), max_size=12))
def test_add_chinese(words: list[str]) -> None:
    compiled, in_python = counting.WordCounts(), plain_words.WordCounts()
    assert compiled.add_chinese(words) == in_python.add_chinese(words)
    nothing, nothing_in_python = counting.WordCounts(), plain_words.WordCounts()
    assert compiled.best(EVERY, EVERY, 1, nothing) == in_python.best(EVERY, EVERY, 1, nothing_in_python)


def test_every_character_is_made_small_alike() -> None:
    for start in range(0, 0x110000, 64):
        text = " ".join(map(chr, range(start, start + 64)))
        compiled, in_python = counting.WordCounts(), plain_words.WordCounts()
        compiled.count(text)
        in_python.count(text)
        nothing, nothing_in_python = counting.WordCounts(), plain_words.WordCounts()
        assert compiled.best(EVERY, EVERY, 1, nothing) == in_python.best(EVERY, EVERY, 1, nothing_in_python)
        kept = letter_table()
        assert hashing.kept_codes(text, kept, 0) == plain.kept_codes(text, kept, 0)


def test_every_character_of_white_space_is_of_its_class() -> None:
    every = "".join(map(chr, range(0x110000)))
    spaces = {chr(code) for code, name in enumerate(classes_of(every)) if name == ord(" ")}
    assert spaces == {character for character in every if character.isspace()}


@settings(max_examples=300)
@given(st.integers(0, 2**32 - 1), st.integers(0, 40), st.integers(0, 6), st.integers(1, 8))
def test_add_weights(seed: int, places: int, columns: int, labels: int) -> None:
    random = np.random.default_rng(seed)
    # Of few numbers, so that many features are known, and some want the same slot.
    numbers = random.integers(0, 2**32, 12, dtype=np.uint32)
    keys = np.unique(numbers[:8])
    slots = np.full(16, len(keys), dtype=np.int32)
    for row in range(len(keys)):
        slot = int(plain_scores.first_slots(keys[row : row + 1], 16)[0])
        while slots[slot] != len(keys):
            slot = (slot + 1) % 16
        slots[slot] = row
    weights = random.normal(size=(len(keys), labels)).astype(np.float32)
    features = random.choice(numbers, (places, columns)).astype(np.uint32)
    both = [np.full((places, labels), 0.1, dtype=np.float32) for _ in range(2)]
    scoring.add_weights(both[0], features, slots, keys, weights)
    plain_scores.add_weights(both[1], features, slots, keys, weights)
    assert both[0].tolist() == both[1].tolist()


def test_add_weights_of_another_shape_is_refused() -> None:
    scores, features = np.zeros((2, 3), np.float32), np.zeros((1, 4), np.uint32)
    slots, keys = np.zeros(16, np.int32), np.zeros(0, np.uint32)
    with pytest.raises(ValueError, match="do not fit"):
        scoring.add_weights(scores, features, slots, keys, np.zeros((0, 3), np.float32))
