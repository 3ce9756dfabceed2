"""Dates as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.derive.dates import AmbiguousDateError, day_of_path, parse_date

DATES = [
    ("2024-06-17", "2024-06-17T00:00:00", "day"),
    ("2024-6-7", "2024-06-07T00:00:00", "day"),
    ("20240617", "2024-06-17T00:00:00", "day"),
    ("2024/6/17", "2024-06-17T00:00:00", "day"),
    ("2024.06.17", "2024-06-17T00:00:00", "day"),
    ("2024. 6. 17.", "2024-06-17T00:00:00", "day"),
    ("2024-06-17T22:40:04.048Z", "2024-06-17T22:40:04.048", "second"),
    ("2024-06-17T22:40:04.123456789Z", "2024-06-17T22:40:04.123456", "second"),
    ("2024-06-17t22:40:04-05:00", "2024-06-18T03:40:04", "second"),
    ("2024-06-17 22:40:04 +0800", "2024-06-17T14:40:04", "second"),
    ("2024-06-17 22:40:04 -5", "2024-06-18T03:40:04", "second"),
    ("2024-06-17 22:40:04 −0530", "2024-06-18T04:10:04", "second"),
    ("2024-06-17 22:40:04 -0700 PDT", "2024-06-18T05:40:04", "second"),
    ("2024-06-17 22:40:04 America/New_York", "2024-06-18T02:40:04", "second"),
    ("2024-06-17 22:40 +0800", "2024-06-17T14:40:00", "minute"),
    ("2024-06-17T22:40", "2024-06-17T22:40:00", "minute"),
    ("2024-06-17T22Z", "2024-06-17T22:00:00", "minute"),
    ("2024-06-17 2:40:04.10", "2024-06-17T02:40:04.1", "second"),
    ("20240617T224004Z", "2024-06-17T22:40:04", "second"),
    ("2024-06-17 24:00:00", "2024-06-18T00:00:00", "second"),
    ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59", "second"),
    ("2024/6/17 14:05", "2024-06-17T14:05:00", "minute"),
    ("2024年6月17日", "2024-06-17T00:00:00", "day"),
    ("2024年6月17日 星期一", "2024-06-17T00:00:00", "day"),
    ("2024年6月17日（月）14:05", "2024-06-17T14:05:00", "minute"),
    ("2024年6月17日 下午2:05", "2024-06-17T14:05:00", "minute"),
    ("2024年6月17日14时05分30秒", "2024-06-17T14:05:30", "second"),
    ("２０２４年６月１７日", "2024-06-17T00:00:00", "day"),
    ("二〇二四年十二月二十一日", "2024-12-21T00:00:00", "day"),
    ("令和6年6月17日", "2024-06-17T00:00:00", "day"),
    ("令和元年5月1日", "2019-05-01T00:00:00", "day"),
    ("民國113年6月17日", "2024-06-17T00:00:00", "day"),
    ("2024년 6월 17일", "2024-06-17T00:00:00", "day"),
    ("June 17th, 2024", "2024-06-17T00:00:00", "day"),
    ("Jun. 17, 2024 10:05 PM", "2024-06-17T22:05:00", "minute"),
    ("June 17, 2024 at 12 am", "2024-06-17T00:00:00", "minute"),
    ("Monday, the 17th of June 2024", "2024-06-17T00:00:00", "day"),
    ("17-Jun-2024", "2024-06-17T00:00:00", "day"),
    ("2024 June 17", "2024-06-17T00:00:00", "day"),
    ("17. Juni 2024", "2024-06-17T00:00:00", "day"),
    ("le 17 juin 2024", "2024-06-17T00:00:00", "day"),
    ("17 de junio de 2024", "2024-06-17T00:00:00", "day"),
    ("17 июня 2024", "2024-06-17T00:00:00", "day"),
    ("Mon, 17 Jun 2024 10:00:00 GMT", "2024-06-17T10:00:00", "second"),
    ("Mon, 17 Jun 2024 10:00:00 +0800", "2024-06-17T02:00:00", "second"),
    ("Mon Jun 17 10:00:00 UTC 2024", "2024-06-17T10:00:00", "second"),
    ("Mon Jun 17 2024 10:00:00 GMT+0800 (Standard Time)", "2024-06-17T02:00:00", "second"),
    ("1718582400", "2024-06-17T00:00:00", "second"),
    ("1718582400123", "2024-06-17T00:00:00.123", "second"),
    ("2024-06", "2024-06-01T00:00:00", "month"),
    ("2024年6月", "2024-06-01T00:00:00", "month"),
    ("June 2024", "2024-06-01T00:00:00", "month"),
    ("2024", "2024-01-01T00:00:00", "year"),
    ("0001-01-01", "0001-01-01T00:00:00", "day"),
    ("9999-12-31", "9999-12-31T00:00:00", "day"),
]


@pytest.mark.parametrize(("text", "moment", "precision"), DATES)
def test_spellings_of_the_wild(text: str, moment: str, precision: str) -> None:
    parsed = parse_date(text)
    assert parsed
    assert (parsed.at, parsed.precision) == (datetime.fromisoformat(moment).replace(tzinfo=UTC), precision)


NO_DATES = [
    *("", "tomorrow", "May", "12:30:45", "1", "123456", "99999999999999", "v2024.1", "x" * 1000),
    *(
        "2021-02-30",
        "20210230",
        "2021-13-01",
        "February 30, 2024",
        "2024年13月1日",
        "24年6月1日",
        "Foo 3 2024",
    ),
    *("0000-00-00", "10000-01-01", "2021-06-31T00:00:00Z", "2021-01-01T25:00", "2024-06-17 100"),
    *(
        "2024-06-17T10:00:00+25:00",
        "9999-12-31T23:00:00-05:00",
        "2024-06-17 10:00 CST",
        "2024-06-17 and more",
    ),
]


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize("text", ["03/04/2021", "25/12/2021", "3.4.2021", "12/25/2021 10:00"])
def test_the_order_of_day_and_month_is_never_guessed(text: str) -> None:
    with pytest.raises(AmbiguousDateError):
        parse_date(text)


def test_the_source_says_the_order() -> None:
    assert parse_date("03/04/2021", date_order="month_first") == (datetime(2021, 3, 4, tzinfo=UTC), "day")
    assert parse_date("03/04/2021", date_order="day_first") == (datetime(2021, 4, 3, tzinfo=UTC), "day")
    assert parse_date("25/12/2021", date_order="month_first") is None


def test_a_date_without_a_zone_takes_the_sources() -> None:
    assert parse_date("2024-06-17", "Asia/Shanghai") == (datetime(2024, 6, 16, 16, tzinfo=UTC), "day")
    assert parse_date("2024-06-17 09:00", "America/New_York") == (
        datetime(2024, 6, 17, 13, tzinfo=UTC),
        "minute",
    )
    assert parse_date("2024-06-17T09:00:00Z", "Asia/Tokyo") == (
        datetime(2024, 6, 17, 9, tzinfo=UTC),
        "second",
    )
    assert parse_date("0001-01-01", "Asia/Shanghai") is None


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2024-06-17-title.md", 17),
        ("posts/2024/06/17/title.md", 17),
        ("a/2024-06-17.md", 17),
        ("2024/06/17-title.md", 17),
        ("2024-06-01/2024-06-17.md", 17),
        ("2024-06-17/2024-02-30-x.md", 17),
        ("2024-02-30-x.md", None),
        ("v12024-06-17", None),
    ],
)
def test_a_path_may_name_a_day(path: str, day: int | None) -> None:
    assert day_of_path(path) == (day and date(2024, 6, day))


@given(
    moment=st.datetimes(),
    shape=st.sampled_from(["%Y-%m-%dT%H:%M:%S", "%d %B %Y %H:%M:%S", "%Y年%m月%d日 %H:%M:%S"]),
)
def test_what_is_written_is_read(moment: datetime, shape: str) -> None:
    whole = moment.replace(microsecond=0)
    # strftime does not pad years below 1000 everywhere.
    text = whole.strftime(shape.replace("%Y", f"{whole.year:04}"))
    assert parse_date(text) == (whole.replace(tzinfo=UTC), "second")


@given(text=st.text(max_size=60))
def test_any_text_is_a_date_or_none(text: str) -> None:
    try:
        parsed = parse_date(text)
    except AmbiguousDateError:
        return
    assert parsed is None or parsed.at.utcoffset() is not None
