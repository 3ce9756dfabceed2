"""What front matter means: title, date, author, tags, by the profile of the source."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from flows.derive.metadata import Metadata, derive_metadata
from flows.derive.profile import Profile
from flows.extract.extraction import extract


def metadata_of(yaml: str, profile: Profile | None = None) -> Metadata:
    return derive_metadata(extract(f"---\n{yaml}\n---\n".encode()), profile or Profile())


CASES: list[tuple[str, dict[str, Any]]] = [
    ("title: A", {"title": "A"}),
    ("Title: A", {"title": "A"}),
    ("TITLE: ' A  '", {"title": "A"}),
    ("title: 2024", {"title": "2024"}),
    ("title: >\n  two\n  lines", {"title": "two lines"}),
    ("title:\nheadline: B", {"title": "B"}),
    ("title: [a, b]\nname: C", {"title": "C"}),
    ("标题: 城市", {"title": "城市"}),
    ("summary: S\ndescription: D", {"description": "D"}),
    ("seo:\n  description: D", {"description": "D"}),
    ("author: A", {"author": "A"}),
    ("authors: [A, B]", {"author": "A, B"}),
    ("author: {name: A, url: u}", {"author": "A"}),
    ("authors:\n  - name: A\n  - B\n  - {url: u}", {"author": "A, B"}),
    ("by: A", {"author": "A"}),
    ("lang: zh-CN", {"language_hint": "zh-CN"}),
    ("tags: [a, b]", {"tags_raw": ("a", "b")}),
    ("tags: a, b", {"tags_raw": ("a", "b")}),
    ("tags: a，b、c；d", {"tags_raw": ("a", "b", "c", "d")}),
    ("tags: '#a #b'", {"tags_raw": ("#a", "#b")}),
    ("tags: two words", {"tags_raw": ("two words",)}),
    ("tags: ['C++, advanced', b]", {"tags_raw": ("C++, advanced", "b")}),
    ("tags:", {"tags_raw": ()}),
    ("tags: []", {"tags_raw": ()}),
    ("tags: [a, null, '', 3, true, [b, [c]]]", {"tags_raw": ("a", "3", "b", "c")}),
    ("tags: {a: 1, b: 2}", {"tags_raw": ("a", "b")}),
    ("tags: [{name: a, slug: x}]", {"tags_raw": ("a",)}),
    ("tags: [a]\ncategories: [[b, c], d, a]", {"tags_raw": ("a", "b", "c", "d")}),
    ("taxonomies:\n  tags: [a]\n  categories: [b]", {"tags_raw": ("a", "b")}),
    ("keywords: a;b", {"tags_raw": ("a", "b")}),
    ("date: 2024-06-17", {"published_raw": "2024-06-17", "published_precision": "day"}),
    ("pubDate: Jun 17 2024", {"published_raw": "Jun 17 2024", "published_precision": "day"}),
    ("pub_date: 2024-06", {"published_raw": "2024-06", "published_precision": "month"}),
    ("ms.date: 2024-06-17", {"published_raw": "2024-06-17", "published_precision": "day"}),
    ("ms:\n  date: 2024-06-17", {"published_raw": "2024-06-17", "published_precision": "day"}),
    ("created: 1718582400", {"published_raw": "1718582400", "published_precision": "second"}),
    ("created: 2020-01-01\ndate: 2024-06-17", {"published_raw": "2024-06-17"}),
    ("published: true\ndate: 2024-06-17", {"published_raw": "2024-06-17"}),
    ("published: false", {"published_raw": None, "published_at": None}),
    ("updated: 2024-06-17", {"published_raw": None}),
]


@pytest.mark.parametrize(("yaml", "expected"), CASES)
def test_front_matter_means_something(yaml: str, expected: dict[str, Any]) -> None:
    metadata = metadata_of(yaml)
    assert {name: getattr(metadata, name) for name in expected} == expected
    assert metadata.problems == ()


def test_without_front_matter_there_is_nothing() -> None:
    assert derive_metadata(extract(b"# Heading\n"), Profile()) == Metadata()
    assert derive_metadata(extract(b"\x89PNG\r\n\x1a\n\0\0"), Profile()) == Metadata()


@pytest.mark.parametrize("value", ["soon", "03/04/2021", "2024-06-17 10:00 CST"])
def test_a_date_that_cannot_be_understood_stays_text(value: str) -> None:
    metadata = metadata_of(f"title: a\nDate: {value}")
    assert (metadata.published_at, metadata.published_raw, metadata.published_precision) == (
        None,
        value,
        None,
    )
    [problem] = metadata.problems
    assert (problem.code, problem.line, problem.column_number) == ("invalid_date", 3, 1)
    assert problem.stage == "metadata"


def test_an_impossible_date_is_noted_once() -> None:
    extraction = extract(b"---\ndate: 2021-02-30\ncreated: 2021-03-01\n---\n")
    metadata = derive_metadata(extraction, Profile())
    assert [problem.code for problem in (*extraction.problems, *metadata.problems)] == ["invalid_date"]
    assert metadata.published_raw == "2021-03-01"


@pytest.mark.parametrize(
    ("yaml", "day", "raw"),
    [
        ("path: 2024/06/17/ferry", 17, "2024/06/17/ferry"),
        ("permalink: /blog/2024-06-17-ferry/", 17, "/blog/2024-06-17-ferry/"),
        ("path: 2024/06/17/ferry\ndate: 2024-06-18", 18, "2024-06-18"),
        ("path: 2024/06/17/ferry\ndate: soon", None, "soon"),
        ("slug: ferry", None, None),
    ],
)
def test_a_permalink_may_name_the_day(yaml: str, day: int | None, raw: str | None) -> None:
    metadata = metadata_of(yaml)
    assert (metadata.published_at and metadata.published_at.day, metadata.published_raw) == (day, raw)


def test_a_source_may_read_its_front_matter_in_its_own_way() -> None:
    profile = Profile(title=("titre",), tags=("mots",), zone="Europe/Paris", date_order="day_first")
    metadata = metadata_of("titre: A\ntitle: B\nmots: x\ntags: y\ndate: 03/04/2021", profile)
    assert (metadata.title, metadata.tags_raw) == ("A", ("x",))
    assert metadata.published_at
    assert metadata.published_at.isoformat() == "2021-04-02T22:00:00+00:00"


def test_a_name_with_dots_is_a_path() -> None:
    profile = Profile(title=("page.meta.title", "title"))
    assert metadata_of("page: {meta: {title: A}}\ntitle: B", profile).title == "A"
    assert metadata_of("page.meta.title: C\ntitle: B", profile).title == "C"


def test_profiles_are_values() -> None:
    assert Profile() == pickle.loads(pickle.dumps(Profile()))
    assert hash(Profile()) == hash(Profile())
    assert Profile().profile_id == Profile().profile_id != Profile(zone="Asia/Tokyo").profile_id
    assert len(Profile().profile_id) == 16
