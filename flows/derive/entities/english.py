"""Names in English: spaCy's labels and vectors, known names and shapes, joined by a chain trained on labelled text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from flows.derive.entities.chain import ChainModel, Hashes, Vectors, hashed, shifted
from flows.derive.entities.lexicon import Lexicon
from flows.derive.entities.mention import NAME_KINDS, RawMention
from flows.derive.entities.options import ENGLISH_MODEL
from flows.derive.entities.spacy_model import KIND_OF_LABEL, SpacyModel, spacy_version

RAW_CONFIDENCE = 0.7
# Vectors come in steps of several; weights of one size for all inputs want them near one.
VECTOR_SCALE = 0.2
_COLUMNS = ("LOWER", "SHAPE", "PREFIX", "SUFFIX", "ENT_TYPE", "ENT_IOB", "SPACY")


class EnglishExtractor:
    """spaCy's recogniser, corrected by a chain where its weights are there and fit the model."""

    languages: tuple[str, ...] = ("en",)

    def __init__(
        self,
        lexicon: Lexicon | None,
        model: Path | None = ENGLISH_MODEL,
        lexicon_version: str = "",
        spacy_model: SpacyModel | None = None,
    ) -> None:
        self._spacy = spacy_model or SpacyModel()
        self._lexicon = lexicon
        usable = lexicon is not None and model is not None and model.exists() and self._spacy.fits_chain
        self._chain = ChainModel(model) if usable and model is not None else None
        self.name = f"spacy {self._spacy.language}_{self._spacy.name}" + ("+chain" if self._chain else "")
        versions = [self._spacy.version, spacy_version(), self._chain.version if self._chain else "", lexicon_version]
        self.version = "-".join(filter(None, versions))
        self.languages = (self._spacy.language,)

    def extract(self, texts: Sequence[str]) -> list[list[RawMention]]:
        """Return the mentions of each text."""
        if not any(texts):
            return [[] for _ in texts]
        analysed = self.analyse(texts)
        if self._chain is None:
            return [_raw_mentions(document, KIND_OF_LABEL) for document, _ in analysed]
        emissions = self._chain.emissions(*self.features(analysed))
        ends = np.cumsum([len(document) for document, _ in analysed])
        found = []
        for (document, _), spans in zip(analysed, self._chain.spans(np.split(emissions, ends[:-1])), strict=True):
            mentions = [
                RawMention(span.kind, document[span.start].idx, _end_of(document[span.end - 1]), span.confidence)
                for span in spans
            ]
            taken = [(mention.start, mention.end) for mention in mentions]
            for mention in _raw_mentions(document, KIND_OF_LABEL):
                is_other = mention.kind not in NAME_KINDS
                if is_other and not any(mention.start < end and start < mention.end for start, end in taken):
                    mentions.append(mention)
            found.append(sorted(mentions, key=lambda mention: mention.start))
        return found

    def analyse(self, texts: Sequence[str]) -> list[tuple[Any, NDArray[np.float32]]]:
        """Return spaCy's document of each text with the vectors of its tokens."""
        return self._spacy.documents(texts)

    def features(
        self, analysed: Sequence[tuple[Any, NDArray[np.float32]]]
    ) -> tuple[Hashes, Vectors, NDArray[np.int64]]:
        """Return hashed features, vectors and the number of the text for each token of all texts."""
        documents = [document for document, _ in analysed]
        lengths = np.array([len(document) for document in documents], dtype=np.int64)
        text = np.repeat(np.arange(len(documents)), lengths)
        if not len(text):
            return np.zeros((0, 1), np.uint32), np.zeros((0, 1), np.float32), text
        table = np.concatenate(
            [document.to_array(list(_COLUMNS)).reshape(len(document), len(_COLUMNS)) for document in documents]
        )
        # Strings are 64-bit hashes here; half of one is enough.
        lower, shape, prefix, suffix, label, mark, _ = (column.astype(np.int64) & 0xFFFFFFFF for column in table.T)
        labels = label * 4 + mark
        known = np.concatenate([self._known_names(document) for document in documents])
        w = {by: shifted(lower, by, text) for by in range(-2, 3)}
        s = {by: shifted(shape, by, text) for by in range(-2, 3)}
        e = {by: shifted(labels, by, text) for by in range(-2, 3)}
        k = {by: shifted(known, by, text) for by in range(-1, 2)}
        x = {by: shifted(suffix, by, text) for by in range(-1, 2)}
        templates: list[tuple[NDArray[np.int64], ...]] = [
            *((w[by],) for by in range(-2, 3)),
            (w[-1], w[0]),
            (w[0], w[1]),
            *((s[by],) for by in range(-1, 2)),
            (s[-1], s[0]),
            (s[0], s[1]),
            (s[-1], s[0], s[1]),
            (prefix, s[0]),
            *((x[by],) for by in range(-1, 2)),
            *((e[by],) for by in range(-2, 3)),
            (e[-1], e[0], e[1]),
            *((e[0], s[by]) for by in range(-1, 2)),
            *((e[0], w[by]) for by in range(-1, 2)),
            *((k[by],) for by in range(-1, 2)),
            (k[0], e[0]),
            (k[0], s[0]),
            (k[0], e[-1], e[1]),
        ]
        features = np.stack([hashed(number, *values) for number, values in enumerate(templates)], axis=1)
        vectors = np.concatenate([vectors for _, vectors in analysed])
        return features, np.clip(vectors * VECTOR_SCALE, -4, 4).astype(np.float32), text

    def _known_names(self, document: Any) -> NDArray[np.int64]:
        """Category of the known name at each token, with whether it begins, goes on or ends there."""
        known = np.zeros(len(document), dtype=np.int64)
        matches = self._lexicon.find(document.text) if self._lexicon else []
        if matches:
            starts = document.to_array("IDX").astype(np.int64)
            for match in matches:
                first = int(np.searchsorted(starts, match.start))
                last = int(np.searchsorted(starts, match.end)) - 1
                if first <= last and starts[first] == match.start:
                    known[first : last + 1] = match.category * 4 + 1
                    known[first] = match.category * 4
                    known[last] = match.category * 4 + (3 if first == last else 2)
        return known


def _end_of(token: Any) -> int:
    return int(token.idx) + len(token)


def _raw_mentions(document: Any, kinds: dict[str, str]) -> list[RawMention]:
    return [
        RawMention(kinds[span.label_], span.start_char, span.end_char, RAW_CONFIDENCE)
        for span in document.ents
        if span.label_ in kinds
    ]
