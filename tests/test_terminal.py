"""Tables on a real terminal of a given width."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.text import Text

from tests.conftest import ROOT

Run = Callable[..., subprocess.CompletedProcess[str]]


def on_terminal(folder: Path, width: int, *arguments: str, **variables: str) -> list[str]:
    """Run the command line on a pseudo-terminal and return the lines it shows, without their colours."""
    reader, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "NO_COLOR")}
    process = subprocess.Popen(
        [sys.executable, "-m", "flows", *arguments],
        stdout=terminal,
        stdin=terminal,
        stderr=terminal,
        cwd=folder,
        env={**environment, "PYTHONPATH": str(ROOT), "TERM": "xterm", **variables},
    )
    os.close(terminal)
    pieces = []
    # Linux says that a terminal has no writer any more by an error.
    try:
        while piece := os.read(reader, 65536):
            pieces.append(piece)
    except OSError:
        pass
    os.close(reader)
    shown = [Text.from_ansi(line).plain for line in b"".join(pieces).decode().split("\r\n")]
    assert process.wait() == 0, shown
    return shown


def test_a_table_that_fits_is_a_table(built: Run, tmp_path: Path) -> None:
    lines = on_terminal(tmp_path, 60, "sql", "select path, title, word_count from documents order by path")
    assert lines[1].split() == ["path", "title", "word_count"]
    assert [line.split()[0] for line in lines[3:7]] == ["a.md", "b.md", "broken.md", "sub/c.md"]
    assert max(map(cell_len, lines)) <= 60


def test_rows_too_wide_are_shown_value_by_value(built: Run, tmp_path: Path) -> None:
    lines = on_terminal(tmp_path, 60, "sql", "from documents order by path")
    assert [line.split()[0:2] for line in lines if line.startswith("row")] == [["row", str(n)] for n in range(1, 5)]
    titles = [line.split()[1:] for line in lines if line.startswith("title ")]
    assert titles == [["Ferry"], ["Second"], ["unclosed"], ["渡轮"]]
    assert max(map(cell_len, lines)) <= 60


def test_long_cells_are_folded_and_nothing_is_lost(built: Run, tmp_path: Path) -> None:
    lines = on_terminal(tmp_path, 40, "sql", "select 7 as seven, repeat('渡轮今天开航', 12) as text")
    assert "".join(lines).count("渡") == 12
    assert max(map(cell_len, lines)) <= 40


def test_status_fits_eighty_columns(built: Run, tmp_path: Path) -> None:
    lines = on_terminal(tmp_path, 80, "status")
    assert max(map(cell_len, lines)) <= 80
    assert any(line.split()[:2] == ["source", "documents"] for line in lines)
    assert any("front_matter_invalid" in line for line in lines)


def test_a_build_shows_how_far_it_is(articles: Path, tmp_path: Path) -> None:
    lines = on_terminal(tmp_path, 80, "build", "articles", "--direct", "--workers", "1", DATELINE_BATCH_BYTES="1")
    shown = "\n".join(lines)
    assert "deriving" in shown
    assert "characters/s" in shown
    assert "4 documents (4 added" in shown


@pytest.mark.parametrize("encoding", ["latin-1", "gbk", "ascii"])
def test_what_an_encoding_lacks_is_escaped(dateline: Run, articles: Path, encoding: str) -> None:
    (articles / "a.md").write_text("# Café 渡轮 😀 \ue000\n\nText.\n")
    dateline("build", articles, "--direct", "--no-entities")
    query = ("sql", "select title from documents where path = 'a.md'")
    said = {
        form: subprocess.run(
            [sys.executable, "-m", "flows", *query, *form.split()],
            cwd=articles.parent,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding},
            capture_output=True,
            check=True,
        ).stdout.decode(encoding)
        for form in ("--json", "--csv", "")
    }
    assert json.loads(said["--json"]) == [{"title": "Café 渡轮 😀 \ue000"}]
    for shown in said.values():
        assert "\\ud83d\\ude00" in shown
        assert ("渡轮" in shown) == (encoding == "gbk")
