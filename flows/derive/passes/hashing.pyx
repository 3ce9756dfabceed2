# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""Hashing and counting, compiled: one loop each for what `flows.derive.passes.plain` does in several."""

import numpy as np

from flows.derive.passes import plain

from cpython.bytes cimport PyBytes_FromStringAndSize
from libc.stdint cimport uint32_t
from libc.stdlib cimport free, malloc
from libc.string cimport memcmp, memset

cdef enum:
    BIN_BITS = 6
    BINS = 1 << BIN_BITS
    HALF = 15

cdef uint32_t[4] multipliers = plain.MULTIPLIERS
cdef uint32_t mix = plain.MIX, last_mix = plain.LAST_MIX, last_half = plain.LAST_HALF


def least_hashes(bytes codes, int width, int steps):
    """Return the least hash of each bin, as `flows.derive.passes.plain.least_hashes`."""
    cdef const unsigned char* narrow = codes
    cdef const uint32_t* wide = <const uint32_t*> narrow
    cdef Py_ssize_t n = len(codes) // width, i
    cdef uint32_t* hashes = <uint32_t*> malloc(2 * n * sizeof(uint32_t))
    cdef uint32_t* longer = hashes + n
    cdef uint32_t value, place
    cdef int step
    cdef uint32_t[BINS] least
    cdef bint[BINS] is_full
    if hashes == NULL:
        raise MemoryError
    cdef uint32_t* allocated = hashes
    for i in range(n):
        hashes[i] = narrow[i] if width == 1 else wide[i]
    for step in range(steps):
        n -= 1 << step
        _double(longer, hashes, hashes + (1 << step), n, multipliers[step])
        hashes, longer = longer, hashes
    memset(is_full, 0, sizeof(is_full))
    for i in range(n):
        value = hashes[i] * mix
        value = (value ^ (value >> last_half)) * last_mix
        place = value >> (32 - BIN_BITS)
        if not is_full[place] or value < least[place]:
            least[place] = value
            is_full[place] = True
    free(allocated)
    # An empty bin borrows from the next full one, the last from the first.
    for i in range(2 * BINS - 1, -1, -1):
        place, value = i % BINS, (i + 1) % BINS
        if not is_full[place] and is_full[value]:
            least[place] = least[value]
            is_full[place] = True
    return np.frombuffer(PyBytes_FromStringAndSize(<char*> least, sizeof(least)), np.uint32)


cdef void _double(uint32_t* longer, const uint32_t* left, const uint32_t* right, Py_ssize_t n, uint32_t by) noexcept:
    """Hash runs twice as long: from two arrays to another one, which is what lets a compiler do four at a time."""
    cdef uint32_t value
    cdef Py_ssize_t i
    for i in range(n):
        value = left[i] * by + right[i]
        longer[i] = value ^ (value >> HALF)


cdef struct Word:
    uint32_t hash, length
    Py_ssize_t start, count


def tally(bytes text, bytes letters):
    """Count the words of a text, runs of bytes in `letters`; as `flows.derive.passes.plain.tally`."""
    cdef const unsigned char* c = text
    cdef Py_ssize_t n = len(text), i = 0, start, found = 0, place
    cdef bint[256] is_letter
    cdef uint32_t hash, length, slots = 64
    cdef Word* words = NULL
    cdef uint32_t* table = NULL
    cdef Word* word
    cdef dict counts = {}
    memset(is_letter, 0, sizeof(is_letter))
    for i in range(len(letters)):
        is_letter[<unsigned char> letters[i]] = True
    # A word takes two bytes at least, with the space after it.
    while slots <= n:
        slots *= 2
    words = <Word*> malloc((n // 2 + 1) * sizeof(Word))
    table = <uint32_t*> malloc(slots * sizeof(uint32_t))
    try:
        if words == NULL or table == NULL:
            raise MemoryError
        memset(table, 0, slots * sizeof(uint32_t))
        i = 0
        while i < n:
            if not is_letter[c[i]]:
                i += 1
                continue
            start, hash = i, 2166136261
            while i < n and is_letter[c[i]]:
                hash = (hash ^ c[i]) * 16777619
                i += 1
            length = <uint32_t> (i - start)
            hash ^= hash >> 15
            place = hash & (slots - 1)
            while table[place]:
                word = &words[table[place] - 1]
                if word.hash == hash and word.length == length and not memcmp(c + word.start, c + start, length):
                    word.count += 1
                    break
                place = (place + 1) & (slots - 1)
            else:
                word = &words[found]
                word.hash, word.length, word.start, word.count = hash, length, start, 1
                found += 1
                table[place] = <uint32_t> found
        for i in range(found):
            word = &words[i]
            counts[PyBytes_FromStringAndSize(<const char*> c + word.start, word.length)] = word.count
        return counts
    finally:
        free(words)
        free(table)
