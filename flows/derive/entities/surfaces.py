"""What belongs to a name and what does not: articles, possessives, titles, quotes, boilerplate are cut off."""

from __future__ import annotations

import re

_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.I)
_POSSESSIVE = re.compile(r"['’`´]s?$")
_ENGLISH_TITLE = re.compile(
    r"(?:(?:mr|mrs|ms|dr|prof|sen|rep|gov|gen|lt|col|capt|sgt|st|sir|lord|lady|dame|president|vice president|"
    r"prime minister|pm|minister|chancellor|secretary|senator|governor|general|judge|justice|professor|doctor|"
    r"ceo|chairman|coach|king|queen|prince|princess|pope|counterpart)\b\.?\s+)",
    re.I,
)
# Names that their title is part of.
_TITLE_KEPT = re.compile(r"(?:lord|lady|st|king|queen|prince|princess|pope)\b", re.I)
_CHINESE_TITLE = re.compile(r"(?:先生|女士|小姐|太太|总统|总理|首相|主席|部长|教授|博士)$")
# Days that stand beside a name and are read as a part of it.
_DAY = r"(?:[上下本]?(?:周|星期|礼拜|週|禮拜)[一二三四五六日天]|[今昨明][天日])"
_DAY_AFTER = re.compile(rf"(?<=[\u3400-\u9fff]{{2}}){_DAY}$")
_DAY_BEFORE = re.compile(rf"{_DAY}(?=[\u3400-\u9fff]{{2}})")
_DAY_ALONE = re.compile(_DAY)
_EDGES = " \t\r\n\"'`´‘’“”«»‹›「」『』《》〈〉()（）[]【】{}<>,，.。;；:：!！?？、|*_~=+…—–-/\\"
_KEPT_END = re.compile(r"(?:\b[A-Za-z]\.|\b(?:Inc|Corp|Co|Ltd|Jr|Sr|Bros|No|St|Mt)\.)$")
_BREAK = re.compile(r"\n|[:：]\s|\s[|–—]\s|\s{3,}")
_LETTER = re.compile(r"[^\W\d_]")

BOILERPLATE = frozenset(
    (
        "summary|summary of article|article|articles|source|source link|sources|link|links|title|abstract|introduction|"
        "conclusion|read more|note|notes|tags|tag|author|date|chapter|section|table|figure|contents|appendix|faq|todo|"
        "http|https|www|html|pdf|url|am|pm|gmt|utc|est|pst|re|fwd|cc|ps|原文链接|摘要|来源|标题|作者|日期|目录"
    ).split("|")
)


def trimmed(text: str, start: int, end: int, kind: str, known_with_article: bool = False) -> tuple[int, int] | None:
    """Return the part [start, end) of a mention that is the name, or None where nothing is left."""
    if kind in ("date", "money", "percentage", "group", "event", "work", "product"):
        return _stripped(text, start, end)
    span = _stripped(text, start, end)
    if span is None:
        return None
    start, end = span
    if (breaks := list(_BREAK.finditer(text, start, end))) and (span := _longest_part(text, start, end, breaks)):
        start, end = span
    if not known_with_article and (article := _ARTICLE.match(text, start, end)) and article.end() < end:
        start = article.end()
    if possessive := _POSSESSIVE.search(text[start:end]):
        end = start + possessive.start()
    if day := _DAY_AFTER.search(text[start:end]):
        end = start + day.start()
    if day := _DAY_BEFORE.match(text[start:end]):
        start += day.end()
    if kind == "person":
        while (title := _ENGLISH_TITLE.match(text, start, end)) and not _TITLE_KEPT.match(text, start, end):
            if title.end() >= end:
                break
            start = title.end()
        ending = _CHINESE_TITLE.search(text[start:end])
        if ending and ending.start() > 0:
            end = start + ending.start()
    return _stripped(text, start, end)


def is_no_name(surface: str) -> bool:
    """Say whether a surface is boilerplate, a day of the week, a single Latin letter, or has no letter at all."""
    is_letter = (len(surface) == 1 and surface.isascii()) or _DAY_ALONE.fullmatch(surface) is not None
    return is_letter or surface.casefold() in BOILERPLATE or _LETTER.search(surface) is None


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        if text[end - 1] == "." and _KEPT_END.search(text[start:end]):
            break
        if text[end - 1] in ")）" and any(mark in text[start:end] for mark in "(（"):
            break
        end -= 1
    return (start, end) if start < end else None


def _longest_part(text: str, start: int, end: int, breaks: list[re.Match[str]]) -> tuple[int, int] | None:
    edges = [start, *(edge for found in breaks for edge in found.span()), end]
    parts = [(edges[at], edges[at + 1]) for at in range(0, len(edges), 2)]
    # The last of the longest: what follows a colon is the name more often than what goes before.
    parts = [part for part in parts if part[0] < part[1] and not is_no_name(text[part[0] : part[1]].strip())]
    return parts[-1] if parts else None
