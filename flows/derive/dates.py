"""Dates as people write them, with the precision they were written in.

ISO 8601 is the fast path; the patterns of the wild come after it. What is no date gives None, never a guess.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner januari janvier enero gennaio janeiro января",
            "february feb februar februari février fevrier febrero febbraio fevereiro февраля",
            "march mar märz marz maart mars marzo março marco марта",
            "april apr avril abril aprile апреля",
            "may mai mei mayo maggio maio мая",
            "june jun juni juin junio giugno junho июня",
            "july jul juli juillet julio luglio julho июля",
            "august aug augustus août aout agosto августа",
            "september sept sep septembre septiembre setiembre settembre setembro сентября",
            "october oct oktober okt octobre octubre ottobre outubro октября",
            "november nov novembre noviembre novembro ноября",
            "december dec dezember dez décembre decembre diciembre dicembre dezembro декабря",
        ),
        start=1,
    )
    for name in names.split()
}
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911}
_ABBREVIATED_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "ut": 0, "jst": 540, "kst": 540, "hkt": 480, "est": -300, "edt": -240, "mst": -420,
    "mdt": -360, "pst": -480, "pdt": -420, "cet": 60, "cest": 120, "bst": 60, "eet": 120, "eest": 180, "msk": 180,
    "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
}  # fmt: skip
_FULL_WIDTH = str.maketrans("０１２３４５６７８９：／－．，　−", "0123456789:/-., -")
_HAN_DIGITS = dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_TIME = r"""
    (?: (?: \s*[T,]\s* | \s+(?:at|um|à|las|kl\.?)\s+ | \s* )
        (?P<half>上午|下午|凌晨|早上|中午|晚上|午前|午後|오전|오후)? \s*
        (?P<hour>\d{1,2})
        (?: [:时時시h点點] \s* (?P<minute>\d{1,2})?
            (?: [:分분] \s* (?P<second>\d{1,2})? (?:[.,](?P<fraction>\d+))? \s* [秒초]? )?
          | (?=\s*[ap]\.?m) | (?<=T\d\d) )
        \s* (?P<ampm>[ap]\.?m\.?(?![a-z]))?
        \s* (?P<zone> \(?(?:utc|gmt)?\s*[-+]\s*\d{1,2}(?::?\d{2})?(?::?\d{2})?\)?(?=\s*[a-z]{0,5}\s*(?:\(|\Z))
                    | [a-z]+/[a-z_]+(?:/[a-z_]+)? | [a-z]{1,4} )?
        (?: \s* \([\w\s]+\) | \s* (?<=\d\s)[a-z]{3,5} )?
    )? \s* \Z"""
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_NAME = r"(?P<name>[^\W\d_]{3,10})\.?"
_ORDINAL = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º)?"
_DAYS = (
    r"(?P<year>\d{4}) \s*[-/.]\s* (?P<month>\d{1,2}) \s*[-/.]\s* (?P<day>\d{1,2}) \.?",
    r"""(?P<era>令和|平成|昭和|大正|明治|民國|民国)? \s* (?P<year>\d{1,4}|元) \s*[年년]\s* (?P<month>\d{1,2}) \s*[月월]\s*
        (?P<day>\d{1,2}) \s*[日号號일]? (?: \s*[(（]? (?:星期|周|週|礼拜)? [一二三四五六日天月火水木金土] (?:曜日?)? [)）]? )?""",
    _WEEKDAY + _NAME + r"\s*" + _ORDINAL + r",?\s+(?P<year>\d{4}),?",
    _WEEKDAY
    + r"(?:the\s+|le\s+|el\s+)?"
    + _ORDINAL
    + r"[\s.-]+(?:of\s+|de\s+)?"
    + _NAME
    + r",?[\s-]+(?:de\s+)?(?P<year>\d{4}),?",
    r"(?P<year>\d{4})[\s-]+" + _NAME + r"[\s-]+" + _ORDINAL,
    _WEEKDAY + r"(?P<first>\d{1,2}) \s*[/.-]\s* (?P<other>\d{1,2}) \s*[/.-]\s* (?P<year>\d{4}),?",
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
)
_PATTERNS = tuple(re.compile(day + _TIME, re.IGNORECASE | re.VERBOSE) for day in _DAYS)
_UNIX_DATE = re.compile(
    r"""(?:mon|tue|wed|thu|fri|sat|sun) \s+ (?P<name>[a-z]{3}) \s+ (?P<day>\d{1,2}) \s+ (?P<clock>\d{1,2}:\d\d:\d\d) \s+
        (?P<zone>[a-z]{3,4}\s+)? (?P<year>\d{4}) (?P<offset>\s+(?:GMT)?[-+]\d{4})? (?:\s*\([\w\s]+\))? \Z""",
    re.IGNORECASE | re.VERBOSE,
)
_YEAR_MONTH = re.compile(
    r"""(?: (?P<year>\d{4}) \s*[-/.年년]\s* (?P<month>\d{1,2}) \s*[月월]?
          | (?P<name>[^\W\d_]{3,10})\.?,?\s+(?:de\s+)?(?P<named_year>\d{4}) ) \Z""",
    re.IGNORECASE | re.VERBOSE,
)
_YEAR = re.compile(r"(\d{4})\s*[年년]?\Z")
_EPOCH = re.compile(r"\d{10}(?:\d{3}|\d{6}|\d{9})?(?:\.\d+)?\Z")
_HAN_DATE = re.compile(
    r"[〇零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}[日号號])?"
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
    text = text.strip().translate(_FULL_WIDTH)
    if match := _HAN_DATE.match(text):
        text = _with_digits(match.group()) + text[match.end() :]
    if _EPOCH.match(text):
        return _from_epoch(text)
    if year := _YEAR.match(text):
        return ParsedDate(_to_utc(datetime(int(year[1]), 1, 1), zone), "year")
    for pattern in _PATTERNS:
        if match := pattern.match(text):
            return _from_match(match.groupdict(), zone, date_order)
    if match := _UNIX_DATE.match(text):
        offset = match["offset"] or match["zone"] or ""
        return _parse(
            f"{match['day']} {match['name']} {match['year']} {match['clock']} {offset.strip()}",
            zone,
            date_order,
        )
    if match := _YEAR_MONTH.match(text):
        month = _MONTHS.get(match["name"].lower(), 0) if match["name"] else int(match["month"])
        return ParsedDate(
            _to_utc(datetime(int(match["year"] or match["named_year"]), month, 1), zone), "month"
        )
    return None


def _from_match(found: dict[str, str | None], zone: str, date_order: str) -> ParsedDate | None:
    year_text = found["year"] or ""
    year = 1 if year_text == "元" else int(year_text)
    if found.get("era"):
        year += _ERAS[found["era"] or ""]
    elif year < 100 and "era" in found:
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
    at = datetime(
        year, month, day, hour % 24 if days else hour, minute, 59 if second == 60 else second, microsecond
    )
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
        return _MONTHS.get((found["name"] or "").lower(), 0), int(found["day"] or 0)
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
    digits = "".join(str(_HAN_DIGITS[character]) for character in year)

    def number(match: re.Match[str]) -> str:
        tens, ten, ones = match.group().rpartition("十")
        return str((_HAN_DIGITS.get(tens, 1) * 10 if ten else 0) + (_HAN_DIGITS[ones] if ones else 0))

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
    if name.lower() in _ABBREVIATED_ZONES:
        return timezone(timedelta(minutes=_ABBREVIATED_ZONES[name.lower()]))
    if offset := re.fullmatch(
        r"(?:utc|gmt)?\s*([-+])\s*(\d{1,2}):?(\d{2})?(?::?\d{2})?", name, re.IGNORECASE
    ):
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
