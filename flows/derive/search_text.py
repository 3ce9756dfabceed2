"""Text as a full-text index takes it: words apart, in one spelling, for texts and queries alike.

A full-text index takes a run of Chinese for one word. So Chinese is cut into words, and into pairs of characters as
well: a segmenter may cut a name in a sentence differently from the name alone, pairs are the same in both. Traditional
characters are indexed as simplified ones. Kana and Hangul are cut into pairs. Single characters are in the index for
queries that are one, and asked for by those only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from flows.derive.chinese_variants import converter

_HAN_CLASS = "\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_KANA_CLASS = "\u3041-\u3096\u30a1-\u30fa\u30fc"
_HANGUL_CLASS = "\uac00-\ud7a3"
_RUN = re.compile(rf"(?P<han>[{_HAN_CLASS}]+)|[{_KANA_CLASS}]+|[{_HANGUL_CLASS}]+")
_WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """Return a text in one spelling: NFKC, small letters, simplified characters; of equal length where possible."""
    text = unicodedata.normalize("NFKC", text).lower()
    return text if text.isascii() else _to_simplified(text)


def index_text(text: str) -> str:
    """Return a text with runs of Chinese, Japanese and Korean as words and pairs, and everything folded."""
    text = folded(text)
    return text if text.isascii() else _RUN.sub(lambda run: f" {' '.join((*_tokens(run), *run[0]))} ", text)


def query_text(query: str) -> str:
    """Return a query as the index can answer it: CJK as words and pairs, a single character as it is."""
    return _RUN.sub(lambda run: f" {' '.join(_tokens(run))} ", folded(query))


def query_words(query: str) -> list[str]:
    """Return what a query asks for, as it may stand in a folded text: words, and runs of CJK with their parts."""
    words: list[str] = []
    for match in _WORD.finditer(folded(query)):
        end = 0
        for run in _RUN.finditer(match[0]):
            words += [match[0][end : run.start()], run[0], *_tokens(run)]
            end = run.end()
        words.append(match[0][end:])
    return [word for word in dict.fromkeys(words) if word]


def _tokens(run: re.Match[str]) -> Iterator[str]:
    text = run[0]
    if len(text) == 1:
        yield text
        return
    if run["han"]:
        yield from (word for word in _segmenter().cut_for_search(text) if len(word) > 2)
    yield from map("".join, pairwise(text))


@lru_cache(maxsize=1)
def _segmenter() -> Any:
    import rjieba

    return rjieba


def _to_simplified(text: str) -> str:
    simplified: str = converter("t2s").convert(text)
    # Places in the folded text are places in the text, so that hits can be marked there.
    return simplified if len(simplified) == len(text) else text
