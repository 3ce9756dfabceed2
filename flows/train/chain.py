"""Training of a chain: maximum likelihood with quadratic penalties, by L-BFGS over all sentences at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from flows.derive.entities.chain import LABELS, Hashes, Vectors, with_neighbours

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


class TrainingSet(NamedTuple):
    """All places of all sentences: features (places, templates), vectors, label, sentence number (ascending)."""

    features: Hashes
    vectors: Vectors
    labels: Integers
    sentence: Integers


class Weights(NamedTuple):
    """What training finds: keys (sorted) with a row of weights each, weights of vectors, transitions, start."""

    keys: Hashes
    sparse: Floats
    dense: Floats
    transitions: Floats
    start: Floats


class Plan(NamedTuple):
    """How training goes. Stopping early keeps the weights of rare features small, more than the penalties do."""

    penalty: float = 1.0
    dense_penalty: float = 1.0
    minimum_count: int = 2
    steps: int = 120
    averaged_steps: int = 30
    outside: float = 0.0


def train(data: TrainingSet, plan: Plan, report: Callable[[str], None] = lambda _: None) -> Weights:
    """Return the weights, averaged over the last steps; features seen less than `minimum_count` times are left out."""
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    places, templates = data.features.shape
    keys, columns, counts = np.unique(data.features, return_inverse=True, return_counts=True)
    columns, kept = columns.reshape(places, templates), counts >= plan.minimum_count
    used = kept[columns]
    row = np.repeat(np.arange(places), used.sum(axis=1))
    column = (np.cumsum(kept) - 1)[columns[used]]
    matrix = csr_matrix((np.ones(len(row)), (row, column)), shape=(places, int(kept.sum())))
    transposed, vectors = matrix.T.tocsr(), with_neighbours(data.vectors, data.sentence).astype(np.float64)
    count = len(LABELS)
    shapes = [(matrix.shape[1], count), (vectors.shape[1], count), (count, count), (count,)]
    sizes = [int(np.prod(shape)) for shape in shapes]
    ends = np.cumsum(sizes)
    strengths = np.repeat([plan.penalty, plan.dense_penalty, 0.1, 0.1], sizes)
    starts = np.flatnonzero(np.diff(data.sentence, prepend=-1))
    lengths = np.diff(starts, append=len(data.sentence))
    total, step = np.zeros(int(ends[-1])), 0

    def split(flat: Floats) -> list[Floats]:
        return [part.reshape(shape) for part, shape in zip(np.split(flat, ends[:-1]), shapes, strict=True)]

    def loss(flat: Floats) -> tuple[float, Floats]:
        sparse, dense, transitions, start = split(flat)
        value, *slopes = _loss(matrix @ sparse + vectors @ dense, transitions, start, lengths, data.labels)
        parts = [transposed @ slopes[0], vectors.T @ slopes[0], *slopes[1:]]
        slope = np.concatenate([part.ravel() for part in parts]) + strengths * flat
        return value + 0.5 * float(strengths @ (flat * flat)), slope

    def after_step(flat: Floats) -> None:
        nonlocal step
        step += 1
        if step > plan.steps - plan.averaged_steps:
            total[:] += flat / plan.averaged_steps
        if step % 10 == 0:
            report(f"step {step} of {plan.steps}")

    report(f"{places:,} places in {len(starts):,} sentences, {matrix.shape[1]:,} features")
    options = {"maxiter": plan.steps, "maxcor": 10, "ftol": 0.0, "gtol": 0.0}
    minimize(loss, np.zeros(int(ends[-1])), jac=True, method="L-BFGS-B", options=options, callback=after_step)
    weights = Weights(keys[kept], *split(total))
    weights.dense[-1, 0] -= plan.outside
    return weights


def _loss(
    emissions: Floats, transitions: Floats, start: Floats, lengths: Integers, labels: Integers
) -> tuple[float, Floats, Floats, Floats]:
    """Return the negative log-likelihood of sentences, and its slopes for emissions, transitions and start."""
    count = emissions.shape[1]
    order = np.argsort(-lengths, kind="stable")
    rows = np.empty(len(order), dtype=np.int64)
    rows[order] = np.arange(len(order))
    firsts = np.cumsum(lengths) - lengths
    row, step = np.repeat(rows, lengths), np.arange(len(labels)) - np.repeat(firsts, lengths)
    top = emissions.max(axis=1)
    block = np.ones((len(lengths), int(lengths.max()), count))
    block[row, step] = np.exp(emissions - top[:, None])
    weight = np.exp(transitions)
    forward, backward, scale = np.zeros_like(block), np.ones_like(block), np.ones(block.shape[:2])
    forward[:, 0] = block[:, 0] * np.exp(start)
    scale[:, 0] = forward[:, 0].sum(axis=1)
    forward[:, 0] /= scale[:, 0, None]
    alive_at = [int(np.searchsorted(-lengths[order], -at)) for at in range(block.shape[1])]
    for at in range(1, block.shape[1]):
        alive = alive_at[at]
        ahead = (forward[:alive, at - 1] @ weight) * block[:alive, at]
        scale[:alive, at] = ahead.sum(axis=1)
        forward[:alive, at] = ahead / scale[:alive, at, None]
    expected = np.zeros_like(transitions)
    for at in range(block.shape[1] - 1, 0, -1):
        alive = alive_at[at]
        inner = backward[:alive, at] * block[:alive, at] / scale[:alive, at, None]
        expected += (forward[:alive, at - 1].T @ inner) * weight
        backward[:alive, at - 1] = inner @ weight.T
    slope = (forward * backward)[row, step]
    follows = step[1:] > 0
    before, after = labels[:-1][follows], labels[1:][follows]
    likelihood = emissions[np.arange(len(labels)), labels].sum() + transitions[before, after].sum()
    likelihood += start[labels[firsts]].sum()
    value = float(np.log(scale[row, step]).sum() + top.sum() - likelihood)
    slope[np.arange(len(labels)), labels] -= 1
    np.subtract.at(expected, (before, after), 1)
    return value, slope, expected, slope[firsts].sum(axis=0)


def save(path: Path, weights: Weights, version: str, smallest: float = 0.003) -> None:
    """Write the weights as small integers; rows in which nothing reaches `smallest` are left out."""
    strong = np.abs(weights.sparse).max(axis=1) >= smallest
    sparse = weights.sparse[strong]
    scale = float(np.abs(sparse).max()) / 127
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        keys=weights.keys[strong],
        weights=np.round(sparse / scale).astype(np.int8),
        scale=np.float32(scale),
        dense=weights.dense.astype(np.float16),
        transitions=weights.transitions.astype(np.float32),
        start=weights.start.astype(np.float32),
        version=np.array(version),
    )
