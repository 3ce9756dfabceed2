"""What is derived from tests/corpus, and a writer of goldens that are missing: `python -m tests.corpus_goldens`.

A golden is counted by hand. The writer saves typing: whoever runs it counts again before committing. It never
overwrites one.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from flows.derive.segments import derive_counts, derive_segments
from flows.derive.structure import parse_structure
from flows.extract.extraction import extract

CORPUS = Path(__file__).parent / "corpus"


def golden_of(case: Path) -> Path:
    """Return where the golden of a case belongs."""
    return case.with_name(f"{case.stem}.expected.json")


def derived(case: Path) -> dict[str, Any]:
    """Return what a golden holds, as the code sees it."""
    structure = parse_structure(extract(case.read_bytes()).body)
    segments = derive_segments(structure)
    counts = derive_counts(structure, segments)
    return {
        "language": counts.language,
        "segments": [[segment.language, segment.word_count, segment.cjk_character_count] for segment in segments],
        "word_count": counts.word_count,
        "cjk_character_count": counts.cjk_character_count,
        "character_count": counts.character_count,
        "sentence_count": counts.sentence_count,
        "sections": [[s.title, s.level, s.anchor, s.parent_position, s.word_count] for s in structure.sections],
        "links": [[link.kind, link.url, link.text] for link in structure.links],
    }


def write_missing() -> list[Path]:
    """Write the goldens that are missing and return them."""
    missing = [case for case in sorted(CORPUS.glob("*.md")) if not golden_of(case).exists()]
    for case in missing:
        text = json.dumps(derived(case), ensure_ascii=False, indent=2)
        golden_of(case).write_text(f"{text}\n", encoding="utf-8")
    return missing


if __name__ == "__main__":
    for written in write_missing():
        print(f"{golden_of(written)}: count by hand before you commit it")
