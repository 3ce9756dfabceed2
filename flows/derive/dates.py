"""Dates as people write them, with the precision they were written in.

ISO 8601 is the fast path; the patterns of the wild come after it. What is no date gives None, never a guess.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from flows.derive.date_patterns import (
    ABBREVIATED_ZONES,
    EPOCH,
    ERAS,
    FULL_WIDTH,
    HAN_DATE,
    HAN_DIGITS,
    MONTHS,
    PATH_DATE,
    YEAR,
    day_patterns,
    unix_date,
    year_month,
)

# 2001 to 2100 in seconds: ten digits outside it are telephone numbers and the like.
_EPOCH_RANGE = (978_307_200, 4_102_444_800)


class ParsedDate(NamedTuple):
    """A moment in UTC; `precision` is year, month, day, minute or second."""

    at: datetime
    precision: str


class AmbiguousDateError(ValueError):
    """Day and month could be swapped, and nothing says which is which."""


def parse_date(text: str, zone: str = "UTC", date_order: str = "unknown") -> ParsedDate | None:
    """Return the moment a text names, or None; a text without a zone is meant in `zone` (IANA name).

    Raises AmbiguousDateError for `03/04/2021` where `date_order` is unknown.
    """
    try:
        return _parse(text, zone, date_order)
    except AmbiguousDateError:
        raise
    except (ValueError, OverflowError):
        return None


def day_of_path(path: str) -> date | None:
    """Return the day that a path names, as blogs do: `2024-06-17-title.md`, `posts/2024/06/17/title.md`.

    Of several, the last one that is a day of the calendar.
    """
    for year, month, day in reversed(PATH_DATE.findall(path)):
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def _parse(text: str, zone: str, date_order: str) -> ParsedDate | None:
    if len(text) == 10 and text[4] == "-" == text[7] and text.isascii():
        day = date.fromisoformat(text)
        return ParsedDate(_to_utc(datetime(day.year, day.month, day.day), zone), "day")
    if len(text) > 100:
        return None
    if len(text) >= 13 and (text[4] == "-" or text[8] == "T") and text.isascii():
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            pass
        else:
            has_seconds = text[16:17] == ":" or (text[8] == "T" and text[13:15].isdigit())
            return ParsedDate(_to_utc(at, zone), "second" if has_seconds else "minute")
    text = text.strip().translate(FULL_WIDTH)
    if match := HAN_DATE.match(text):
        text = _with_digits(match.group()) + text[match.end() :]
    if EPOCH.match(text):
        return _from_epoch(text)
    if year := YEAR.match(text):
        return ParsedDate(_to_utc(datetime(int(year[1]), 1, 1), zone), "year")
    for pattern in day_patterns():
        if match := pattern.match(text):
            return _from_match(match.groupdict(), zone, date_order)
    if match := unix_date().match(text):
        offset = match["offset"] or match["zone"] or ""
        return _parse(
            f"{match['day']} {match['name']} {match['year']} {match['clock']} {offset.strip()}",
            zone,
            date_order,
        )
    if match := year_month().match(text):
        month = MONTHS.get(match["name"].lower(), 0) if match["name"] else int(match["month"])
        return ParsedDate(_to_utc(datetime(int(match["year"] or match["named_year"]), month, 1), zone), "month")
    return None


def _from_match(found: dict[str, str | None], zone: str, date_order: str) -> ParsedDate | None:
    year_text = found["year"] or ""
    year = 1 if year_text == "元" else int(year_text)
    if found.get("era"):
        year += ERAS[found["era"] or ""]
    elif len(year_text) < 4:
        return None
    month, day = _month_and_day(found, date_order)
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    half = (found["half"] or found["ampm"] or "").lower().replace(".", "")
    if half in {"pm", "下午", "晚上", "午後", "오후"} and hour < 12:
        hour += 12
    elif half in {"am", "上午", "凌晨", "早上", "午前", "오전"} and hour == 12:
        hour = 0
    microsecond = int((found["fraction"] or "0")[:6].ljust(6, "0"))
    # 24:00 is the end of the day; a leap second is the second before midnight.
    days = 1 if (hour, minute, second) == (24, 0, 0) else 0
    at = datetime(year, month, day, hour % 24 if days else hour, minute, 59 if second == 60 else second, microsecond)
    at += timedelta(days=days)
    precision = "second" if found["second"] else "minute" if found["hour"] else "day"
    if found["zone"]:
        own_zone = _zone_of(found["zone"])
        if own_zone is None:
            return None
        at = at.replace(tzinfo=own_zone)
    return ParsedDate(_to_utc(at, zone), precision)


def _month_and_day(found: dict[str, str | None], date_order: str) -> tuple[int, int]:
    if found.get("name"):
        return MONTHS.get((found["name"] or "").lower(), 0), int(found["day"] or 0)
    if found.get("month"):
        return int(found["month"] or 0), int(found["day"] or 0)
    first, second = int(found["first"] or 0), int(found["other"] or 0)
    if date_order == "month_first":
        return first, second
    if date_order == "day_first":
        return second, first
    raise AmbiguousDateError


def _with_digits(text: str) -> str:
    """Write the numbers of a date in Han numerals with digits: 二〇二〇年十二月 is 2020年12月."""
    year, _, rest = text.partition("年")
    digits = "".join(str(HAN_DIGITS[character]) for character in year)

    def number(match: re.Match[str]) -> str:
        tens, ten, ones = match.group().rpartition("十")
        return str((HAN_DIGITS.get(tens, 1) * 10 if ten else 0) + (HAN_DIGITS[ones] if ones else 0))

    return f"{digits}年" + re.sub("[一二三四五六七八九十]+", number, rest)


def _from_epoch(text: str) -> ParsedDate | None:
    digits, _, fraction = text.partition(".")
    seconds = int(digits[:10])
    if not _EPOCH_RANGE[0] <= seconds < _EPOCH_RANGE[1]:
        return None
    microseconds = int((digits[10:] + fraction)[:6].ljust(6, "0"))
    return ParsedDate(datetime.fromtimestamp(seconds, UTC) + timedelta(microseconds=microseconds), "second")


def _zone_of(text: str) -> tzinfo | None:
    name = text.strip("() \t")
    if name.lower() in ABBREVIATED_ZONES:
        return timezone(timedelta(minutes=ABBREVIATED_ZONES[name.lower()]))
    if offset := re.fullmatch(r"(?:utc|gmt)?\s*([-+])\s*(\d{1,2}):?(\d{2})?(?::?\d{2})?", name, re.IGNORECASE):
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        if minutes >= 24 * 60 or int(offset[3] or 0) > 59:
            return None
        return timezone(timedelta(minutes=-minutes if offset[1] == "-" else minutes))
    return _zone_info(name) if "/" in name else None


@lru_cache(maxsize=256)
def _zone_info(name: str) -> tzinfo | None:
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def _to_utc(at: datetime, zone: str) -> datetime:
    if at.tzinfo is None:
        at = at.replace(tzinfo=_zone_info(zone) or UTC)
    return at.astimezone(UTC) if at.tzinfo is not UTC else at
