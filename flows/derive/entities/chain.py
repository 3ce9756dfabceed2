"""A linear chain of labels over hashed features and scores of a network: how it is kept, and how it is applied.

Features are 32-bit hashes, one column a template. A model keeps the weights of those it saw in training, a row
each, as small integers with one scale; unknown ones weigh nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from flows.derive.entities.feature_table import FeatureTable
from flows.derive.entities.matrices import best_paths, blockwise_product, label_marginals

Hashes = NDArray[np.uint32]
Vectors = NDArray[np.float32]

LABELS = ("O", "B-person", "I-person", "B-place", "I-place", "B-organisation", "I-organisation")
_PRIMES = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F)


class Span(NamedTuple):
    """A labelled run of places [start, end): kind and the mean probability of its labels."""

    kind: str
    start: int
    end: int
    confidence: float


def hashed(template: int, *values: NDArray[np.int64]) -> Hashes:
    """Return one hash for each place from the values of a template there."""
    first = (template + 1) * 0x165667B1 & 0xFFFFFFFF
    mixed: NDArray[np.uint64] = np.full(values[0].shape, first, dtype=np.uint64)
    for prime, value in zip(_PRIMES, values, strict=False):
        mixed = ((mixed ^ value.astype(np.uint64)) * np.uint64(prime)) & np.uint64(0xFFFFFFFF)
        mixed ^= mixed >> np.uint64(15)
    return mixed.astype(np.uint32)


def shifted(values: NDArray[np.int64], by: int, sentence: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return at each place what stands `by` places further, 0 where that is another sentence."""
    moved = np.zeros_like(values)
    if by == 0:
        return values
    if abs(by) < len(values):
        here, there = (slice(None, -by), slice(by, None)) if by > 0 else (slice(-by, None), slice(None, by))
        moved[here] = np.where(sentence[here] == sentence[there], values[there], 0)
    return moved


def with_neighbours(vectors: Vectors, sentence: NDArray[np.int64]) -> Vectors:
    """Return each place's vector between those of its neighbours (zeros in other sentences), and a one."""
    before, after = np.zeros_like(vectors), np.zeros_like(vectors)
    same = sentence[1:] == sentence[:-1]
    before[1:][same] = vectors[:-1][same]
    after[:-1][same] = vectors[1:][same]
    return np.concatenate([before, vectors, after, np.ones((len(vectors), 1), np.float32)], axis=1)


class ChainModel:
    """Weights of a trained chain; see `flows.train` for how they come about."""

    def __init__(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as kept:
            weights: NDArray[np.float32] = kept["weights"].astype(np.float32) * kept["scale"]
            self._table = FeatureTable(kept["keys"], weights)
            dense: NDArray[np.float32] = kept["dense"].astype(np.float32)
            self.transitions: NDArray[np.float64] = kept["transitions"].astype(np.float64)
            self.start: NDArray[np.float64] = kept["start"].astype(np.float64)
            self.version = str(kept["version"])
        # Side by side: what a vector says of the place after it, of its own, and of the place before.
        before, here, after = np.split(dense[:-1], 3)
        self._dense, self._bias = np.concatenate([before, here, after], axis=1), dense[-1]

    def emissions(self, features: Hashes, vectors: Vectors, sentence: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return what each label scores at each place; `features` (places, templates), `vectors` (places, width)."""
        count = len(self._bias)
        products = blockwise_product(vectors, self._dense)
        scores = products[:, count : 2 * count] + self._bias
        same = (sentence[1:] == sentence[:-1])[:, None]
        scores[1:] += np.where(same, products[:-1, :count], 0)
        scores[:-1] += np.where(same, products[1:, 2 * count :], 0)
        self._table.add_to(scores, features)
        emissions: NDArray[np.float64] = scores.astype(np.float64)
        return emissions

    def spans(self, emissions: Sequence[NDArray[np.float64]]) -> list[list[Span]]:
        """Return the best labelling of each sentence as spans."""
        paths = best_paths(emissions, self.transitions, self.start)
        found: list[list[Span]] = [[] for _ in paths]
        # Most sentences name nobody: how sure that is, nobody asks.
        named = [place for place, path in enumerate(paths) if path.any()]
        marginals = label_marginals([emissions[place] for place in named], self.transitions, self.start)
        for place, probabilities in zip(named, marginals, strict=True):
            found[place] = _spans(paths[place], probabilities)
        return found


def _spans(path: NDArray[np.int8], probabilities: NDArray[np.floating]) -> list[Span]:
    found: list[Span] = []
    place, length = 0, len(path)
    labels: list[int] = path.tolist()
    chances: list[float] = probabilities[np.arange(length), path].tolist()
    while place < length:
        label = labels[place]
        if label == 0:
            place += 1
            continue
        start, inside = place, label + label % 2
        place += 1
        while place < length and labels[place] == inside:
            place += 1
        sure = sum(chances[at] for at in range(start, place)) / (place - start)
        found.append(Span(LABELS[label][2:], start, place, round(sure, 3)))
    return found
