"""How people spell dates: names of months and eras, and the shapes that dates take in front matter."""

from __future__ import annotations

import re
from functools import lru_cache

MONTHS = {
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
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911}
ABBREVIATED_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "ut": 0, "jst": 540, "kst": 540, "hkt": 480, "est": -300, "edt": -240,
    "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "cet": 60, "cest": 120, "bst": 60, "eet": 120,
    "eest": 180, "msk": 180, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
}  # fmt: skip
FULL_WIDTH = str.maketrans("０１２３４５６７８９：／－．，　−", "0123456789:/-., -")
HAN_DIGITS = dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
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
    r"""(?P<era>令和|平成|昭和|大正|明治|民國|民国)? \s* (?P<year>\d{1,4}|元) \s*[年년]\s*
        (?P<month>\d{1,2}) \s*[月월]\s* (?P<day>\d{1,2}) \s*[日号號일]?
        (?: \s*[(（]? (?:星期|周|週|礼拜)? [一二三四五六日天月火水木金土] (?:曜日?)? [)）]? )?""",
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
YEAR = re.compile(r"(\d{4})\s*[年년]?\Z")
EPOCH = re.compile(r"\d{10}(?:\d{3}|\d{6}|\d{9})?(?:\.\d+)?\Z")
HAN_DATE = re.compile(
    r"[〇零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}[日号號])?"
)
PATH_DATE = re.compile(r"(?:^|/)(\d{4})[-/](\d\d)[-/](\d\d)(?=[-_/.]|$)")


# Made when they are needed first: most dates are ISO 8601, and these take as long as a hundred documents.
@lru_cache(maxsize=1)
def day_patterns() -> tuple[re.Pattern[str], ...]:
    """Return the shapes of a day, with or without a time."""
    return tuple(re.compile(day + _TIME, re.IGNORECASE | re.VERBOSE) for day in _DAYS)


@lru_cache(maxsize=1)
def unix_date() -> re.Pattern[str]:
    """Return the shape that `date` prints, which JavaScript has too."""
    return re.compile(
        r"""(?:mon|tue|wed|thu|fri|sat|sun) \s+ (?P<name>[a-z]{3}) \s+ (?P<day>\d{1,2}) \s+
            (?P<clock>\d{1,2}:\d\d:\d\d) \s+ (?P<zone>[a-z]{3,4}\s+)? (?P<year>\d{4})
            (?P<offset>\s+(?:GMT)?[-+]\d{4})? (?:\s*\([\w\s]+\))? \Z""",
        re.IGNORECASE | re.VERBOSE,
    )


@lru_cache(maxsize=1)
def year_month() -> re.Pattern[str]:
    """Return the shapes of a month of a year."""
    return re.compile(
        r"""(?: (?P<year>\d{4}) \s*[-/.年년]\s* (?P<month>\d{1,2}) \s*[月월]?
              | (?P<name>[^\W\d_]{3,10})\.?,?\s+(?:de\s+)?(?P<named_year>\d{4}) ) \Z""",
        re.IGNORECASE | re.VERBOSE,
    )
