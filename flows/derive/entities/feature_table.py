"""Rows of weights found by hash: open addressing in numpy arrays, several times faster than bisection."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_SPREAD = np.uint32(0x9E3779B1)
_SLOTS_PER_KEY = 4


class FeatureTable:
    """Maps 32-bit keys to their place in `keys`; what is not there to `len(keys)`."""

    def __init__(self, keys: NDArray[np.uint32]) -> None:
        bits = max(4, int(len(keys) * _SLOTS_PER_KEY).bit_length())
        self._shift, self._mask = np.uint32(32 - bits), (1 << bits) - 1
        self._missing = len(keys)
        self._rows = np.full(1 << bits, self._missing, dtype=np.int32)
        self._keys = keys
        waiting = np.arange(len(keys), dtype=np.int32)
        slots = self._first_slots(keys)
        self._probes = 0
        while len(waiting):
            self._probes += 1
            free = self._rows[slots] == self._missing
            # Of those that want the same slot one gets it; all others go on to the next.
            _, winners = np.unique(slots[free], return_index=True)
            taken = np.flatnonzero(free)[winners]
            self._rows[slots[taken]] = waiting[taken]
            left = np.ones(len(waiting), dtype=bool)
            left[taken] = False
            waiting, slots = waiting[left], (slots[left] + 1) & self._mask

    def rows(self, wanted: NDArray[np.uint32]) -> NDArray[np.int32]:
        """Return the place of each key, `len(keys)` for unknown ones; the shape is that of `wanted`."""
        flat = wanted.ravel()
        found = np.full(len(flat), self._missing, dtype=np.int32)
        places, slots = np.arange(len(flat)), self._first_slots(flat)
        for _ in range(self._probes):
            rows = self._rows[slots]
            used = rows != self._missing
            places, slots, rows = places[used], slots[used], rows[used]
            hits = self._keys[rows] == flat[places]
            found[places[hits]] = rows[hits]
            places, slots = places[~hits], (slots[~hits] + 1) & self._mask
            if not len(places):
                break
        return found.reshape(wanted.shape)

    def _first_slots(self, keys: NDArray[np.uint32]) -> NDArray[np.int64]:
        return ((keys * _SPREAD) >> self._shift).astype(np.int64)
