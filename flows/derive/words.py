"""Words, sentences and characters of a text, in every script.

A word is a UAX #29 word that holds a letter or a digit; in scripts that write without spaces (Han, Hiragana,
Katakana, Bopomofo) every character counts as one, as word processors and Hugo count. Hangul is written with
spaces, so its words are UAX #29's. Thai, Lao, Khmer and Burmese have neither spaces nor, in UAX #29, words: a run
of their letters counts as one. `flows.derive.passes.measure` counts them in bodies.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flows.derive.characters import BLOCK_END, HAN, KANA, classes_of
from flows.derive.passes import measure


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
    import regex

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
