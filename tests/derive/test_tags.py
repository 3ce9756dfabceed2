"""Tags in one spelling, whatever was written."""

from __future__ import annotations

import pytest

from flows.derive.tags import derive_tags, inline_tags, normalise_tag, tag_aliases


@pytest.mark.parametrize(
    ("raw", "tag"),
    [
        ("World", "world"),
        ("  Climate  Change ", "climate-change"),
        ("climate_change", "climate-change"),
        ("#sea", "sea"),
        ("ＡＩ", "ai"),
        ("世界", "世界"),
        ("Trade/Sea Routes/", "trade/sea-routes"),
        ("Straße", "strasse"),
        ("c++", "c++"),
        ("#", ""),
        ("-", ""),
    ],
)
def test_normalise(raw: str, tag: str) -> None:
    assert normalise_tag(raw) == tag
    assert normalise_tag(tag) == tag


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("about #ferries and #海港, #a/b", ["ferries", "海港", "a/b"]),
        ("no#tag, # heading, #123, C#, #", []),
        ("#twice #twice #once", ["twice", "once"]),
        ("(see url https://x.example/#part)", []),
    ],
)
def test_inline(text: str, tags: list[str]) -> None:
    assert inline_tags([text]) == tags


def test_aliases_lead_to_one_tag_across_languages() -> None:
    assert [(tag.tag, tag.tag_raw) for tag in derive_tags(["世界", "World", "Energy"], [])] == [
        ("world", "世界"),
        ("energy", "Energy"),
    ]


def test_aliases_are_normal_and_lead_nowhere_else() -> None:
    aliases = tag_aliases()
    assert len(aliases) > 10
    assert not set(aliases) & set(aliases.values())


def test_one_row_per_tag_and_origin() -> None:
    assert [tag[1:] for tag in derive_tags(["Sea", "sea", "Trade"], ["sea"])] == [
        ("sea", "Sea", "front_matter"),
        ("trade", "Trade", "front_matter"),
        ("sea", "sea", "inline"),
    ]
