"""The hash of a word, letter by letter, and where it belongs in a table."""

from libc.stdint cimport uint32_t


cdef inline uint32_t next_hash(uint32_t hash, uint32_t letter) noexcept:
    return ((hash << 5) | (hash >> 27)) ^ letter


cdef inline uint32_t mixed(uint32_t hash) noexcept:
    # Without its U the literal would be a Python number: it is too large for an int.
    hash *= 0x9E3779B1U
    return hash ^ (hash >> 16)
