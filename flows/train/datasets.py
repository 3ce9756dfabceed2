"""What the chains are trained on: gold sentences with the features and vectors of the extractors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from flows.derive.entities.chain import LABELS
from flows.derive.entities.chinese import ChineseExtractor
from flows.derive.entities.english import EnglishExtractor
from flows.derive.entities.lac import sentences, simplified
from flows.train.chain import Integers, TrainingSet
from flows.train.gold import GoldSentence

_BATCH = 400


def chinese_set(extractor: ChineseExtractor, gold: Sequence[GoldSentence]) -> TrainingSet:
    """Return a labelled place for each character."""
    texts = [simplified(sentence.text) for sentence in gold]
    spans = [(number, start, end) for number, text in enumerate(texts) for start, end in sentences(text)]
    features, vectors, sentence = extractor.features([texts[number][start:end] for number, start, end in spans])
    labels = []
    for number, start, end in spans:
        row = np.zeros(end - start, dtype=np.int64)
        for kind, first, last in gold[number].names:
            if start <= first and last <= end:
                row[first - start : last - start] = LABELS.index(f"I-{kind}")
                row[first - start] = LABELS.index(f"B-{kind}")
        labels.append(row)
    return TrainingSet(features, vectors, np.concatenate(labels), sentence)


def english_set(extractor: EnglishExtractor, gold: Sequence[GoldSentence]) -> TrainingSet:
    """Return a labelled place for each token."""
    parts = []
    for offset in range(0, len(gold), _BATCH):
        batch = gold[offset : offset + _BATCH]
        analysed = extractor.analyse([sentence.text for sentence in batch])
        features, vectors, text = extractor.features(analysed)
        labels = [_token_labels(document, sentence) for (document, _), sentence in zip(analysed, batch, strict=True)]
        parts.append(TrainingSet(features, vectors, np.concatenate(labels), text + offset))
    return TrainingSet(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _token_labels(document: Any, sentence: GoldSentence) -> Integers:
    labels = np.zeros(len(document), dtype=np.int64)
    for kind, start, end in sentence.names:
        label = LABELS.index(f"B-{kind}")
        for token in document:
            first, last = token.idx, token.idx + len(token)
            if first < end and last > start and not token.is_space:
                labels[token.i] = label
                label = LABELS.index(f"I-{kind}")
    return labels
