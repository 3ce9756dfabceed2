"""Best paths and probabilities against all paths; products that do not depend on the batch."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.derive.entities.chain import hashed, shifted
from flows.derive.entities.matrices import best_paths, blockwise_product, label_marginals


def score(path: tuple[int, ...], emissions: np.ndarray, transitions: np.ndarray, start: np.ndarray) -> float:
    steps = sum(transitions[a, b] for a, b in pairwise(path))
    return start[path[0]] + steps + sum(emissions[place, label] for place, label in enumerate(path))


@pytest.mark.parametrize("seed", range(5))
def test_best_path_is_the_best_of_all_paths(seed: int) -> None:
    random = np.random.default_rng(seed)
    sentences = [random.normal(size=(length, 3)) for length in (4, 1, 6, 6, 2)]
    transitions, start = random.normal(size=(3, 3)), random.normal(size=3)
    for emissions, path in zip(sentences, best_paths(sentences, transitions, start), strict=True):
        every = product(range(3), repeat=len(emissions))
        best = max(every, key=lambda labels: score(labels, emissions, transitions, start))
        assert tuple(path) == best


@pytest.mark.parametrize("seed", range(3))
def test_marginals_are_shares_of_all_paths(seed: int) -> None:
    random = np.random.default_rng(seed)
    sentences = [random.normal(size=(length, 3)) for length in (3, 5, 1)]
    transitions, start = random.normal(size=(3, 3)), random.normal(size=3)
    for emissions, marginals in zip(sentences, label_marginals(sentences, transitions, start), strict=True):
        expected = np.zeros_like(emissions)
        for path in product(range(3), repeat=len(emissions)):
            weight = np.exp(score(path, emissions, transitions, start))
            for place, label in enumerate(path):
                expected[place, label] += weight
        assert np.allclose(marginals, expected / expected.sum(axis=1, keepdims=True))


def test_sentences_without_places_have_empty_paths() -> None:
    transitions = np.zeros((2, 2))
    assert best_paths([], transitions) == []
    assert [len(path) for path in best_paths([np.zeros((0, 2)), np.ones((2, 2))], transitions)] == [0, 2]


@given(st.integers(1, 250), st.integers(0, 249))
def test_a_row_times_a_matrix_is_the_same_bits_in_any_batch(rows: int, start: int) -> None:
    random = np.random.default_rng(3)
    left = random.normal(size=(500, 24)).astype(np.float32)
    right = random.normal(size=(24, 7)).astype(np.float32)
    everything = blockwise_product(left, right)
    assert np.allclose(everything, left @ right, atol=1e-4)
    assert np.array_equal(blockwise_product(left[start : start + rows], right), everything[start : start + rows])


def test_neighbours_stay_within_their_sentence() -> None:
    values, sentence = np.array([1, 2, 3, 4, 5]), np.array([0, 0, 0, 1, 1])
    assert shifted(values, 1, sentence).tolist() == [2, 3, 0, 5, 0]
    assert shifted(values, -2, sentence).tolist() == [0, 0, 1, 0, 0]
    assert shifted(values, 9, sentence).tolist() == [0, 0, 0, 0, 0]


def test_hashes_tell_templates_and_orders_apart() -> None:
    a, b = np.arange(1000), np.arange(1000) + 7
    columns = [hashed(0, a), hashed(1, a), hashed(1, a, b), hashed(1, b, a)]
    assert len(np.unique(np.concatenate(columns))) == 4000
