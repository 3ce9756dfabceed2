"""Texts and queries as the full-text index takes them."""

from __future__ import annotations

import pytest

from flows.derive.search_text import folded, index_text, query_text, query_words


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("奥班", "总理维克多·奥班在北约峰会上发言"),
        ("北约峰会", "总理维克多·奥班在北约峰会上发言"),
        ("黑面琵鹭", "黑面琵鷺數量創新高"),
        ("宣紙", "安徽一家宣纸作坊"),
        ("茶", "福建茶农乘高铁送茶"),
        ("ＮＡＴＯ", "NATO held a drill"),
        ("フェリー", "新しいフェリーの航路"),
        ("연락선", "새 연락선이 다닌다"),
    ],
)
def test_a_query_finds_its_words_in_a_text(query: str, text: str) -> None:
    asked, there = set(query_text(query).split()), set(index_text(text).split())
    assert asked
    assert asked <= there


def test_a_longer_query_does_not_ask_for_single_characters() -> None:
    assert "北" not in query_text("北约峰会").split()
    assert "北" in index_text("北约峰会").split()


def test_words_to_mark() -> None:
    assert query_words("NATO峰會 summit") == ["nato", "峰会", "summit"]
    assert query_words("…！") == []


def test_folding_keeps_places() -> None:
    assert folded("Ｎato 峰會") == "nato 峰会"
    assert len(folded("臺灣的鳥")) == 4
