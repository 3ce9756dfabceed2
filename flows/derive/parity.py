"""Bilingual parity: which quantities of one language half of a document the other half does not state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from flows.derive.numerals import decimal_number
from flows.derive.quantities import Quantity, derive_quantities, language_halves, spelled

if TYPE_CHECKING:
    from flows.derive.segments import Segment

DateParts = tuple[str, str, str]


class ComparedQuantity(NamedTuple):
    """A quantity and the language of the half that does not state it (None: both do)."""

    quantity: Quantity
    missing_in: str | None


def compare_halves(segments: Sequence[Segment]) -> list[ComparedQuantity]:
    """Return the quantities of a document's two language halves in their order, each with where it is missing.

    A quantity is stated when the other half has its value, whatever the kind (`第三` and `three`), a percentage also
    as a part (`50%` and `一半`), a date also with more said of it (`6月17日` and `17 June 2024`).
    """
    halves = language_halves(segments)
    if not halves:
        return []
    quantities = derive_quantities(segments, halves)
    values: dict[str, set[str]] = defaultdict(set)
    dates: dict[str, set[DateParts]] = defaultdict(set)
    for quantity in quantities:
        values[quantity.language].add(quantity.value)
        if quantity.kind == "date":
            dates[quantity.language].add(_parts(quantity.value))
    other = dict(zip(halves, reversed(halves), strict=True))
    return [
        ComparedQuantity(quantity, None if _is_stated(quantity, values[there], dates[there]) else there)
        for quantity in quantities
        for there in (other[quantity.language],)
    ]


def _is_stated(quantity: Quantity, values: set[str], dates: set[DateParts]) -> bool:
    if quantity.value in values:
        return True
    if quantity.kind == "date":
        year, month, day = _parts(quantity.value)
        return any(
            (not year or not date[0] or year == date[0]) and (month or date[1], day or date[2]) == date[1:]
            for date in dates
            if month or date[0]
        )
    if quantity.kind == "ordinal":
        return False
    value = decimal_number(quantity.value)
    try:
        return spelled(Fraction(value, 100) if quantity.kind == "percent" else value * 100) in values
    except (OverflowError, ValueError):
        # More digits than Python makes a number, or a text, of.
        return False


def _parts(date: str) -> DateParts:
    year, _, rest = date.removeprefix("-").partition("-")
    month, _, day = rest.partition("-")
    return year, month, day
