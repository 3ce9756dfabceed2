"""Names in Chinese: LAC's scores, known names and characters, joined by a chain trained on labelled sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from flows.derive.entities.chain import ChainModel, Hashes, Vectors, hashed, shifted
from flows.derive.entities.chinese_words import character_kinds, dictionary_tags, known_names, word_hashes
from flows.derive.entities.lac import KIND_OF_TAG, LacModel, code_points, sentences, simplified
from flows.derive.entities.lexicon import Lexicon
from flows.derive.entities.matrices import best_paths
from flows.derive.entities.mention import RawMention
from flows.derive.entities.options import CHINESE_MODEL

# How sure LAC is when nothing says it.
RAW_CONFIDENCE = 0.7
USED_TAGS = 49
FLOOR = -12.0
# What a time has that is a date: a count, or a day of the week.
_TIME = re.compile(r"[0-9０-９〇零一二三四五六七八九十百两]+\s*[年月日号世天点时]|(?:周|星期|礼拜)[一二三四五六日天]")


class ChineseExtractor:
    """LAC, corrected by a chain where its weights are there."""

    languages: tuple[str, ...] = ("zh",)

    def __init__(self, lexicon: Lexicon, model: Path | None = CHINESE_MODEL, lexicon_version: str = "") -> None:
        self._lac = LacModel.packaged()
        self._lexicon = lexicon
        self._chain = ChainModel(model) if model is not None and model.exists() else None
        self.name = "lac+chain" if self._chain else "lac"
        self.version = "-".join(filter(None, (self._chain.version if self._chain else "1", lexicon_version)))
        self._time_tags = [number for number, tag in enumerate(self._lac.tags) if tag.startswith("TIME-")]
        self._word_starts = np.array([tag.endswith("-B") or tag == "O" for tag in self._lac.tags])

    def extract(self, texts: Sequence[str]) -> list[list[RawMention]]:
        """Return the mentions of each text."""
        simple = [simplified(text) for text in texts]
        places = [(number, *span) for number, text in enumerate(simple) for span in sentences(text)]
        pieces = [simple[number][start:end] for number, start, end in places]
        found: list[list[RawMention]] = [[] for _ in texts]
        spans = self._chain_spans(pieces) if self._chain else self._lac_spans(self._lac.scores(pieces))
        for (number, offset, _), mentions in zip(places, spans, strict=True):
            found[number] += [RawMention(m.kind, m.start + offset, m.end + offset, m.confidence) for m in mentions]
        return found

    def features(
        self, pieces: Sequence[str], scores: Sequence[NDArray[np.float32]] | None = None
    ) -> tuple[Hashes, Vectors, NDArray[np.int64]]:
        """Return hashed features, vectors and the number of the sentence for each character of all sentences.

        `scores` are LAC's, where they are there already.
        """
        scores = self._lac.scores(pieces) if scores is None else scores
        lengths = np.array([len(piece) for piece in pieces], dtype=np.int64)
        sentence = np.repeat(np.arange(len(pieces)), lengths)
        text = "".join(pieces)
        characters = code_points(text).astype(np.int64)
        all_scores = np.concatenate(scores)[:, :USED_TAGS] if scores else np.zeros((0, USED_TAGS), np.float32)
        tags = all_scores.argmax(axis=1) + 1
        known = known_names(pieces, self._lexicon)
        dictionary = dictionary_tags(pieces)
        kinds = character_kinds(characters)
        words = word_hashes(characters, self._word_starts[tags - 1], sentence)

        c = {by: shifted(characters, by, sentence) for by in range(-3, 4)}
        t = {by: shifted(tags, by, sentence) for by in range(-2, 3)}
        k = {by: shifted(known, by, sentence) for by in range(-1, 2)}
        d = {by: shifted(dictionary, by, sentence) for by in range(-2, 3)}
        y = {by: shifted(kinds, by, sentence) for by in range(-2, 3)}
        templates: list[tuple[NDArray[np.int64], ...]] = [
            *((c[by],) for by in range(-2, 3)),
            *((c[by], c[by + 1]) for by in range(-2, 2)),
            (c[-1], c[1]),
            *((c[by], c[by + 1], c[by + 2]) for by in range(-2, 1)),
            *((t[by],) for by in range(-2, 3)),
            *((t[by], t[by + 1]) for by in range(-2, 2)),
            (t[-1], t[0], t[1]),
            *((c[0], t[by]) for by in (-1, 0, 1)),
            *((k[by],) for by in (-1, 0, 1)),
            (k[0], t[0]),
            (k[0], c[1]),
            (k[0], t[-1], t[1]),
            *((d[by],) for by in range(-2, 3)),
            (d[-1], d[0], d[1]),
            *((d[0], t[by]) for by in (-1, 0, 1)),
            (d[0], k[0]),
            (y[-2], y[-1], y[0], y[1]),
            (y[-1], y[0], y[1], y[2]),
            *((words[by], t[0] % 2) for by in (-1, 0, 1)),
        ]
        features = np.stack([hashed(number, *values) for number, values in enumerate(templates)], axis=1)
        shares = all_scores - all_scores.max(axis=1, keepdims=True, initial=FLOOR)
        return features, np.maximum(shares, FLOOR) / -FLOOR, sentence

    def _chain_spans(self, pieces: list[str]) -> list[list[RawMention]]:
        assert self._chain is not None
        if not pieces:
            return []
        scores = self._lac.scores(pieces)
        emissions = self._chain.emissions(*self.features(pieces, scores))
        ends = np.cumsum([len(piece) for piece in pieces])
        found = []
        spans = self._chain.spans(np.split(emissions, ends[:-1]))
        for piece, sentence, of_piece in zip(pieces, spans, scores, strict=True):
            names = [RawMention(*span) for span in sentence]
            found.append(sorted([*names, *self._dates(piece, of_piece, names)], key=lambda mention: mention.start))
        return found

    def _dates(self, piece: str, scores: NDArray[np.float32], names: Sequence[RawMention]) -> list[RawMention]:
        """Return the times that LAC sees outside of names, those that say when."""
        if not _TIME.search(piece):
            return []
        is_time = np.isin(scores.argmax(axis=1), self._time_tags)
        edges = np.flatnonzero(np.diff(is_time, prepend=False, append=False)).reshape(-1, 2).tolist()
        return [
            RawMention("date", start, end, RAW_CONFIDENCE)
            for start, end in edges
            if _TIME.search(piece, start, end) and not any(start < name.end and name.start < end for name in names)
        ]

    def _lac_spans(self, scores: list[NDArray[np.float32]]) -> list[list[RawMention]]:
        tags = self._lac.tags
        found = []
        for path in best_paths(scores, self._lac.transitions):
            mentions: list[RawMention] = []
            starts = [place for place, tag in enumerate(path) if not tags[tag].endswith("-I") or place == 0]
            for start, end in zip(starts, [*starts[1:], len(path)], strict=True):
                if kind := KIND_OF_TAG.get(tags[path[start]].rsplit("-", 1)[0]):
                    mentions.append(RawMention(kind, start, end, RAW_CONFIDENCE))
            found.append(mentions)
        return found
