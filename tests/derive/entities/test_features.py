"""Features of characters and tokens: found by hash, never shifted into another sentence."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.derive.entities.chain import with_neighbours
from flows.derive.entities.chinese_words import character_kinds, dictionary_tags, word_hashes
from flows.derive.entities.feature_table import FeatureTable
from flows.derive.entities.lac import code_points


@given(st.sets(st.integers(0, 2**32 - 1), max_size=300), st.lists(st.integers(0, 2**32 - 1), max_size=50))
def test_keys_have_their_weights_and_others_none(known: set[int], others: list[int]) -> None:
    keys = np.array(sorted(known), dtype=np.uint32)
    weights = np.arange(1, 1 + 2 * len(keys), dtype=np.float32).reshape(-1, 2)
    features = np.array([*keys.tolist(), *others], dtype=np.uint32)
    weight_of = dict(zip(keys.tolist(), weights.tolist(), strict=True))
    scores = np.ones((len(features), 2), dtype=np.float32)
    FeatureTable(keys, weights).add_to(scores, features[:, None])
    assert (scores - 1).tolist() == [weight_of.get(feature, [0, 0]) for feature in features.tolist()]


def test_neighbours_of_vectors() -> None:
    vectors = np.array([[1.0], [2.0], [3.0]], dtype=np.float32)
    found = with_neighbours(vectors, np.array([0, 0, 1]))
    assert found.tolist() == [[0, 1, 2, 1], [1, 2, 0, 1], [0, 3, 0, 1]]


def test_words_are_the_same_wherever_they_stand() -> None:
    text = "南京在南京"
    starts = np.array([True, False, True, True, False])
    words = word_hashes(code_points(text).astype(np.int64), starts, np.zeros(5, dtype=np.int64))
    own = words[0].tolist()
    assert own[0] == own[1] == own[3] == own[4] != own[2]
    assert words[-1].tolist()[:2] == [0, 0]
    assert words[1].tolist()[2] == own[3]


def test_kinds_of_characters() -> None:
    assert character_kinds(code_points("南7Aé·。 ").astype(np.int64)).tolist() == [1, 2, 3, 3, 4, 5, 6]


@pytest.mark.skipif(not find_spec("rjieba"), reason="rjieba is not installed")
def test_dictionary_words_have_edges() -> None:
    tags = dictionary_tags(["北京大学", "", "在"])
    assert len(tags) == 5
    assert [int(tag) % 4 for tag in tags] == [0, 1, 1, 2, 3]
    assert len({int(tag) // 4 for tag in tags[:4]}) == 1
