"""Words, characters and sentences, counted by hand; word boundaries as Unicode has them outside CJK."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from flows.derive.character_classes import class_table, classes_of
from flows.derive.characters import BLOCK_END
from flows.derive.passes import measure
from flows.train import characters
from flows.train.characters import HAN, KANA


def word_count(text: str) -> int:
    """Return how many words a text has, every CJK character counted as one."""
    return sum(measure(text, classes_of(text)).word_counts)


def words(text: str) -> list[str]:
    """Return the words of a text, CJK characters left out, in their order."""
    found: list[str] = _reference().findall(text)
    return [word for word in found if any(c.isalnum() for c in word)] if "_" in text else found


def cjk_character_count(text: str) -> int:
    """Return how many characters of a text are Han, Hiragana, Katakana or Bopomofo."""
    return sum(measure(text, classes_of(text)).cjk_counts)


def character_count(text: str) -> int:
    """Return how many characters a text has, white space left out."""
    return measure(text, classes_of(text)).character_count


def sentence_count(text: str) -> int:
    """Return how many sentences a block has; text after the last full stop is one as well."""
    text = text.replace(BLOCK_END, " ").strip() + BLOCK_END
    return measure(text, classes_of(text)).sentence_count


@lru_cache(maxsize=1)
def _reference() -> Any:
    """UAX #29, WB4 to WB13b: letters, digits and connectors run together, joined by marks between two of a kind."""
    extend = r"[\p{WB=Extend}\p{WB=Format}\p{WB=ZWJ}]*+"
    letter = rf"[[\p{{WB=ALetter}}\p{{WB=Hebrew_Letter}}\p{{LB=SA}}]--[{HAN}{KANA}\p{{WB=Extend}}\p{{WB=Numeric}}]]"
    quote = r"\p{WB=MidNumLet}\p{WB=Single_Quote}"
    return regex.compile(
        rf"""
        (?:
            {letter} {extend} (?: [\p{{WB=MidLetter}}{quote}] {extend} (?= {letter} ) )?
          | \p{{WB=Numeric}} {extend} (?: [\p{{WB=MidNum}}{quote}] {extend} (?= \p{{WB=Numeric}} ) )?
          | \p{{WB=ExtendNumLet}} {extend}
        )+
        """,
        regex.VERBOSE | regex.VERSION1,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("The ferry sails.", ["The", "ferry", "sails"]),
        ("don't stop, it’s 3.14 or 1,000", ["don't", "stop", "it’s", "3.14", "or", "1,000"]),
        ("e-mail snake_case __ example.com a,b", ["e", "mail", "snake_case", "example.com", "a", "b"]),
        ("Ελληνικά и русский", ["Ελληνικά", "и", "русский"]),
        ("naïve cafe\u0301", ["naïve", "cafe\u0301"]),
        ("한국어 문장", ["한국어", "문장"]),
        ("渡轮 sails 今天", ["sails"]),
        ("in 2024年", ["in", "2024"]),
        ("...!?", []),
        ("co\u00adoperate", ["co\u00adoperate"]),
        ("😀 ok", ["ok"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "words_", "cjk", "characters"),
    [
        ("渡轮今天开航。", 6, 6, 7),
        ("渡轮 sails 今天", 5, 4, 9),
        ("カタカナとひらがな", 9, 9, 9),
        ("한국어 문장", 2, 0, 5),
        ("a b\n c", 3, 0, 3),
        ("２０２４年", 2, 1, 5),
    ],
)
def test_counts(text: str, words_: int, cjk: int, characters: int) -> None:
    assert (word_count(text), cjk_character_count(text), character_count(text)) == (words_, cjk, characters)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("One. Two! Three?", 3),
        ("No full stop", 1),
        ("Dr. Lee met Mr. Park at 3.15 p.m. yesterday.", 1),
        ("It cost 3.5 million. “Really?” she said.", 2),
        ("渡轮开航。它很快！真的吗？", 3),
        ("他说：“好。”然后走了。", 2),
        ("...", 0),
        ("e.g. this one, i.e. that one.", 1),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert sentence_count(text) == count


MIXED = st.text(st.one_of(st.characters(max_codepoint=127), st.sampled_from("’‘·é渡轮カ。，—…“”\u0301\u200d한ё٣")))


@given(MIXED)
def test_the_fast_count_is_the_count_of_words(text: str) -> None:
    assert word_count(text) == len(words(text)) + cjk_character_count(text)


DIFFERS_ON_PURPOSE = regex.compile(
    r"[\p{WB=Katakana}\p{Han}\p{Hiragana}]|\p{WB=Hebrew_Letter}|\u200d[\p{Extended_Pictographic}\u2701]"
)


def test_boundaries_agree_with_unicode_outside_cjk(shared: Path) -> None:
    """Katakana counts by character; a quote joins nothing in Hebrew, nor a joiner a word to an emoji: all on purpose."""
    compared = 0
    for line in (shared / "suites" / "WordBreakTest.txt").read_text(encoding="utf-8").splitlines():
        case = line.partition("#")[0].split()
        pieces, current = [], ""
        for part in case:
            if part == "÷":
                pieces += [current] if current else []
                current = ""
            elif part != "×":
                current += chr(int(part, 16))
        text = "".join(pieces)
        if not case or DIFFERS_ON_PURPOSE.search(text):
            continue
        expected = [piece for piece in pieces if regex.search(r"[\p{WB=ALetter}\p{WB=Numeric}]", piece)]
        assert words(text) == expected, line
        compared += 1
    assert compared > 1000


def test_runs_of_one_class_are_what_unicode_says() -> None:
    """Long runs are not looked up when the classes are made: they must be of one class indeed."""
    for first, last, name in characters.RUNS:
        # Surrogates are no characters, and ideographs are taken whole, with the few places not assigned in them.
        codes = [code for code in range(first, last, 7) if not 0xD800 <= code < 0xE000]
        text = "".join(map(chr, codes))
        assert classes_of(text) == name * len(codes)
        assert characters.classified(text).count(name) > 0.6 * len(codes)


def test_the_file_of_classes_is_what_unicode_says() -> None:
    """If not, `make character-classes` makes it anew, and the structure of every text with it."""
    assert characters.class_table().tobytes() == class_table()
