"""Signatures: alike where texts are alike, whatever their markup, in any script."""

from __future__ import annotations

import random
from array import array

import pytest

from flows.derive.passes.plain import BINS
from flows.derive.similarity import signature


def invented(words: int, seed: int, alphabet: str = "abcdefghijklmnopqrstuvwxyz", length: int = 6) -> list[str]:
    made = random.Random(seed)
    return ["".join(made.choices(alphabet, k=made.randint(1, length))) for _ in range(words)]


def numbers_of(text: str) -> array[int]:
    found = signature(text)
    assert found is not None
    return array("I", found)


def agreement(text: str, other: str) -> float:
    left, right = numbers_of(text), numbers_of(other)
    return sum(a == b for a, b in zip(left, right, strict=True)) / BINS


def shingles(text: str, length: int) -> set[str]:
    letters = "".join(filter(str.isalnum, text.lower()))
    return {letters[place : place + length] for place in range(len(letters) - length + 1)}


HAN = "".join(map(chr, range(0x4E00, 0x4E00 + 2000)))


@pytest.mark.parametrize(
    ("alphabet", "shingle"), [("abcdefghijklmnopqrstuvwxyz", 16), (HAN, 8), ("абвгдежзиклмнопрст", 16)]
)
@pytest.mark.parametrize("changed", [0, 5, 20, 60])
def test_agreement_estimates_jaccard(alphabet: str, shingle: int, changed: int) -> None:
    words = invented(600, 1, alphabet)
    other = words.copy()
    for place in random.Random(2).sample(range(len(words)), changed):
        other[place] = "".join(random.Random(place).choices(alphabet, k=5))
    left, right = shingles(" ".join(words), shingle), shingles(" ".join(other), shingle)
    assert agreement(" ".join(words), " ".join(other)) == pytest.approx(len(left & right) / len(left | right), abs=0.2)


def test_case_space_and_punctuation_make_no_difference() -> None:
    words = invented(200, 3)
    assert agreement(" ".join(words), ",\n".join(words).upper()) == 1
    assert agreement(" ".join(words), " “".join(words)) == 1


def test_different_texts_disagree() -> None:
    assert agreement(" ".join(invented(300, 4)), " ".join(invented(300, 5))) < 0.1


@pytest.mark.parametrize("text", ["", "See also", "短い", "..." * 100])
def test_too_short_to_say(text: str) -> None:
    assert signature(text) is None


def test_numbers_fit_the_column_and_never_change() -> None:
    numbers = numbers_of("the harbour opens at six and the ferry sails at seven " * 3)
    assert len(numbers) == BINS
    # Stored signatures are compared with new ones: another number here needs another version of the family.
    assert numbers[0] == 273744091
