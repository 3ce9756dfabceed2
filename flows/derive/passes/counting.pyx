# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""Counting words, compiled: a table of places in texts, of which only the words asked for become objects."""

from cpython.bytes cimport PyBytes_FromStringAndSize
from cpython.unicode cimport PyUnicode_DecodeUTF8
from libc.stdint cimport uint32_t
from libc.stdlib cimport free, malloc, realloc
from libc.string cimport memcmp, memset

cdef enum:
    FIRST_SLOTS = 1024

# As a literal it would be a Python number: it is too large for an int.
cdef uint32_t spread = 0x9E3779B1

cdef struct Word:
    const unsigned char* start
    uint32_t length, hash
    Py_ssize_t count


cdef class WordCounts:
    """Words and how often each occurs; as `flows.derive.passes.plain.WordCounts`."""

    cdef bytes letters
    # Words are places in these buffers, which go when the counts go.
    cdef list texts
    cdef Word* words
    cdef uint32_t* table
    cdef Py_ssize_t found, slots

    def __cinit__(self, bytes letters):
        if len(letters) != 256 or letters[0] != c" ":
            raise ValueError("letters are 256 bytes, of which the first is a space")
        self.letters = letters
        self.texts = []
        self._resize(FIRST_SLOTS)

    def __dealloc__(self):
        free(self.words)
        free(self.table)

    def count(self, bytes text):
        """Count the words of a text."""
        self._take(text, True)

    def count_again(self, bytes text):
        """Count those words of a text that occurred before."""
        self._take(text, False)

    def add(self, words):
        """Count words given one by one, whatever their letters."""
        cdef bytes word
        for word in words:
            self.texts.append(word)
            self._note(word, <uint32_t> len(word), _hash(word, len(word)), True)

    def of(self, words):
        """Return the counts of those of some words that occur."""
        cdef bytes word
        cdef Word* found
        cdef dict counts = {}
        for word in words:
            found = self._find(word, <uint32_t> len(word), _hash(word, len(word)))
            if found:
                counts[word] = found.count
        return counts

    def occurring(self, Py_ssize_t least, Py_ssize_t most, uint32_t shortest, WordCounts left_out):
        """Yield words, as text, and counts between two numbers, in their order, of so many bytes at least; not some."""
        cdef Py_ssize_t i
        cdef Word* word
        for i in range(self.found):
            word = &self.words[i]
            if word.length < shortest or not least <= word.count <= most:
                continue
            if not left_out._find(word.start, word.length, word.hash):
                yield PyUnicode_DecodeUTF8(<const char*> word.start, word.length, "replace"), word.count

    cdef _take(self, bytes text, bint is_new):
        cdef const unsigned char* c = text
        cdef const unsigned char* letters = self.letters
        cdef bytes buffer = PyBytes_FromStringAndSize(NULL, len(text))
        cdef unsigned char* small = buffer
        cdef unsigned char letter
        cdef Py_ssize_t n = len(text), i = 0, start
        cdef uint32_t hash
        if is_new:
            self.texts.append(buffer)
        while i < n:
            start, hash = i, 0
            letter = letters[c[i]]
            # At the end there is a zero, which is no letter.
            while letter != c" ":
                small[i] = letter
                hash = _next(hash, letter)
                i += 1
                letter = letters[c[i]]
            if i > start:
                self._note(small + start, <uint32_t> (i - start), hash, is_new)
            i += 1

    cdef int _note(self, const unsigned char* start, uint32_t length, uint32_t hash, bint is_new) except -1:
        cdef Word* word = self._find(start, length, hash)
        if word:
            word.count += 1
        elif is_new:
            if 2 * self.found >= self.slots:
                self._resize(2 * self.slots)
            word = &self.words[self.found]
            word.start, word.length, word.hash, word.count = start, length, hash, 1
            self.found += 1
            self.table[self._place(hash)] = <uint32_t> self.found
        return 0

    cdef Word* _find(self, const unsigned char* start, uint32_t length, uint32_t hash) noexcept:
        cdef Py_ssize_t place = _mixed(hash) & (self.slots - 1)
        cdef Word* word
        while self.table[place]:
            word = &self.words[self.table[place] - 1]
            if word.hash == hash and word.length == length and not memcmp(word.start, start, length):
                return word
            place = (place + 1) & (self.slots - 1)
        return NULL

    cdef Py_ssize_t _place(self, uint32_t hash) noexcept:
        """Return the next free place for a hash."""
        cdef Py_ssize_t place = _mixed(hash) & (self.slots - 1)
        while self.table[place]:
            place = (place + 1) & (self.slots - 1)
        return place

    cdef int _resize(self, Py_ssize_t slots) except -1:
        cdef Py_ssize_t i
        cdef Word* words = <Word*> realloc(self.words, slots // 2 * sizeof(Word))
        if words == NULL:
            raise MemoryError
        self.words = words
        free(self.table)
        self.table = <uint32_t*> malloc(slots * sizeof(uint32_t))
        if self.table == NULL:
            raise MemoryError
        memset(self.table, 0, slots * sizeof(uint32_t))
        self.slots = slots
        for i in range(self.found):
            self.table[self._place(self.words[i].hash)] = <uint32_t> (i + 1)
        return 0


cdef inline uint32_t _mixed(uint32_t hash) noexcept:
    hash *= spread
    return hash ^ (hash >> 16)


cdef inline uint32_t _next(uint32_t hash, unsigned char letter) noexcept:
    return ((hash << 5) | (hash >> 27)) ^ letter


cdef uint32_t _hash(const unsigned char* c, Py_ssize_t n) noexcept:
    cdef uint32_t hash = 0
    cdef Py_ssize_t i
    for i in range(n):
        hash = _next(hash, c[i])
    return hash
