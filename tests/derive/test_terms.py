"""Terms that may become keywords, in the languages that have them."""

from __future__ import annotations

from array import array

import pytest

from flows.derive.segments import derive_segments
from flows.derive.structure import parse_structure
from flows.derive.terms import MOST_TERMS, Words, best_terms, count_words


def words_of(body: str, title: str = "") -> Words:
    return count_words(derive_segments(parse_structure(body)), title)


def terms_of(body: str, title: str = "") -> dict[str, int]:
    found = best_terms(words_of(body, title).counts)
    return dict(zip(found.terms.split(), array("I", found.counts), strict=True))


def test_terms_of_both_languages_most_frequent_first() -> None:
    body = (
        "渡轮停在港口。渡轮今天开航，港口很忙，渡轮很大。\n\n"
        "The harbour is busy with ferries today: Ferries leave the harbour, and ferries return.\n"
    )
    found = terms_of(body, "Ferries and the harbour")
    assert found | {"渡轮": 3, "港口": 2, "ferries": 4, "harbour": 3} == found
    assert next(iter(found)) == "ferries"
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert not {"the", "and", "with", "今天"} & set(found)


@pytest.mark.parametrize(
    ("body", "term"),
    [
        ("Die Fähren fahren. Viele Fähren und noch mehr Fähren fahren heute in den alten Hafen.", "fähren"),
        ("Паромы отходят утром. Эти паромы и другие паромы ходят на острова каждый день.", "паромы"),
        ("フェリーは港を出ます。フェリーは毎日、港に来ます。", "フェリー"),
        ("It’s “ferries” here — ferries there; “ferries” everywhere you look in the morning.", "ferries"),
    ],
)
def test_terms_of_other_scripts(body: str, term: str) -> None:
    assert next(iter(terms_of(body))) == term


def test_chinese_words_are_counted_as_words() -> None:
    assert words_of("渡轮停在港口。").chinese_word_count == 4
    assert words_of("No Chinese at all.").chinese_word_count == 0


def test_never_more_than_the_most() -> None:
    words = " ".join(f"word{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(200))
    assert len(terms_of(f"{words} {words}")) == MOST_TERMS
    assert terms_of("") == {}
