"""What the stage of entities makes ready before it begins."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from flows import executors
from flows.derive.entities.tables import keep_known_names
from flows.entity_stage import MANY_BYTES, begin_known_names


def test_known_names_are_made_early_and_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def begin_here(_kind: str, _workers: int, call: Any, *args: object) -> Any:
        begun.append(call)
        call(*args)
        return lambda: None

    def build_of(size: int) -> Any:
        settings = SimpleNamespace(executor="processes", workers=2)
        return SimpleNamespace(settings=settings, new_bytes=lambda: size, warehouse=SimpleNamespace(cache=tmp_path))

    begun: list[Any] = []
    monkeypatch.setattr(executors, "begin_aside", begin_here)
    begin_known_names(build_of(MANY_BYTES - 1))
    assert not begun
    begin_known_names(build_of(MANY_BYTES))
    begin_known_names(build_of(MANY_BYTES))
    assert begun == [keep_known_names]
    assert len(list(tmp_path.glob("gazetteer-*.bin"))) == 1
