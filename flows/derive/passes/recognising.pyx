# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""Recognising words, compiled: each is hashed on the way and looked up where it stands."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ, Py_UNICODE_ISSPACE
from flows.derive.passes.letters cimport mixed, next_hash
from libc.stdint cimport uint32_t, uint64_t

cdef struct Entry:
    int kind
    const void* letters
    Py_ssize_t length
    uint32_t hash
    bint is_shared
    uint64_t last_call


cdef class Vocabulary:
    """Words, some of which are shared with others; as `flows.derive.passes.plain_words.Vocabulary`."""

    # The entries point to their letters.
    cdef list words
    cdef Entry* table
    cdef Py_ssize_t slots
    cdef uint64_t calls

    def __cinit__(self, words, shared=()):
        cdef str word
        cdef Entry* entry
        cdef uint32_t hash
        cdef Py_ssize_t i
        shared = frozenset(shared)
        self.words = list(frozenset(words))
        self.slots = 64
        while self.slots < 4 * len(self.words):
            self.slots *= 2
        self.table = <Entry*> PyMem_Calloc(self.slots, sizeof(Entry))
        if self.table == NULL:
            raise MemoryError
        for word in self.words:
            hash = 0
            for i in range(len(word)):
                hash = next_hash(hash, word[i])
            entry = self._find(PyUnicode_KIND(word), PyUnicode_DATA(word), 0, len(word), hash)
            entry.kind, entry.letters, entry.length = PyUnicode_KIND(word), PyUnicode_DATA(word), len(word)
            entry.hash, entry.is_shared = hash, word in shared

    def __dealloc__(self):
        PyMem_Free(self.table)

    def count_in(self, str text not None, Py_ssize_t end):
        """Return how many different words stand in the beginning of a text; none if all are shared."""
        cdef int kind = PyUnicode_KIND(text)
        cdef const void* data = PyUnicode_DATA(text)
        cdef Py_ssize_t n = min(end, len(text)), i = 0, start
        cdef Py_ssize_t found = 0, own = 0
        cdef uint32_t hash
        cdef Py_UCS4 letter
        cdef Entry* entry
        self.calls += 1
        while i < n:
            start, hash = i, 0
            while i < n:
                letter = PyUnicode_READ(kind, data, i)
                if Py_UNICODE_ISSPACE(letter):
                    break
                hash = next_hash(hash, letter)
                i += 1
            if i > start:
                entry = self._find(kind, data, start, i - start, hash)
                if entry.letters != NULL and entry.last_call != self.calls:
                    entry.last_call = self.calls
                    found += 1
                    own += not entry.is_shared
            i += 1
        return found if own else 0

    cdef Entry* _find(self, int kind, const void* data, Py_ssize_t start, Py_ssize_t length, uint32_t hash) noexcept:
        """Return the entry of a word that stands in a text, or the free one where it would be."""
        cdef Py_ssize_t place = mixed(hash) & (self.slots - 1), i
        cdef Entry* entry = &self.table[place]
        while entry.letters != NULL:
            if entry.hash == hash and entry.length == length:
                i = 0
                while i < length:
                    if PyUnicode_READ(entry.kind, entry.letters, i) != PyUnicode_READ(kind, data, start + i):
                        break
                    i += 1
                if i == length:
                    break
            place = (place + 1) & (self.slots - 1)
            entry = &self.table[place]
        return entry
