"""What depends on several documents: link targets, keywords, texts alike and stories, kept up to date by builds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.load import rows

Build = Callable[..., dict[str, Any]]
Ask = Callable[..., list[tuple[Any, ...]]]

TARGETS = """
    select links.url, target.path from links
    join documents on links.document_id = documents.document_id
    left join documents as target on links.target_document_id = target.document_id
    where documents.path = '{}' order by links.position
"""
STORY = (
    "The harbour of Wexcombe opened its tidal gates on Monday, after engineers repaired the northern lock. "
    "Forty ferries waited outside the breakwater. Captain Ilse Brandt steered the first one in. "
)
RETOLD = (
    "Ilse Brandt was the first captain to pass the tidal gates of Wexcombe. Engineers had mended its northern lock; "
    "behind the breakwater, ferries had waited for days. "
)


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("at", "url", "files", "target"),
    [
        ("a.md", "b.md", ["b.md"], "b.md"),
        ("a.md", "B", ["b.md"], "b.md"),
        ("a.md", "b.md?x=1#top", ["b.md"], "b.md"),
        ("a.md", "#top", [], "a.md"),
        ("sub/a.md", "../b.md", ["b.md"], "b.md"),
        ("sub/a.md", "./b.md", ["b.md", "sub/b.md"], "sub/b.md"),
        ("guide/index.md", "start", ["guide/start.md"], "guide/start.md"),
        ("guide.md", "start", ["guide/start.md"], "guide/start.md"),
        ("a.md", "/guide/", ["guide/index.md"], "guide/index.md"),
        ("a.md", "/en/sea/guide/", ["sea/guide/README.md"], "sea/guide/README.md"),
        ("a.md", "/en/docs/guide", ["files/en/guide/index.md"], "files/en/guide/index.md"),
        ("a.md", "/guide/start/", ["content/guide/start.md"], "content/guide/start.md"),
        ("a.md", "/guide/start/", ["x/guide/start.md", "y/guide/start.md"], None),
        ("a.md", "/2025/01/06/tide.html", ["_posts/2025-01-06-tide.md"], "_posts/2025-01-06-tide.md"),
        ("a.md", "%E6%B8%A1%E8%BD%AE.md", ["渡轮.md"], "渡轮.md"),
        ("a.md", "/../../b.md", ["b.md"], "b.md"),
        ("a.md", "gone.md", ["b.md"], None),
    ],
)
def test_a_link_leads_to_a_document(
    tmp_path: Path, build: Build, ask: Ask, at: str, url: str, files: list[str], target: str | None
) -> None:
    folder = write(tmp_path / "notes", {at: f"See [it]({url}).\n", **dict.fromkeys(files, "Text.\n")})
    build(folder)
    assert [path for _, path in ask(TARGETS.format(at))] == [target]


def test_hostile_links_lead_nowhere(tmp_path: Path, build: Build, ask: Ask) -> None:
    urls = (
        "%",
        "%zz",
        "%ff%fe.md",
        "%00",
        "../" * 500 + "x.md",
        "/" * 300 + "x",
        "?x",
        "/%ff/",
        "..",
        "x" * 5000,
        "C:/x.md",
    )
    folder = write(tmp_path / "notes", {"a.md": "\n\n".join(f"[t](<{url}>)" for url in urls), "b.md": "B\n"})
    build(folder)
    assert ask("select count(*) from links") == [(len(urls),)]
    assert {target for _, target in ask(TARGETS.format("a.md"))} <= {None, "a.md"}


def test_citations_are_the_links_between_documents(tmp_path: Path, build: Build, ask: Ask) -> None:
    folder = write(
        tmp_path / "notes",
        {"a.md": "[b](b.md), [b](b.md#x), [a](a.md), [top](#top), [[渡轮]]\n", "b.md": "", "渡轮.md": ""},
    )
    build(folder)
    query = """
        select one.path, other.path, links from citations
        join documents as one using (document_id)
        join documents as other on citations.target_document_id = other.document_id order by all
    """
    assert ask(query) == [("a.md", "b.md", 2), ("a.md", "渡轮.md", 1)]
    write(folder, {"a.md": "[b](b.md)\n"})
    (folder / "渡轮.md").unlink()
    build(folder)
    assert ask(query) == [("a.md", "b.md", 1)]


def test_wiki_links_go_by_name(tmp_path: Path, build: Build, ask: Ask) -> None:
    build(
        write(
            tmp_path / "notes", {"a.md": "[[Ferry Times]] and [[渡轮|boats]]\n", "x/Ferry Times.md": "", "渡轮.md": ""}
        )
    )
    assert [path for _, path in ask(TARGETS.format("a.md"))] == ["x/Ferry Times.md", "渡轮.md"]


def test_a_target_that_comes_or_goes_is_noticed(tmp_path: Path, build: Build, ask: Ask) -> None:
    folder = write(tmp_path / "notes", {"a.md": "[b](b.md), [root](/deep/c/)\n", "z.md": "Z\n"})
    seen = []
    for change in (
        lambda: None,
        lambda: write(folder, {"b.md": "B\n", "x/deep/c.md": "C\n"}),
        lambda: write(folder, {"y/deep/c.md": "another C\n"}),
        lambda: (folder / "b.md").rename(folder / "bb.md"),
        (folder / "x/deep/c.md").unlink,
    ):
        change()
        build(folder)
        seen.append([path for _, path in ask(TARGETS.format("a.md"))])
    assert seen == [
        [None, None],
        ["b.md", "x/deep/c.md"],
        ["b.md", None],
        [None, None],
        [None, "y/deep/c.md"],
    ]


def test_keywords_tell_documents_apart_in_both_languages(tmp_path: Path, build: Build, ask: Ask) -> None:
    folder = write(
        tmp_path / "notes",
        {
            "ferry.md": "---\ntitle: 渡轮\n---\n渡轮停在港口。渡轮今天开航，渡轮很大。\n\nThe harbour sees ferries; ferries leave.\n",
            "train.md": "火车停在车站。火车今天开出。\n\nThe harbour is far from trains; night trains leave the station.\n",
        },
    )
    build(folder)
    best = dict(
        ask("select path, list(keyword order by rank) from keywords join documents using (document_id) group by path")
    )
    assert best["ferry.md"][:2] == ["渡轮", "ferries"]
    assert "火车" in best["train.md"]
    before = ask("select score from keywords where keyword = 'harbour'")
    write(folder, {"third.md": "Nothing of that.\n"})
    build(folder)
    assert len(before) == 2
    assert all(
        score > old
        for (score,), (old,) in zip(ask("select score from keywords where keyword = 'harbour'"), before, strict=True)
    )


def test_texts_alike_across_files(tmp_path: Path, build: Build, ask: Ask) -> None:
    files = {
        "a.md": f"# Gates\n\n{STORY * 2}\n",
        "b.md": f"**{STORY * 2}** And one more sentence.\n",
        "c.md": "Bread is baked in the old quarter before sunrise, and sold by noon, as it has been for ages. " * 2,
        "copies/a.md": f"# Gates\n\n{STORY * 2}\n",
    }
    folder = write(tmp_path / "notes", files)
    build(folder)
    pairs = "select path, other_path, similarity = 1 from report.near_duplicates order by all"
    assert ask(pairs) == [("a.md", "b.md", False), ("a.md", "copies/a.md", True)]
    (folder / "a.md").unlink()
    build(folder)
    assert ask(pairs) == [("b.md", "copies/a.md", False)]
    write(folder, {"b.md": "Rewritten from top to bottom.\n"})
    build(folder)
    assert ask(pairs) == []


def test_a_template_pairs_with_one_only(tmp_path: Path, build: Build, ask: Ask) -> None:
    folder = write(tmp_path / "notes", {f"{n:02}.md": f"{STORY * 3} Number {n}.\n" for n in range(30)})
    build(folder)
    [(pairs, documents)] = ask(
        "select count(*), (select document_count from report.story_clusters) from report.near_duplicates"
    )
    assert documents == 30
    assert 29 <= pairs < 30 * 29 / 2


def test_a_story_told_by_several(tmp_path: Path, build: Build, ask: Ask) -> None:
    files = {
        "east/gates.md": f"---\ntitle: Gates open\ndate: 2025-01-07 10:00\n---\n{STORY}\n",
        "west/2025-01-06-brandt.md": f"---\ntitle: First in\n---\n{RETOLD}\n",
        "west/later.md": f"---\ntitle: Later\ndate: 2025-03-07\n---\n{RETOLD[:60]} but nothing else of it was true.\n",
        "north/said.md": "---\ndate: 2025-01-09\n---\n来源：[原文](https://example.org/gates)\n\n闸门打开。\n",
        "south/said.md": "---\ndate: 2025-01-08\n---\nSource: [article](https://example.org/gates)\n\nGates are open.\n",
    }
    folder = write(tmp_path / "notes", files)
    for name in ("east", "west", "north", "south"):
        build(*(folder / each for each in ("east", "west", "north", "south") if each <= name))
    build(*(folder / each for each in ("east", "west", "north", "south")))
    stories = ask(
        "select title, document_count, source_count, first_source, spread_hours, paths from report.story_clusters"
    )
    assert sorted(stories, key=str) == [
        ("First in", 2, 2, "west", 34.0, ["2025-01-06-brandt.md", "gates.md"]),
        ("said", 2, 2, "south", 24.0, ["said.md", "said.md"]),
    ]


def test_stories_are_the_same_in_portions(
    tmp_path: Path, build: Build, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        f"{source}/{day}.md": f"---\ndate: {day}\n---\n{text}\n"
        for day in ("2025-01-07", "2025-01-14", "2025-03-04")
        for source, text in (("east", STORY), ("west", RETOLD))
    }
    folder = write(tmp_path / "notes", files)
    pairs = "select week, score from raw.story_pairs order by all"
    build(folder)
    found = ask(pairs)
    assert {str(week) for week, _ in found} == {"2025-01-06", "2025-01-13", "2025-03-03"}
    monkeypatch.setattr(rows, "DOCUMENTS_PER_PORTION", 1)
    build(write(folder, {path: f"{text}\n" for path, text in files.items()}))
    assert ask(pairs) == found


def test_the_day_of_a_path_serves_where_the_front_matter_has_none(tmp_path: Path, build: Build, ask: Ask) -> None:
    folder = write(
        tmp_path / "notes",
        {
            "2024/06/17-x.md": "Text\n",
            "2024-06-18-y.md": "---\ndate: 2024-06-20T10:00:00+02:00\n---\n",
            "2024-06-19-z.md": "---\ndate: soon\n---\n",
            "undated.md": "Text\n",
        },
    )
    build(folder)
    columns = "strftime(published_at, '%d %H:%M'), published_precision, published_from, published_raw"
    assert ask(f"select path, {columns} from documents order by path") == [
        ("2024-06-18-y.md", "20 08:00", "second", "front_matter", "2024-06-20T10:00:00+02:00"),
        ("2024-06-19-z.md", "19 00:00", "day", "path", "soon"),
        ("2024/06/17-x.md", "17 00:00", "day", "path", None),
        ("undated.md", None, None, None, None),
    ]
    (folder / "undated.md").rename(folder / "2024-06-21.md")
    build(folder)
    assert ask("select published_from from documents where path = '2024-06-21.md'") == [("path",)]


def test_rules_and_reference_files(tmp_path: Path, build: Build, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reference file that changed makes the fields it decides be derived again, from stored texts."""
    from flows.derive import tables, tag_rules

    folder = write(tmp_path / "notes", {"a.md": "---\ntags: [sea]\n---\n停火协议今天生效。The lighthouse shines.\n"})
    build(folder)
    query = "select tag, tag_raw, origin from document_tags order by all"
    assert ask(query) == [("conflict", "停火", "rule"), ("sea", "sea", "front_matter")]
    assert ask("select tags from documents") == [(["sea"],)]
    reference = tmp_path / "reference"
    reference.mkdir()
    for file in tables.REFERENCE.glob("*.csv"):
        (reference / file.name).write_bytes(file.read_bytes())
    with (reference / "tag_rules.csv").open("a", encoding="utf-8") as file:
        file.write("word,lighthouse,coast,1\n")
    monkeypatch.setattr(tables, "REFERENCE", reference)
    monkeypatch.setattr(tag_rules, "REFERENCE", reference)
    tag_rules.tag_rules.cache_clear()
    tag_rules._word_rules.cache_clear()
    try:
        assert build(folder)["files_unchanged"] == 1
    finally:
        monkeypatch.undo()
        tag_rules.tag_rules.cache_clear()
        tag_rules._word_rules.cache_clear()
    assert ask(query)[0] == ("coast", "lighthouse", "rule")
