"""Documents whose words, characters and sentences somebody counted by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.corpus_goldens import CORPUS, derived, golden_of


@pytest.mark.parametrize("case", sorted(CORPUS.glob("*.md")), ids=lambda case: case.stem)
def test_counts_are_those_of_a_person(case: Path) -> None:
    assert golden_of(case).exists(), f"no {golden_of(case).name}; `python -m tests.corpus_goldens` writes it"
    assert derived(case) == json.loads(golden_of(case).read_text(encoding="utf-8"))


def test_every_golden_has_its_document() -> None:
    assert all((CORPUS / f"{path.name.partition('.')[0]}.md").exists() for path in CORPUS.glob("*.expected.json"))
