# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""Counting words, compiled: a table of places in texts, of which only the words asked for become objects."""

from flows.derive.passes import plain_words as plain

from cpython.bytes cimport PyBytes_FromStringAndSize
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_DecodeUTF8, PyUnicode_KIND, PyUnicode_READ, Py_UNICODE_ISALNUM, Py_UNICODE_TOLOWER
from flows.derive.passes.letters cimport encoded, hash_of, mixed, next_hash
from libc.stdint cimport uint32_t, uint64_t
from libc.stdlib cimport free, malloc, qsort, realloc
from libc.string cimport memcmp, memcpy, memset

cdef enum:
    FIRST_SLOTS = 1024

cdef uint64_t PLACE = 0xFFFFFFFFU

# What each character of ASCII is counted as, a space where it is no part of a word; and what is none beyond.
cdef unsigned char[128] letters
cdef bint[0x10000] is_blank


def _fill_tables():
    cdef int code
    for code in range(128):
        letters[code] = plain.WORD_LETTERS[code]
    memset(is_blank, 0, sizeof(is_blank))
    # Halves of characters end as question marks.
    for first, last in (*plain.PUNCTUATION, (0xD800, 0xDFFF)):
        for code in range(first, last + 1):
            is_blank[code] = True


_fill_tables()

cdef struct Word:
    const unsigned char* start
    uint32_t length, hash
    Py_ssize_t count


cdef class WordCounts:
    """Words and how often each occurs; as `flows.derive.passes.plain_words.WordCounts`."""

    # Words are places in these buffers, which go when the counts go.
    cdef list texts
    cdef Word* words
    cdef uint32_t* table
    cdef Py_ssize_t found, slots

    def __cinit__(self):
        self.texts = []
        self._resize(FIRST_SLOTS)

    def __dealloc__(self):
        free(self.words)
        free(self.table)

    def count(self, str text not None):
        """Count the words of a text."""
        self._take(text, True)

    def count_again(self, str text not None):
        """Count those words of a text that occurred before."""
        self._take(text, False)

    def add(self, words):
        """Count words given one by one, whatever their letters."""
        cdef bytes word
        for word in words:
            self.texts.append(word)
            self._note(word, <uint32_t> len(word), hash_of(word, len(word)), True)

    def add_chinese(self, list words not None):
        """Count segmented words, and return how many of them are words; as the plain one."""
        cdef Py_ssize_t total = 0, n, i, end = 0, start, found = 0
        cdef uint32_t code, hash
        cdef str word
        cdef int kind
        cdef void* data
        for word in words:
            total += len(word)
        cdef bytes buffer = PyBytes_FromStringAndSize(NULL, 4 * total)
        cdef unsigned char* c = buffer
        self.texts.append(buffer)
        for word in words:
            n, kind, data = len(word), PyUnicode_KIND(word), PyUnicode_DATA(word)
            code = PyUnicode_READ(kind, data, 0)
            if not Py_UNICODE_ISALNUM(code):
                continue
            found += 1
            start, i = end, 0
            while n > 1 and i < n:
                code = PyUnicode_READ(kind, data, i)
                if not (0x3400 <= code <= 0x9FFF or 0x20000 <= code <= 0x323AF):
                    break
                end += encoded(c + end, code)
                i += 1
            if n > 1 and i == n:
                self._note(c + start, <uint32_t> (end - start), hash_of(c + start, end - start), True)
            else:
                end = start
        return found

    def of(self, words):
        """Return the counts of those of some words that occur."""
        cdef bytes word
        cdef Word* found
        cdef dict counts = {}
        for word in words:
            found = self._find(word, <uint32_t> len(word), hash_of(word, len(word)))
            if found:
                counts[word] = found.count
        return counts

    def best(self, Py_ssize_t few, Py_ssize_t most, uint32_t shortest, WordCounts left_out not None):
        """Return the words that occur most often, and their counts; as the plain one."""
        cdef Py_ssize_t found = 0, i
        cdef Word* word
        # By count, and of words as frequent the first in the text: its place, counted from the end, is in the lower half.
        cdef uint64_t* ranks = <uint64_t*> malloc((self.found + 1) * sizeof(uint64_t))
        if ranks == NULL:
            raise MemoryError
        try:
            for is_frequent in (True, False):
                for i in range(self.found):
                    word = &self.words[i]
                    if word.length < shortest or (word.count > 1) != is_frequent:
                        continue
                    if not is_frequent and found >= few:
                        break
                    if not left_out._find(word.start, word.length, word.hash):
                        ranks[found] = (<uint64_t> word.count << 32) | <uint64_t> (self.found - i)
                        found += 1
            qsort(ranks, found, sizeof(uint64_t), &_by_rank)
            return self._written(ranks, min(found, most))
        finally:
            free(ranks)

    cdef tuple _written(self, const uint64_t* ranks, Py_ssize_t n):
        """Return the words of some ranks with a space between, and their counts as numbers of 32 bits."""
        cdef Py_ssize_t length = 0, i
        cdef Word* word
        for i in range(n):
            length += self.words[self.found - <Py_ssize_t> (ranks[i] & PLACE)].length + 1
        cdef bytes words = PyBytes_FromStringAndSize(NULL, length)
        cdef bytes counts = PyBytes_FromStringAndSize(NULL, n * sizeof(uint32_t))
        cdef char* c = words
        cdef uint32_t* numbers = <uint32_t*> <char*> counts
        for i in range(n):
            word = &self.words[self.found - <Py_ssize_t> (ranks[i] & PLACE)]
            memcpy(c, word.start, word.length)
            c[word.length] = c" "
            c += word.length + 1
            numbers[i] = <uint32_t> (ranks[i] >> 32)
        return PyUnicode_DecodeUTF8(words, max(length - 1, 0), "replace"), counts

    cdef _take(self, str text, bint is_new):
        # Two letters are not made small one by one: İ, and Σ at the end of a word.
        if not text.isascii() and ("\u0130" in text or "\u03a3" in text):
            text = plain.lowered_words(text)
        cdef int kind = PyUnicode_KIND(text)
        cdef void* data = PyUnicode_DATA(text)
        cdef Py_ssize_t n = len(text), i = 0, end = 0, start, place
        cdef bytes buffer = PyBytes_FromStringAndSize(NULL, n if text.isascii() else n * min(kind + 1, 4))
        cdef unsigned char* c = buffer
        cdef uint32_t hash, code
        if is_new:
            self.texts.append(buffer)
        while i < n:
            start, hash = end, 0
            while i < n:
                code = PyUnicode_READ(kind, data, i)
                if code < 128:
                    if letters[code] == c" ":
                        break
                    c[end] = letters[code]
                    hash = next_hash(hash, c[end])
                    end += 1
                else:
                    if code < 0x10000 and is_blank[code]:
                        break
                    place = end
                    end += encoded(c + end, Py_UNICODE_TOLOWER(code))
                    while place < end:
                        hash = next_hash(hash, c[place])
                        place += 1
                i += 1
            if end > start:
                self._note(c + start, <uint32_t> (end - start), hash, is_new)
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
        cdef Py_ssize_t place = mixed(hash) & (self.slots - 1)
        cdef Word* word
        while self.table[place]:
            word = &self.words[self.table[place] - 1]
            if word.hash == hash and word.length == length and not memcmp(word.start, start, length):
                return word
            place = (place + 1) & (self.slots - 1)
        return NULL

    cdef Py_ssize_t _place(self, uint32_t hash) noexcept:
        """Return the next free place for a hash."""
        cdef Py_ssize_t place = mixed(hash) & (self.slots - 1)
        while self.table[place]:
            place = (place + 1) & (self.slots - 1)
        return place

    cdef int _resize(self, Py_ssize_t slots) except -1:
        cdef Py_ssize_t i
        cdef Word* words = <Word*> realloc(self.words, slots // 2 * sizeof(Word))
        if words == NULL:
            raise MemoryError
        self.words = words
        cdef uint32_t* table = <uint32_t*> malloc(slots * sizeof(uint32_t))
        if table == NULL:
            raise MemoryError
        memset(table, 0, slots * sizeof(uint32_t))
        free(self.table)
        self.table = table
        self.slots = slots
        for i in range(self.found):
            self.table[self._place(self.words[i].hash)] = <uint32_t> (i + 1)
        return 0


cdef int _by_rank(const void* one, const void* other) noexcept nogil:
    cdef uint64_t left = (<const uint64_t*> one)[0], right = (<const uint64_t*> other)[0]
    return (left < right) - (left > right)
