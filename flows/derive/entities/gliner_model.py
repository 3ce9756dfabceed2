"""GLiNER as an extractor, for those who install it: slower and better, and of many languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flows.derive.entities.mention import RawMention

# What the model is asked for, in its words -> our kinds.
QUESTIONS = {"person": "person", "location": "place", "organization": "organisation", "event": "event"}
THRESHOLD = 0.5


class GlinerExtractor:
    """A GLiNER model, by name or folder; `model` takes one that is loaded already."""

    def __init__(self, path: str, language: str, model: Any = None) -> None:
        self.name, self.version = f"gliner {path}", "1"
        self.languages: tuple[str, ...] = (language,)
        self._model = model or _load(path)

    def extract(self, texts: Sequence[str]) -> list[list[RawMention]]:
        """Return the mentions of each text, one text at a time: padding must not change them."""
        return [self._mentions(text) for text in texts]

    def _mentions(self, text: str) -> list[RawMention]:
        answers = self._model.predict_entities(text, list(QUESTIONS), threshold=THRESHOLD) if text.strip() else []
        found: list[RawMention] = []
        # The surest of those that overlap stays.
        for answer in sorted(answers, key=lambda answer: (-answer["score"], answer["start"])):
            start, end = int(answer["start"]), int(answer["end"])
            if not any(start < other.end and other.start < end for other in found):
                found.append(RawMention(QUESTIONS[answer["label"]], start, end, round(float(answer["score"]), 3)))
        return sorted(found, key=lambda mention: mention.start)


def _load(path: str) -> Any:
    from gliner import GLiNER

    return GLiNER.from_pretrained(path)
