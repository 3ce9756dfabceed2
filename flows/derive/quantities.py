"""Numbers, percentages and dates in the text of each language, in one spelling, so that languages can be compared.

`29个国家` and `29 countries` are 29, `三分之一` and `a third` are 1/3, `1.2亿` is 120 million. Of a number that is
written as a word, one is left out (it is an article more often), and so are Han numerals without what they count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from flows.derive.date_patterns import MONTHS
from flows.derive.numerals import (
    ENGLISH_NUMBERS,
    ENGLISH_ORDINALS,
    ENGLISH_PARTS,
    ENGLISH_SCALES,
    LARGE_UNITS,
    decimal_number,
    english_number,
    han_number,
)
from flows.derive.quantity_patterns import han_quantity, han_starts, latin_quantity, latin_starts

if TYPE_CHECKING:
    from flows.derive.segments import Segment

# Languages that write 1.234,5 where English writes 1,234.5.
DECIMAL_COMMA = frozenset(
    "bg ca cs da de el es et fi fr hr hu id is it lt lv mk nb nl nn pl pt ro ru sk sl sr sv tr uk vi".split()
)
_GROUPED_BY_POINTS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
# Groups of two before the last one are how numbers are written in India.
_GROUPED_BY_COMMAS = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")
# Groups of the patterns that no quantity but a date has; a day goes with one of them.
_DATE_PARTS = frozenset("iso month month_only name month_name bare_month year named_year its_year".split())
_WITHOUT_SPACES = str.maketrans("", "", "\u00a0\u202f ")
_HAN_UNITS = "".join((*LARGE_UNITS, "千百十"))
# A language with fewer words than these is a quotation or a link, not a half.
HALF_WORDS, HALF_SHARE = 20, 0.15


class Quantity(NamedTuple):
    """A quantity: 0-based place, segment, kind (number, percent, date, ordinal), value in one spelling, as written.

    A date's value is `2024-06-17`, `2024-06`, `2024` or `--06-17`. `char_start` counts code points of the segment;
    `language` is the segment's.
    """

    position: int
    segment_position: int
    kind: str
    value: str
    surface: str
    char_start: int
    language: str


def language_halves(segments: Sequence[Segment]) -> tuple[str, ...]:
    """Return the two languages in which a document says things, the larger first; of one in one language, none."""
    words: dict[str, int] = {}
    for segment in segments:
        words[segment.language] = words.get(segment.language, 0) + segment.word_count
    halves = sorted(words, key=lambda language: (-words[language], language))[:2]
    if len(halves) < 2 or words[halves[1]] < max(HALF_WORDS, HALF_SHARE * sum(words.values())):
        return ()
    return tuple(halves)


def derive_quantities(segments: Sequence[Segment], halves: Sequence[str]) -> list[Quantity]:
    """Return the quantities in the two halves of a document; where there are none, nothing is to be compared."""
    found: list[Quantity] = []
    for segment in segments:
        if segment.language in halves:
            for kind, value, surface, start in quantities_of(segment.text, segment.language):
                found.append(Quantity(len(found), segment.position, kind, value, surface, start, segment.language))
    return found


def quantities_of(text: str, language: str) -> Iterator[tuple[str, str, str, int]]:
    """Yield kind, value, surface and place of each quantity of a text in one language."""
    is_han = language.startswith("zh") or language == "ja"
    (pattern, shapes), starts, read = (
        (han_quantity(), han_starts(text), _read_han) if is_han else (latin_quantity(), latin_starts(text), _read_latin)
    )
    has_decimal_comma = language in DECIMAL_COMMA
    for match in _matches(pattern, starts, text):
        found: tuple[str, str] | None
        try:
            if match.lastgroup == "number" and match["number"].isdecimal():
                # Most are digits and nothing else.
                found = _plain(int(match["number"]), match["number"])
            else:
                shape = shapes.get(match.lastgroup, ())
                parts = {name: value for name in shape if (value := match[name])}
                found = _read_date(parts) or read(parts, has_decimal_comma)
        except (ValueError, ZeroDivisionError, OverflowError):
            continue
        if found:
            yield (*found, match[0].strip(), match.start())


def _matches(pattern: re.Pattern[str], starts: Sequence[int], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern, tried only where one can begin."""
    end = 0
    for start in starts:
        if start >= end and (match := pattern.match(text, start)):
            end = match.end()
            yield match


def _read_date(parts: dict[str, str]) -> tuple[str, str] | None:
    if _DATE_PARTS.isdisjoint(parts):
        return None
    if "iso" in parts:
        full_year, *others = parts["iso"].split("-")
        return "date", "-".join([full_year, *(f"{int(part):02}" for part in others)])
    digits = parts.get("month") or parts.get("month_only")
    name = parts.get("name") or parts.get("month_name") or parts.get("bare_month")
    year = parts.get("year") or parts.get("named_year") or parts.get("its_year")
    day = parts.get("day") or parts.get("its_day") or parts.get("named_day")
    month_number = MONTHS[name.lower()] if name else _small(digits) if digits else None
    text = f"{_small(year):04}" if year else "-"
    if month_number:
        text += f"-{month_number:02}"
        text += f"-{_small(day):02}" if day else ""
    return "date", text


def _small(text: str) -> int:
    value = int(text) if text.isdecimal() else han_number(text)
    if value is None:
        raise ValueError(text)
    return int(value)


def _read_han(parts: dict[str, str], has_decimal_comma: bool) -> tuple[str, str] | None:
    if "han_percent" in parts:
        return "percent", spelled(_han_or_digits(parts["han_percent"]))
    if "parts" in parts:
        return "number", spelled(Fraction(_han_or_digits(parts["of_parts"])) / _han_or_digits(parts["parts"]))
    if "ordinal" in parts:
        return _ordinal(_han_or_digits(parts["ordinal"]))
    if "half" in parts:
        return "number", spelled(Fraction(1, 2))
    if "number" in parts:
        value = _digits(parts["number"], has_decimal_comma)
        if "tenths" in parts:
            return "percent", spelled(value * 10)
        if "percent" in parts:
            return "percent", spelled(value)
        if "scale" in parts:
            return "number", spelled(value * _scale(parts["scale"]) + int(parts.get("rest", 0)))
        return _plain(value, parts["number"])
    if "words" not in parts:
        return None
    value = _han_or_digits(parts["words"])
    if "word_tenths" in parts:
        return "percent", spelled(value * 10)
    return ("number", spelled(value)) if value > 1 else None


def _read_latin(parts: dict[str, str], has_decimal_comma: bool) -> tuple[str, str] | None:
    if "ordinal" in parts:
        return _ordinal(Fraction(parts["ordinal"]))
    if "ordinal_word" in parts:
        return "ordinal", str(ENGLISH_ORDINALS[parts["ordinal_word"].lower()])
    if "half" in parts:
        return "number", spelled(Fraction(1, 2))
    if "part" in parts:
        count = ENGLISH_NUMBERS.get(parts["count"].lower(), 1)
        name = parts["part"].lower()
        return "number", spelled(Fraction(count, ENGLISH_PARTS.get(name) or ENGLISH_PARTS[name.removesuffix("s")]))
    if "number" in parts:
        value = _digits(parts["number"], has_decimal_comma)
        if "percent" in parts:
            return "percent", spelled(value)
        if "scale" in parts:
            return "number", spelled(value * ENGLISH_SCALES[parts["scale"].lower()])
        if "below" in parts:
            return "number", spelled(Fraction(value) / int(parts["below"]))
        return _plain(value, parts["number"])
    number = english_number(parts["words"]) if "words" in parts else None
    if not number or number == 1:
        return None
    return ("percent" if "word_percent" in parts else "number"), spelled(Fraction(number))


def _plain(value: Fraction | int, written: str) -> tuple[str, str]:
    # Years stand alone in English and before 年 in Chinese: both are dates.
    if len(written) == 4 and written.isdecimal() and 1900 <= value <= 2099:
        return "date", written
    return "number", spelled(value)


def _ordinal(value: Fraction | int) -> tuple[str, str] | None:
    return ("ordinal", spelled(value)) if value > 1 else None


def _digits(written: str, has_decimal_comma: bool) -> Fraction | int:
    """Return the value of digits with separators, by the habits of the language.

    `2.6` is two and a bit in every language: points group digits only where they stand before threes. Raises
    ValueError for what is no number, such as the version 4.13.2.
    """
    if written.isdecimal():
        return int(written)
    plain = written.translate(_WITHOUT_SPACES)
    if has_decimal_comma and (_GROUPED_BY_POINTS.fullmatch(plain) or "." not in plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif _GROUPED_BY_COMMAS.fullmatch(plain):
        plain = plain.replace(",", "")
    return decimal_number(plain)


def _han_or_digits(text: str) -> Fraction | int:
    digits = text.rstrip(_HAN_UNITS)
    if digits.replace(".", "", 1).isdecimal():
        return decimal_number(digits) * _scale(text[len(digits) :])
    value = han_number(text)
    if value is None:
        raise ValueError(text)
    return value


def _scale(units: str) -> int:
    scale = 1
    for unit in units:
        scale *= LARGE_UNITS.get(unit) or {"千": 1000, "百": 100, "十": 10}[unit]
    return scale


def spelled(value: Fraction | int) -> str:
    """Return a number in decimal, to six digits after the point where it does not end before.

    Raises OverflowError for a fraction that is larger than any float.
    """
    if value.denominator == 1:
        return str(value.numerator)
    return f"{float(value):.6f}".rstrip("0").rstrip(".")
