"""Letters of words: as UTF-8, in the hash of their word, and where that belongs in a table."""

from libc.stdint cimport uint32_t


cdef inline uint32_t next_hash(uint32_t hash, uint32_t letter) noexcept:
    return ((hash << 5) | (hash >> 27)) ^ letter


cdef inline uint32_t hash_of(const unsigned char* c, Py_ssize_t n) noexcept:
    cdef uint32_t hash = 0
    cdef Py_ssize_t i
    for i in range(n):
        hash = next_hash(hash, c[i])
    return hash


cdef inline uint32_t mixed(uint32_t hash) noexcept:
    # Without its U the literal would be a Python number: it is too large for an int.
    hash *= 0x9E3779B1U
    return hash ^ (hash >> 16)


cdef inline int encoded(unsigned char* c, uint32_t code) noexcept:
    """Write a character beyond ASCII as UTF-8, and return how many bytes it takes."""
    if code < 0x800:
        c[0], c[1] = 0xC0 | (code >> 6), 0x80 | (code & 0x3F)
        return 2
    if code < 0x10000:
        c[0], c[1], c[2] = 0xE0 | (code >> 12), 0x80 | ((code >> 6) & 0x3F), 0x80 | (code & 0x3F)
        return 3
    c[0], c[1] = 0xF0 | (code >> 18), 0x80 | ((code >> 12) & 0x3F)
    c[2], c[3] = 0x80 | ((code >> 6) & 0x3F), 0x80 | (code & 0x3F)
    return 4
