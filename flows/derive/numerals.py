"""Numbers as words: Chinese and Japanese numerals, English number words."""

from __future__ import annotations

import re
from fractions import Fraction

_DIGITS = {
    **dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)),
    **{"两": 2, "兩": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9},
}
_SMALL_UNITS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
LARGE_UNITS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
HAN_NUMERALS = "".join((*_DIGITS, *_SMALL_UNITS, *LARGE_UNITS))

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ENGLISH_NUMBERS = {
    **{word: value for value, word in enumerate(_ONES)},
    **{word: 10 * value for value, word in enumerate(_TENS, start=2)},
    "dozen": 12,
}
ENGLISH_SCALES = {
    **{"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12},
    **{"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12},
}
ENGLISH_PARTS = {
    **{"half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7},
    **{"eighth": 8, "ninth": 9, "tenth": 10},
}

ENGLISH_ORDINALS = {"second": 2} | {
    name: value for name, value in ENGLISH_PARTS.items() if value >= 3 and name != "quarter"
}


def decimal_number(text: str) -> Fraction | int:
    """Return the value of a number in digits: `29`, `1.5`, `.5`, and whatever else `Fraction` reads.

    Raises ValueError for what is none, such as `4.13.2`.
    """
    if text.isdecimal():
        return int(text)
    whole, _, decimals = text.partition(".")
    # To read a fraction takes Python longer than to make one.
    if whole.isdecimal() and decimals.isdecimal():
        return Fraction(int(whole + decimals), 10 ** len(decimals))
    return Fraction(text)


def han_number(text: str) -> Fraction | int | None:
    """Return the value of Han numerals: `三百二十`, `二〇二四`, `一点五万`; None if they make no number."""
    whole, _, decimals = text.replace("點", "点").partition("点")
    unit = 1
    while decimals and decimals[-1] in LARGE_UNITS:
        unit *= LARGE_UNITS[decimals[-1]]
        decimals = decimals[:-1]
    if not set(decimals) <= _DIGITS.keys():
        return None
    value = _whole(whole)
    if value is None:
        return None
    if not decimals:
        return value * unit
    return (value + Fraction(int("".join(str(_DIGITS[c]) for c in decimals)), 10 ** len(decimals))) * unit


def _whole(text: str) -> int | None:
    if text and set(text) <= _DIGITS.keys():
        # Digits one by one, as in years; two or more of them without units are no count of things otherwise.
        return int("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _SMALL_UNITS:
            section += (digit or 1) * _SMALL_UNITS[character]
            digit = 0
        elif character in LARGE_UNITS:
            unit = LARGE_UNITS[character]
            if total > unit:
                total += (section + digit) * unit
            else:
                total = (total + section + digit or 1) * unit
            section = digit = 0
        else:
            return None
    return total + section + digit if text else None


def english_number(text: str) -> int | None:
    """Return the value of English number words: `twenty-nine`, `three hundred and five thousand`."""
    total = current = 0
    for word in re.split(r"[\s-]+", text.lower()):
        if word in ENGLISH_NUMBERS:
            current = max(1, current) * 12 if word == "dozen" else current + ENGLISH_NUMBERS[word]
        elif word == "hundred":
            current = max(1, current) * 100
        elif word in ENGLISH_SCALES:
            total += max(1, current) * ENGLISH_SCALES[word]
            current = 0
        elif word not in ("and", "a"):
            return None
    return total + current
