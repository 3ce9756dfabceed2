"""Quantities in one spelling, whatever the language, and which of them are compared."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flows.derive.numerals import english_number, han_number
from flows.derive.quantities import derive_quantities, language_halves, quantities_of
from flows.derive.quantity_patterns import han_quantity, latin_quantity
from flows.derive.segments import Segment

PARTS = [
    *("1", "12", "2024", "3.5", "1,234", *"年月日号第三十万亿%成个余点 -/:", "百分之", "分之", "一半", "the ", "first"),
    *("March ", "17th", "of ", "a ", "half", "third", "per cent", "million", "one", "and "),
]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("zh-Hans", "在32个成员国中的29个国家", ["number 32", "number 29"]),
        ("en", "backed by 29 out of 32 member countries", ["number 29", "number 32"]),
        ("zh-Hans", "约三分之一的航线", ["number 0.333333"]),
        ("en", "about a third of the routes, two-thirds of it", ["number 0.333333", "number 0.666667"]),
        ("en", "1/3 of them, half of that", ["number 0.333333", "number 0.5"]),
        ("zh-Hans", "1.2亿人次，3万人，两千五百万元", ["number 120000000", "number 30000", "number 25000000"]),
        ("en", "120 million trips, 1.2bn, $30,000", ["number 120000000", "number 1200000000", "number 30000"]),
        ("zh-Hant", "一點五億元", ["number 150000000"]),
        ("ja", "3億円、約2万5000人", ["number 300000000", "number 25000"]),
        ("zh-Hans", "上涨29%，百分之三十，三成，两个百分点", ["percent 29", "percent 30", "percent 30", "number 2"]),
        ("en", "up 29%, thirty per cent, 2.5 percent", ["percent 29", "percent 30", "percent 2.5"]),
        (
            "zh-Hans",
            "2024年6月17日，6月17日，2024年6月，2024年",
            ["date 2024-06-17", "date --06-17", "date 2024-06", "date 2024"],
        ),
        (
            "en",
            "June 17, 2024, on 17 June, in June 2024, in 2024",
            ["date 2024-06-17", "date --06-17", "date 2024-06", "date 2024"],
        ),
        ("zh-Hans", "二〇二四年三月五日", ["date 2024-03-05"]),
        ("en", "since 2024-03-05 at 10:30", ["date 2024-03-05"]),
        ("zh-Hans", "两位船长签署一份协议", ["number 2"]),
        ("en", "Two captains signed one deal with twenty-nine ports", ["number 2", "number 29"]),
        ("zh-Hans", "十分重要，万一，第一，第三座", ["ordinal 3"]),
        ("en", "COVID-19 and the G20, the 3rd pier", ["ordinal 3"]),
        ("zh-Hans", "240兆瓦，4月起，四月，每周三班", ["number 240", "number 3"]),
        ("zh-Hans", "星期五名单公布，上周三名人到场，星期日人不多，礼拜二艘船", []),
        ("de", "1.234,5 Tonnen", ["number 1234.5"]),
        ("en", "1,234.5 tonnes", ["number 1234.5"]),
        ("es", "Node 2.6, la versión 4.13.2, 1.500.000 euros y 3,5 km", ["number 2.6", "number 1500000", "number 3.5"]),
        ("en", "1,00,000 rupees, rooms 1,5, release 4.13.2", ["number 100000"]),
        ("fr", "12 500 passagers", ["number 12500"]),
        ("en", "one hundred and five ferries, a dozen more", ["number 105", "number 12"]),
    ],
)
def test_one_spelling(language: str, text: str, expected: list[str]) -> None:
    assert [f"{kind} {value}" for kind, value, _, _ in quantities_of(text, language)] == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三百二十", 320),
        ("十二", 12),
        ("二十", 20),
        ("一万零五", 10005),
        ("一亿二千万", 120_000_000),
        ("二〇二四", 2024),
    ],
)
def test_han_numerals(text: str, value: int) -> None:
    assert han_number(text) == value


def test_english_number_words() -> None:
    assert english_number("two million three hundred thousand and one") == 2_300_001


def test_only_documents_in_two_languages_are_compared() -> None:
    english = Segment(0, "en", "The ferry carries 300 people. " * 5, 25, 0)
    chinese = Segment(1, "zh-Hans", "渡轮载有三百人。它每天航行两次，每次四十分钟。" * 2, 44, 44)
    assert language_halves([english]) == ()
    both = derive_quantities([english, chinese], language_halves([english, chinese]))
    assert {(row.segment_position, row.value) for row in both} == {(0, "300"), (1, "300"), (1, "2"), (1, "40")}
    for row in both:
        text = (english, chinese)[row.segment_position].text
        assert text[row.char_start :].startswith(row.surface)


@settings(max_examples=500)
@given(st.lists(st.sampled_from(PARTS), max_size=8).map("".join), st.booleans())
@example("1.2亿3 25% 五成 三分之一 6月17日 百分之三点五", True)
@example("June 17, 2024; 17th of June 2024; 3/4, 20 per cent, the third, two thirds of", False)
def test_every_part_of_a_quantity_belongs_to_its_shape(text: str, is_han: bool) -> None:
    pattern, shapes = han_quantity() if is_han else latin_quantity()
    for match in pattern.finditer(text):
        assert {name for name, value in match.groupdict().items() if value} <= {*shapes.get(match.lastgroup, ())}
    assert list(pattern.groupindex.values()) == list(range(1, pattern.groups + 1))
    assert set(shapes) == set(pattern.groupindex)
