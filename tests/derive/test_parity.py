"""What one language half of a document states and the other does not."""

from __future__ import annotations

import pytest

from flows.derive.parity import compare_halves
from flows.derive.segments import Segment

CHINESE = "码头上的渡轮今天照常开航，船长说海上风平浪静，乘客都很满意，天气也很好。"
ENGLISH = "The ferries at the pier sail as usual today, the captain says the sea is calm and passengers are pleased."


@pytest.mark.parametrize(
    ("chinese", "english", "gaps"),
    [
        ("29个国家参加。", "Of the 29 countries all came.", []),
        ("共有1.2亿人次。", "There were 120 million trips.", []),
        ("三分之一的航线停航。", "A third of the routes closed.", []),
        ("一半的乘客下船。", "Some 50% of passengers left.", []),
        ("第三座灯塔。", "The third lighthouse.", []),
        ("6月17日开航。", "It sails on 17 June 2024.", []),
        ("2024年开航。", "It sails on 17 June 2024.", ["2024-06-17 not in zh-Hans"]),
        ("2024年6月17日开航。", "It sails in 2024.", ["2024-06-17 not in en"]),
        ("6月18日开航。", "It sails on 17 June 2024.", ["--06-18 not in en", "2024-06-17 not in zh-Hans"]),
        ("共28亿元。", "In all 3.1 billion.", ["2800000000 not in en", "3100000000 not in zh-Hans"]),
        ("共有300人。", "Everyone came.", ["300 not in en"]),
        # More digits than Python makes a number of.
        ("共有" + "7" * 4400 + "人。", "Everyone came.", []),
        ("共有" + "7" * 4300 + "人。", "Everyone came.", ["7" * 4300 + " not in en"]),
        # More than any number with a point.
        ("共有" + "7" * 400 + "人。", "Everyone came.", ["7" * 400 + " not in en"]),
        ("上涨" + "7" * 400 + "%。", "Everyone came.", ["7" * 400 + " not in en"]),
        ("价格上涨12%。", "Prices rose by 21 per cent.", ["12 not in en", "21 not in zh-Hans"]),
    ],
)
def test_gaps(chinese: str, english: str, gaps: list[str]) -> None:
    halves = (("zh-Hans", CHINESE + chinese, len(CHINESE)), ("en", f"{ENGLISH} {english}", 20))
    segments = [Segment(place, language, text, words, 0) for place, (language, text, words) in enumerate(halves)]
    compared = compare_halves(segments)
    assert [f"{found.value} not in {missing}" for found, missing in compared if missing] == gaps


def test_one_language_has_no_gaps() -> None:
    assert compare_halves([Segment(0, "en", f"{ENGLISH} 300 people.", 20, 0)]) == []
