"""The weights of features by their hashes: open addressing, several times faster than bisection."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flows.derive.passes import add_weights
from flows.derive.passes.plain_scores import first_slots

_SLOTS_PER_KEY = 4


class FeatureTable:
    """Rows of weights by 32-bit keys."""

    def __init__(self, keys: NDArray[np.uint32], weights: NDArray[np.float32]) -> None:
        self._keys, self._weights = keys, weights
        missing = len(keys)
        count = 1 << max(4, (missing * _SLOTS_PER_KEY).bit_length())
        self._slots = np.full(count, missing, dtype=np.int32)
        waiting, slots = np.arange(missing, dtype=np.int32), first_slots(keys, count)
        while len(waiting):
            free = self._slots[slots] == missing
            # Of those that want the same slot one gets it; all others go on to the next.
            _, winners = np.unique(slots[free], return_index=True)
            taken = np.flatnonzero(free)[winners]
            self._slots[slots[taken]] = waiting[taken]
            left = np.ones(len(waiting), dtype=bool)
            left[taken] = False
            waiting, slots = waiting[left], (slots[left] + 1) & (count - 1)

    def add_to(self, scores: NDArray[np.float32], features: NDArray[np.uint32]) -> None:
        """Add to `scores` (places, labels) what `features` (places, templates) weigh; unknown ones weigh nothing."""
        add_weights(scores, features, self._slots, self._keys, self._weights)
