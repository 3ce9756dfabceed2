"""Matrix products and best paths whose results do not depend on what else is in the batch.

BLAS picks other kernels, which round differently, for other numbers of rows. Blocks of one fixed shape always take
the same kernel, and every row of a block is computed alike.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
ROWS = 96


def blockwise_product(left: Floats, right: Floats, out: Floats | None = None) -> Floats:
    """Return `left @ right` in blocks of ROWS rows, the last one filled up with zeros."""
    count = left.shape[0]
    if out is None:
        out = np.empty((count, right.shape[1]), dtype=np.result_type(left, right))
    full = count - count % ROWS
    for start in range(0, full, ROWS):
        np.matmul(left[start : start + ROWS], right, out=out[start : start + ROWS])
    if full < count:
        block = np.zeros((ROWS, left.shape[1]), dtype=left.dtype)
        block[: count - full] = left[full:]
        out[full:] = np.matmul(block, right)[: count - full]
    return out


def best_paths(emissions: Sequence[Floats], transitions: Floats, start: Floats | None = None) -> list[NDArray[np.int8]]:
    """Return the highest-scoring label sequence of each sentence: Viterbi, all sentences of a batch in step.

    `emissions`: one array (length, labels) a sentence. `transitions`: (labels, labels), from row to column.
    `start`: what a label scores as the first. Ties go to the lower label.
    """
    order = sorted(range(len(emissions)), key=lambda place: -len(emissions[place]))
    lengths = np.array([len(emissions[place]) for place in order])
    paths: list[NDArray[np.int8]] = [np.zeros(0, np.int8)] * len(emissions)
    if not order or not lengths[0]:
        return paths
    labels = transitions.shape[0]
    padded = np.zeros((len(order), lengths[0], labels), dtype=transitions.dtype)
    for row, place in enumerate(order):
        padded[row, : lengths[row]] = emissions[place]
    into = np.ascontiguousarray(transitions.T)
    scores = padded[:, 0] + (0.0 if start is None else start)
    back = np.zeros((lengths[0], len(order), labels), dtype=np.int8)
    for step in range(1, lengths[0]):
        alive = int(np.searchsorted(-lengths, -step))
        candidates = scores[:alive, None, :] + into
        best = candidates.argmax(axis=2)
        back[step, :alive] = best
        scores[:alive] = np.take_along_axis(candidates, best[:, :, None], axis=2)[:, :, 0] + padded[:alive, step]
    rows = np.arange(len(order))
    label = scores.argmax(axis=1)
    found = np.zeros((len(order), lengths[0]), dtype=np.int8)
    for step in range(lengths[0] - 1, -1, -1):
        inside = lengths > step
        found[inside, step] = label[inside]
        if step:
            label = np.where(inside, back[step, rows, label], label)
    for row, place in enumerate(order):
        paths[place] = found[row, : lengths[row]]
    return paths


def label_marginals(emissions: Sequence[Floats], transitions: Floats, start: Floats) -> list[Floats]:
    """Return the probability of each label at each place of each sentence: forward and backward, in step."""
    order = sorted(range(len(emissions)), key=lambda place: -len(emissions[place]))
    lengths = np.array([len(emissions[place]) for place in order])
    marginals: list[Floats] = [np.zeros((0, transitions.shape[0]))] * len(emissions)
    if not order or not lengths[0]:
        return marginals
    padded = np.ones((len(order), lengths[0], transitions.shape[0]))
    for row, place in enumerate(order):
        sentence = emissions[place]
        padded[row, : lengths[row]] = np.exp(sentence - sentence.max(axis=1, keepdims=True))
    step_weight = np.exp(transitions)
    forward, backward = np.zeros_like(padded), np.ones_like(padded)
    forward[:, 0] = padded[:, 0] * np.exp(start)
    forward[:, 0] /= forward[:, 0].sum(axis=1, keepdims=True)
    for step in range(1, lengths[0]):
        alive = int(np.searchsorted(-lengths, -step))
        ahead = np.einsum("rl,lm->rm", forward[:alive, step - 1], step_weight) * padded[:alive, step]
        forward[:alive, step] = ahead / ahead.sum(axis=1, keepdims=True)
    for step in range(lengths[0] - 2, -1, -1):
        alive = int(np.searchsorted(-lengths, -(step + 1)))
        behind = np.einsum("rm,lm->rl", backward[:alive, step + 1] * padded[:alive, step + 1], step_weight)
        backward[:alive, step] = behind / behind.sum(axis=1, keepdims=True)
    both = forward * backward
    both /= both.sum(axis=2, keepdims=True) + (both.sum(axis=2, keepdims=True) == 0)
    for row, place in enumerate(order):
        marginals[place] = both[row, : lengths[row]]
    return marginals
