# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""What the features of a model weigh, compiled: looked up by hash and added where they were seen."""

from flows.derive.passes import plain

from libc.stdint cimport int32_t, uint32_t

cdef uint32_t spread = plain.SPREAD


def add_weights(
    float[:, ::1] scores not None,
    const uint32_t[:, ::1] features not None,
    const int32_t[::1] slots not None,
    const uint32_t[::1] keys not None,
    const float[:, ::1] weights not None,
):
    """Add to scores what features weigh, as `flows.derive.passes.plain_scores.add_weights`."""
    cdef Py_ssize_t places = scores.shape[0], labels = scores.shape[1], place, column, label
    cdef uint32_t mask = <uint32_t> slots.shape[0] - 1, key, slot
    cdef int32_t free = <int32_t> keys.shape[0], row
    cdef int shift = 33 - (<object> slots.shape[0]).bit_length()
    if features.shape[0] != places or weights.shape[0] < free or weights.shape[1] != labels:
        raise ValueError("scores, features and weights do not fit together")
    for place in range(places):
        for column in range(features.shape[1]):
            key = features[place, column]
            slot = (key * spread) >> shift
            row = slots[slot]
            while row != free and keys[row] != key:
                slot = (slot + 1) & mask
                row = slots[slot]
            if row != free:
                for label in range(labels):
                    scores[place, label] += weights[row, label]
