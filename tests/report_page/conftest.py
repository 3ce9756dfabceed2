"""A store with something in every corner: two languages, two months, links, edits, and titles that attack the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.load.warehouse import Warehouse
from flows.pipeline import build_store
from flows.progress import Reporter
from flows.settings import load_settings
from flows.source_arguments import source_of_argument

ATTACK = "</script><img src=x onerror=\"document.title='broken in'\">&amp;<!--"
CHINESE = "渡轮首航：港口恢复通航"
JAPANESE = "港のフェリーが出る"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Two builds of a small collection."""
    folder = tmp_path_factory.mktemp("store")
    notes = folder / "notes"
    notes.mkdir()
    for month in range(1, 5):
        for day in (3, 4, 11):
            (notes / f"ferry-{month}-{day}.md").write_text(
                f"---\ntitle: Ferry {month} of day {day}\ndate: 2025-{month:02}-{day:02}\ntags: [sea, 航运, constructor]\n---\n"
                f"The ferry left at {day} with {day * 10} people and [came back](gone-{day}.md) to a [port](https://port{day}.example/x).\n"
            )
    (notes / "chinese.md").write_text(
        f"---\ntitle: {CHINESE}\ndate: 2025-02-05\ntags: [航运]\n---\n渡轮今天上午从港口开航，载有四十名乘客，下午返回。参见[公告](ferry-1-3.md)。\n"
    )
    (notes / "japanese.md").write_text(f"---\ntitle: {JAPANESE}\n---\nフェリーは朝に港を出て、夕方に戻ります。\n")
    (notes / "attack.md").write_text(
        f"---\ntitle: '{ATTACK.replace(chr(39), chr(39) * 2)}'\ntags: ['{ATTACK.replace(chr(39), chr(39) * 2)}']\ndate: 2025-03-01\n---\n"
        "Text that is harmless. [a](ferry-2-3.md)\n"
    )
    (notes / "broken.md").write_text("---\ntitle: [unclosed\n---\nStill here, after all.\n")
    settings = load_settings(
        {
            "warehouse": folder / "warehouse",
            "executor": "inline",
            "entities": False,
            "sources": (source_of_argument(str(notes)),),
        }
    )
    build_store(settings, Reporter(quiet=True))
    (notes / "ferry-1-3.md").write_text("---\ntitle: Ferry, edited\ndate: 2025-01-03\n---\nThe ferry stayed in.\n")
    (notes / "ferry-4-11.md").unlink()
    build_store(settings, Reporter(quiet=True))
    return Warehouse(folder / "warehouse")


@pytest.fixture(scope="module")
def page(store: Warehouse) -> Path:
    """The page of that store."""
    from flows.report_page.page import publish_page

    publish_page(store)
    return store.folder / "report" / "index.html"
