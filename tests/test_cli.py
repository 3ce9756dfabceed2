"""The command line as a person and a script meet it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import json_of

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_build_prints_the_run(dateline: Run, articles: Path) -> None:
    row = json_of(dateline("build", articles, "--direct", "--no-entities", "--json"))
    assert (row["documents"], row["files_added"], row["published"], row["status"]) == (4, 4, True, "published")
    assert {"discover", "derive", "copy", "load", "transform", "check", "publish"} <= row["seconds"].keys()
    again = json_of(dateline("build", articles, "--direct", "--no-entities", "--json"))
    assert (again["published"], again["files_unchanged"]) == (False, 4)
    assert row.keys() == again.keys()
    assert "Nothing to do" in dateline("build", articles, "--direct", "--no-entities").stdout


def test_build_without_paths_builds_what_the_store_knows(built: Run, articles: Path) -> None:
    (articles / "new.md").write_text("# New\n")
    assert json_of(built("build", "--direct", "--no-entities", "--json"))["files_added"] == 1


def test_build_reads_dateline_toml(dateline: Run, articles: Path, tmp_path: Path) -> None:
    (tmp_path / "dateline.toml").write_text(
        'warehouse = "store"\n[[source]]\nname = "mine"\npath = "articles"\nexclude = ["sub/"]\n'
        '[source.fields]\ntitle = ["description", "title"]\n'
    )
    assert json_of(dateline("build", "--direct", "--no-entities", "--json"))["documents"] == 3
    assert json_of(dateline("sql", "select distinct source from documents", "--json")) == [{"source": "mine"}]
    assert (tmp_path / "store" / "dateline.duckdb").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["build", "nowhere"], "there is no file or folder nowhere"),
        (["build", "--no-such-option"], "No such option"),
        (["build", "--workers", "0", "."], "workers must be 1 or more"),
        (["build", "--executor", "magic", "."], "executor must be"),
        (["build"], "nothing to build"),
        (["inspect", "nowhere"], "there is no file or folder nowhere"),
        (["sql", "select 1"], "holds no warehouse yet"),
        (["status"], "holds no warehouse yet"),
        (["export"], "holds no warehouse yet"),
        (["rollback"], "holds no warehouse yet"),
        (["frobnicate"], "No such command"),
    ],
)
def test_wrong_use_is_one_line_and_exit_status_2(dateline: Run, arguments: list[str], message: str) -> None:
    done = dateline(*arguments, *(["--direct"] if arguments[0] == "build" else []), status=2)
    assert message in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_sql_prints_tables_json_and_csv(built: Run) -> None:
    query = "select path, title from documents order by path limit 2"
    assert json_of(built("sql", query, "--json")) == [
        {"path": "a.md", "title": "Ferry"},
        {"path": "b.md", "title": "Second"},
    ]
    assert built("sql", query, "--csv").stdout == "path,title\na.md,Ferry\nb.md,Second\n"
    assert "Ferry" in built("sql", query).stdout
    assert "nothere" in built("sql", "select nothere", status=2).stderr
    assert "read-only" in built("sql", "delete from raw.files", status=2).stderr


def test_inspect_shows_every_file_broken_ones_too(dateline: Run, articles: Path) -> None:
    (articles / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe" * 40)
    (articles / "big.md").write_text(f"---\nbig: {10**30}\n---\n")
    lines = [json.loads(line) for line in dateline("inspect", articles, "--json", "--no-entities").stdout.splitlines()]
    seen = {Path(line["path"]).name: line for line in lines}
    assert seen["a.md"]["title"] == "Ferry"
    assert seen["a.md"]["front_matter"] == {"title": "Ferry", "tags": ["sea", "Trade"], "date": "2025-01-02"}
    assert seen["big.md"]["front_matter"] == {"big": 10**30}
    assert seen["a.md"]["tags"] == ["sea", "trade"]
    assert seen["a.md"]["body"] == "The ferry sails.\n"
    assert seen["b.md"]["front_matter_format"] == "none"
    assert seen["b.md"]["links"][0]["kind"] == "internal"
    assert seen["c.md"]["language"] == "zh-Hans"
    [problem] = seen["broken.md"]["problems"]
    assert (problem["code"], problem["severity"]) == ("front_matter_invalid", "error")
    assert problem["line"] in (2, 3)
    assert seen["picture.md"]["status"] == "rejected"
    assert len({frozenset(line) for line in lines}) == 1, "every line has the same keys"
    text = dateline("inspect", articles / "broken.md", "--no-entities").stdout
    assert "front_matter_invalid" in text
    assert "line" in text


def test_status_and_check(built: Run) -> None:
    status = json_of(built("status", "--json"))
    assert status["last_run"]["documents"] == 4
    assert status["problems"][0]["code"] == "front_matter_invalid"
    assert "front_matter_invalid" in built("status").stdout
    checks = json_of(built("check", "--json"))
    assert checks["status"] == "passed"
    assert {check["failures"] for check in checks["checks"] if check["severity"] == "error"} == {0}
    assert "holds" in built("check").stdout


def test_rollback_goes_back_one_version(built: Run, articles: Path) -> None:
    built("rollback", status=2)
    (articles / "a.md").unlink()
    built("build", "--direct", "--no-entities")
    assert json_of(built("sql", "select count(*) as n from documents", "--json")) == [{"n": 3}]
    built("rollback")
    assert json_of(built("sql", "select count(*) as n from documents", "--json")) == [{"n": 4}]


def test_version_and_help(dateline: Run) -> None:
    assert dateline("--version").stdout.startswith("dateline ")
    assert "build" in dateline("--help").stdout


def test_a_folder_without_markdown_is_said(dateline: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "data.csv").write_text("a,b\n")
    done = dateline("build", "empty", "--direct")
    assert "note: no file of empty matches *.md *.mdx" in done.stdout
