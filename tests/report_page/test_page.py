"""The page as a file: published like an export, the same for the same store, nothing of a document is markup."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from flows.errors import StorageError
from flows.load.warehouse import Warehouse
from flows.report_page.page import publish_page
from tests.conftest import ROOT
from tests.report_page.conftest import ATTACK, CHINESE

Run = Callable[..., subprocess.CompletedProcess[str]]


class Elements(HTMLParser):
    """Collects elements, and what scripts hold."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.text: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1][0] == "script" and self.cdata_elem == "script":
            self.scripts.append((self.elements[-1][1], data))
        else:
            self.text.append(data)


@pytest.fixture(scope="module")
def seen(page: Path) -> Elements:
    return Elements(page.read_text(encoding="utf-8"))


def test_published_like_an_export(store: Warehouse, page: Path) -> None:
    link = store.folder / "report"
    manifest = json.loads((link / "_manifest.json").read_text())
    content = page.read_bytes()
    assert link.is_symlink()
    assert manifest["run_id"] == store.require_published().stem
    assert (manifest["path"], manifest["bytes"]) == ("index.html", len(content))
    assert manifest["sha256"] == hashlib.sha256(content).hexdigest()
    assert len(content) < 3_000_000
    for _ in range(3):
        assert publish_page(store) == manifest, "the same store gives the same page"
    assert len(list((store.folder / ".report-versions").glob("2*"))) == 2


def test_what_stands_in_the_way_stays(store: Warehouse, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("precious")
    with pytest.raises(StorageError, match="was not made by dateline report"):
        publish_page(store, tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "precious"
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_documents_cannot_write_markup(seen: Elements) -> None:
    assert not [tag for tag, _ in seen.elements if tag in ("img", "iframe", "object", "form")]
    assert not [name for _, attributes in seen.elements for name in attributes if name.startswith("on")]
    assert ATTACK in seen.text
    specs = [json.loads(text) for attributes, text in seen.scripts if attributes.get("type") == "application/json"]
    assert any("</script><img" in str(spec) for spec in specs), "tags are normalised, and charts show them"


def test_policy_allows_just_these_scripts_and_nothing_from_elsewhere(seen: Elements) -> None:
    [policy] = [a["content"] or "" for tag, a in seen.elements if a.get("http-equiv") == "Content-Security-Policy"]
    programs = [text for attributes, text in seen.scripts if attributes.get("type") is None]
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in programs]
    assert re.findall(r"'sha256-([^']+)'", policy) == hashes
    assert policy.startswith("default-src 'none'")
    assert "unsafe-eval" not in policy
    addresses = [a.get("src") or a.get("href") or "" for _, a in seen.elements]
    assert not [address for address in addresses if address and not address.startswith(("#", "data:,"))]


def test_structure_for_those_who_do_not_see_it(seen: Elements) -> None:
    tags = [tag for tag, _ in seen.elements]
    assert [tags.count(tag) for tag in ("main", "h1", "header", "footer", "nav")] == [1, 1, 1, 1, 1]
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h\d", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert tags.count("caption") == tags.count("table") > 20
    ids = [a["id"] for _, a in seen.elements if "id" in a]
    assert len(ids) == len(set(ids))
    for _, attributes in seen.elements:
        for reference in (attributes.get("aria-labelledby"), (attributes.get("href") or "")[1:]):
            assert not reference or reference in ids or reference == "ata:,"
    pictures = [a for _, a in seen.elements if a.get("role") == "img"]
    assert pictures
    assert all((a["aria-label"] or "").endswith("The numbers follow as a table.") for a in pictures)
    assert {"en", "zh", "ja"} <= {a.get("lang") for _, a in seen.elements}
    assert CHINESE in seen.text


def test_command_says_where_the_page_is(dateline: Run, articles: Path, tmp_path: Path) -> None:
    assert "holds no warehouse yet" in dateline("report", status=2).stderr
    assert "not to s3://bucket" in dateline("report", "--to", "s3://bucket", status=2).stderr
    dateline("build", articles, "--direct", "--no-entities")
    assert dateline("report").stdout == "the page is warehouse/report/index.html\n"
    assert dateline("report", "--to", "site").stdout == "the page is site/index.html\n"
    assert (tmp_path / "site" / "index.html").read_bytes() == (tmp_path / "warehouse/report/index.html").read_bytes()


def test_other_commands_do_not_pay_for_it() -> None:
    program = "import sys, flows.cli, flows.load.query, flows.load.export; print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded: Any = done.stdout
    assert not [name for name in ("altair", "vl_convert", "jinja2", "flows.report_page") if f"'{name}'" in loaded]
