"""Tags in one spelling, whatever was written."""

from __future__ import annotations

import csv

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flows.derive.characters import BLOCK_END, CODE_END, CODE_START
from flows.derive.content import derive_contents
from flows.derive.profile import Profile
from flows.derive.prose import proses_of
from flows.derive.shards import empty_rows
from flows.derive.tables import CONTENT_TABLES
from flows.derive.tags import canonical_tag, derive_tags, inline_tags, may_have_tags, normalise_tag, tag_aliases
from flows.derive.tasks import DerivationOptions
from flows.resources import REFERENCE


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


@pytest.mark.parametrize(
    ("raw", "tag"),
    [("世界", "world"), ("World News", "world"), ("貿易/渡輪", "trade/ferries"), ("Defense", "defence"), ("海", "海")],
)
def test_aliases_across_languages(raw: str, tag: str) -> None:
    assert canonical_tag(raw) == tag


def test_a_tag_brings_those_above_it() -> None:
    assert [tag.tag for tag in derive_tags(["Trade/Sea Routes/North", "trade"], [])] == [
        "trade/sea-routes/north",
        "trade/sea-routes",
        "trade",
    ]


def test_reference_tables_are_in_order() -> None:
    """No alias of an alias, no rule for a tag that has another name, no row twice."""
    aliases = tag_aliases()
    assert not {tag for tag in aliases.values() if tag in aliases}
    with (REFERENCE / "tag_aliases.csv").open(encoding="utf-8", newline="") as file:
        names = [normalise_tag(row["alias"]) for row in csv.DictReader(file)]
    assert len(set(names)) == len(names) == len(aliases)
    with (REFERENCE / "tag_rules.csv").open(encoding="utf-8", newline="") as file:
        rules = list(csv.DictReader(file))
    assert len({(rule["kind"], rule["match"]) for rule in rules}) == len(rules)
    for rule in rules:
        assert canonical_tag(rule["tag"]) == rule["tag"]
        assert rule["kind"] in ("word", "entity")
        assert int(rule["least_count"]) >= 1


def test_code_has_no_tags() -> None:
    rows = empty_rows(CONTENT_TABLES)
    text = "The sea is `#0000ff`, says #harbour; `a` #include\n\n    #indented\n\n```c\n#define x\n```\n"
    derive_contents([(b"0" * 16, text.encode())], DerivationOptions(Profile()), rows)
    assert [row[-2] for row in rows["tags"]] == ["harbour", "include"]


@settings(max_examples=500)
@given(st.lists(st.sampled_from(["#", "a", "é", "7", "/", " ", "\n", "\u3000", "(", BLOCK_END, CODE_START, CODE_END])))
@example(["a", CODE_START, "x", CODE_END, "#", "a"])
def test_no_tag_is_overlooked(pieces: list[str]) -> None:
    marked = "".join(pieces)
    assert may_have_tags(marked) or not inline_tags(proses_of(marked))
