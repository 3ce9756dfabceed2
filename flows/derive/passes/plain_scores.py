"""What the features of a model weigh, in numpy: looked up by hash and added where they were seen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flows.derive.passes.plain import SPREAD


def first_slots(keys: NDArray[np.uint32], slots: int) -> NDArray[np.int64]:
    """Return where to begin to look for each key among so many slots, a power of two from 2 on."""
    return ((keys * np.uint32(SPREAD)) >> np.uint32(33 - slots.bit_length())).astype(np.int64)


def add_weights(
    scores: NDArray[np.float32],
    features: NDArray[np.uint32],
    slots: NDArray[np.int32],
    keys: NDArray[np.uint32],
    weights: NDArray[np.float32],
) -> None:
    """Add to `scores` (places, labels) what `features` (places, columns) weigh, a column after the other.

    A feature is looked for in `slots` from its first one on, where the place of its key in `keys` and `weights` stands,
    until one is free, which holds `len(keys)`. What is not there weighs nothing.
    """
    flat = features.ravel()
    rows = np.full(len(flat), len(keys), dtype=np.int32)
    waiting, at = np.arange(len(flat)), first_slots(flat, len(slots))
    while len(waiting):
        seen = slots[at]
        used = seen != len(keys)
        waiting, at, seen = waiting[used], at[used], seen[used]
        hits = keys[seen] == flat[waiting]
        rows[waiting[hits]] = seen[hits]
        waiting, at = waiting[~hits], (at[~hits] + 1) & (len(slots) - 1)
    for column in rows.reshape(features.shape).T:
        known = column != len(keys)
        scores[known] += weights[column[known]]
