"""How quantities are written: patterns whose groups say what each part means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from flows.derive.date_patterns import MONTHS
from flows.derive.numerals import (
    ENGLISH_NUMBERS,
    ENGLISH_ORDINALS,
    ENGLISH_PARTS,
    ENGLISH_SCALES,
    HAN_NUMERALS,
    LARGE_UNITS,
)

_MEASURES = (
    "个個位名人年日号號班趟款幅首艇天岁歲次国國家种種项項条條件座艘辆輛倍周週小时時分秒元美欧歐英镑鎊米公千克吨噸票张張只隻"
    "所届屆轮輪场場点點席成架批组組支部本间間层層级級度大多余名枚发發段处處笔筆套瓶台つ人件匹杯冊円ヶカか"
)
_NO_WEEKDAY = "(?<!星期|礼拜|禮拜|[上本下这這][周週])"
_NOT_TENTHS = "员員为為立功本熟"
_NUMBER = (
    r"(?<![A-Za-z0-9_.])(?<![A-Za-z]-)(?P<number>\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:[.,]\d+)*)"
)
# 兆 before a unit is mega.
_HAN_SCALE = rf"(?P<scale>[千百十]?(?:[{''.join(LARGE_UNITS).replace('兆', '')}]|兆(?![瓦赫字比帕焦欧歐伏])){{1,4}})"
_ENGLISH_WORD = rf"(?:{'|'.join(sorted((*ENGLISH_NUMBERS, 'hundred'), key=len, reverse=True))})"
_SCALES = "|".join(sorted(ENGLISH_SCALES, key=len, reverse=True))
_LONG_SCALES = "thousand|million|billion|trillion"
_ORDINALS = "|".join(ENGLISH_ORDINALS)
_PARTS = "|".join(f"{part}s?" for part in ENGLISH_PARTS)
_ENGLISH_MONTHS = re.compile(
    "jan|feb|mar(?:ch)?$|apr(?:il)?$|may$|june?$|july?$|aug(?:ust)?$|sept?|oct(?:ober)?$|nov|dec"
)
_MONTH_NAMES = "|".join(
    sorted((name for name in MONTHS if name.isascii() and _ENGLISH_MONTHS.match(name)), key=len, reverse=True)
)

_HAN_START = re.compile(rf"[\d第半{HAN_NUMERALS}]")
# Words that a Latin quantity begins with, or has after its article.
_LATIN_WORDS = (
    *(name for name in MONTHS if name.isascii() and _ENGLISH_MONTHS.match(name)),
    *(*ENGLISH_NUMBERS, "hundred", *ENGLISH_ORDINALS, *ENGLISH_PARTS),
)
_DIGIT = re.compile(r"\d")
_ARTICLE = re.compile(r"\b(?:an?|the|its|his|her|their)[\s-]\Z", re.IGNORECASE)
_LONGEST_ARTICLE = 7


# The groups of one alternative by each of their names: a match has none of the others.
Shapes = dict[str | None, tuple[str, ...]]


def _shapes(*alternatives: str) -> Shapes:
    return {name: tuple(groups.split()) for groups in alternatives for name in groups.split()}


_HAN_SHAPES = _shapes(
    *("year month day", "month_only its_day", "iso", "clock", "han_percent", "parts of_parts", "ordinal"),
    *("number scale rest percent tenths", "half", "words word_tenths"),
)
_LATIN_SHAPES = _shapes(
    *("iso", "clock", "name named_day named_year", "day month_name year", "bare_month its_year", "ordinal"),
    *("ordinal_word", "number percent scale below", "count part", "half", "words word_percent"),
)


# Made when they are needed first: documents in one language have no quantities to compare.
@lru_cache(maxsize=1)
def han_quantity() -> tuple[re.Pattern[str], Shapes]:
    """Return the pattern of quantities in Chinese and Japanese, and the shapes that they have."""
    pattern = re.compile(
        rf"""
        (?P<year>\d{{4}}|[〇零一二三四五六七八九]{{4}})\s?年(?:\s?(?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s?月
            (?:\s?(?P<day>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s?[日号號])?)?
      | (?P<month_only>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s?月\s?
            (?P<its_day>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s?[日号號]
      | (?P<iso>\d{{4}}-\d\d?-\d\d?)(?!\d) | (?P<clock>\d{{1,2}}[:：]\d\d(?:[:：]\d\d)?)
      | 百分之(?P<han_percent>[{HAN_NUMERALS}点點\d.]{{1,16}})
      | (?P<parts>[{HAN_NUMERALS}\d]{{1,16}})分之(?P<of_parts>[{HAN_NUMERALS}\d]{{1,16}})
      | 第(?P<ordinal>\d+|[{HAN_NUMERALS}]{{1,16}})
      | (?<!\d)\d{{1,2}}\s?月(?!\d)
      | {_NUMBER}
        (?:\s?{_HAN_SCALE}(?P<rest>\d{{1,4}})?|\s?(?P<percent>[%％]|个百分点|個百分點|パーセント)|(?P<tenths>成(?!员|員)))?
      | (?P<half>一半|半数|半數)
      | (?<![{HAN_NUMERALS}]){_NO_WEEKDAY}(?P<words>[{HAN_NUMERALS}]{{1,24}}(?:[点點][{HAN_NUMERALS}]{{1,16}})?)
        (?: (?P<word_tenths>成)(?![{_NOT_TENTHS}]) | (?:余|餘|多|几|數|数)?(?=[{_MEASURES}])(?!分(?![钟鐘])) )
        """,
        re.VERBOSE,
    )
    return pattern, _HAN_SHAPES


@lru_cache(maxsize=1)
def latin_quantity() -> tuple[re.Pattern[str], Shapes]:
    """Return the pattern of quantities in languages with Latin letters, and the shapes that they have."""
    pattern = re.compile(
        rf"""
        (?P<iso>\d{{4}}-\d\d?-\d\d?)(?!\d) | (?P<clock>\d{{1,2}}:\d\d(?::\d\d)?)
      | \b(?P<name>{_MONTH_NAMES})\.?\s(?P<named_day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s(?P<named_year>\d{{4}}))?
      | \b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month_name>{_MONTH_NAMES})\b\.?(?:,?\s(?P<year>\d{{4}}))?
      | \b(?P<bare_month>{_MONTH_NAMES})\.?\s(?P<its_year>\d{{4}})
      | (?P<ordinal>\b\d+)(?:st|nd|rd|th)\b
      | \b(?:the|its|his|her|their)\s(?P<ordinal_word>{_ORDINALS})\b(?!\sof\b)
      | {_NUMBER}(?:\s?(?P<percent>%|per\s?cent\b|percentage\spoints?)|[\s-]?(?P<scale>{_SCALES})\b|/(?P<below>\d+)\b)?
      | \b(?P<count>a|an|one|two|three|four|five|six|seven|eight|nine)[\s-](?P<part>{_PARTS})\b(?:\sof\b)?
      | \b(?P<half>half)\b
      | \b(?P<words>(?:a\s)?{_ENGLISH_WORD}(?:(?:[\s-]|\sand\s)(?:{_ENGLISH_WORD}|{_LONG_SCALES}))*)\b
          (?:\s(?P<word_percent>per\s?cent\b))?
        """,
        re.VERBOSE | re.IGNORECASE,
    )
    return pattern, _LATIN_SHAPES


def han_starts(text: str) -> list[int]:
    """Return the places where a Han quantity may begin, in their order."""
    return [start.start() for start in _HAN_START.finditer(text)]


def latin_starts(text: str) -> Sequence[int]:
    """Return the places where a Latin quantity may begin, in their order: a few, of which its pattern knows nothing."""
    lowered = text.lower()
    if len(lowered) != len(text):
        return range(len(text))
    starts = [digit.start() for digit in _DIGIT.finditer(text)]
    for _, start, _ in _latin_words().find_matches_as_indexes(lowered):
        if start and lowered[start - 1].isalnum():
            continue
        starts.append(start)
        if article := _ARTICLE.search(text, max(start - _LONGEST_ARTICLE, 0), start):
            starts.append(article.start())
    return sorted(starts)


@lru_cache(maxsize=1)
def _latin_words() -> Any:
    from ahocorasick_rs import AhoCorasick, MatchKind

    return AhoCorasick(_LATIN_WORDS, matchkind=MatchKind.LeftmostLongest)
