# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""The passes over every character, compiled: one loop each for what `flows.derive.passes.plain` does in several."""

import numpy as np

from flows.derive.characters import LETTERS
from flows.derive.passes import plain
from flows.derive.passes.plain import Measured
from flows.derive.scripts import NOT_OTHER_SCRIPT

from cpython.bytes cimport PyBytes_FromStringAndSize
from cpython.unicode cimport PyUnicode_Substring
from libc.stdint cimport uint32_t
from libc.stdlib cimport free, malloc
from libc.string cimport memcmp, memset

cdef enum:
    BIN_BITS = 6
    BINS = 1 << BIN_BITS
    HALF = 15

cdef uint32_t[4] multipliers = plain.MULTIPLIERS
cdef uint32_t mix = plain.MIX, last_mix = plain.LAST_MIX, last_half = plain.LAST_HALF

cdef enum Role:
    OTHER, SPACE, LETTER, DIGIT, CONNECTOR, EXTENDS, MID_LETTER, MID_NUMBER, MID_BOTH, CJK, STOP, EXCLAMATION, WIDE_STOP, END

cdef unsigned char[256] roles
cdef bint[256] is_other_script
cdef bint[256] no_end_after   # what no sentence ends after: space, block's end, another mark
cdef bint[256] no_title_after  # what a capital is no initial after


def _fill_tables():
    cdef int member
    for member in range(256):
        roles[member] = OTHER
        is_other_script[member] = member not in NOT_OTHER_SCRIPT
        no_end_after[member] = member in b" \x00.!|"
        no_title_after[member] = member in b"lLcC0_.'"
    for member in LETTERS:
        roles[member] = LETTER
    roles[c" "], roles[c"0"], roles[c"_"], roles[c"x"] = SPACE, DIGIT, CONNECTOR, EXTENDS
    roles[c":"], roles[c","], roles[c"'"] = MID_LETTER, MID_NUMBER, MID_BOTH
    roles[c"h"] = roles[c"k"] = CJK
    roles[c"."], roles[c"!"], roles[c"|"], roles[0] = STOP, EXCLAMATION, WIDE_STOP, END


_fill_tables()


def measure(str text, bytes classes):
    """Cut a text of blocks and count what is in it; as `flows.derive.passes.plain.measure`."""
    cdef const unsigned char* c = classes
    cdef Py_ssize_t n = len(classes), i = 0, start = 0, first, last, ahead
    cdef Py_ssize_t words = 0, cjk = 0, left_out = 0, sentences = 0, closed = 0, with_words = 0, wide_end = 0, found = 0
    cdef unsigned char role, before = SPACE
    cdef bint counted = False, is_latin = True
    cdef list blocks = [], word_counts = [], cjk_counts = [], blocks_before = []
    while True:
        role = roles[c[i]] if i < n else END
        if role == LETTER:
            if is_other_script[c[i]]:
                is_latin = False
            words += not counted
            counted = True
            before = LETTER
        elif role == SPACE:
            left_out += 1
            counted = False
            before = SPACE
        elif role == DIGIT:
            words += not counted
            counted = True
            before = DIGIT
        elif role == CONNECTOR:
            before = CONNECTOR
        elif role == EXTENDS:
            pass
        elif role == END:
            left_out += i < n
            first, last = start, i
            while first < last and roles[c[first]] == SPACE:
                first += 1
            while last > first and roles[c[last - 1]] == SPACE:
                last -= 1
            blocks_before.append(found)
            if first < last:
                blocks.append(PyUnicode_Substring(text, first, last))
                word_counts.append(words + cjk)
                cjk_counts.append(cjk)
                found += 1
                with_words += words + cjk > 0
            words = cjk = 0
            counted = False
            before = SPACE
            start = i + 1
            if i >= n:
                break
        else:
            if role == CJK:
                cjk += 1
                is_latin = False
                counted = False
            elif role == OTHER or role == WIDE_STOP or role == EXCLAMATION:
                counted = False
            else:
                # A joiner: between two letters or two digits it is part of the word.
                ahead = i + 1
                while ahead < n and roles[c[ahead]] == EXTENDS:
                    ahead += 1
                if not (ahead < n and roles[c[ahead]] == before and (
                    (before == LETTER and role != MID_NUMBER) or (before == DIGIT and role != MID_LETTER)
                )):
                    counted = False
            before = OTHER
            if role == STOP:
                if i > 0 and not no_end_after[c[i - 1]]:
                    sentences += _ends_sentence(c, n, i + 1, &closed)
                if _is_abbreviation(text, c, n, i):
                    sentences -= 1
            elif role == EXCLAMATION:
                if i > 0 and (not no_end_after[c[i - 1]] or (i > 1 and c[i - 1] == c" " and not no_end_after[c[i - 2]])):
                    sentences += _ends_sentence(c, n, i + 1, &closed)
            elif role == WIDE_STOP and i >= wide_end:
                sentences += 1
                wide_end = i + 1
                while wide_end < n and (c[wide_end] == c"|" or c[wide_end] == c"!" or c[wide_end] == c"."):
                    wide_end += 1
                ahead = wide_end
                while ahead < n and (c[ahead] == c'"' or c[ahead] == c"'"):
                    ahead += 1
                while ahead < n and c[ahead] == c" ":
                    ahead += 1
                closed += ahead < n and c[ahead] == 0
        i += 1
    if with_words > closed:
        sentences += with_words - closed
    blocks_before.append(found)
    return Measured(blocks, word_counts, cjk_counts, blocks_before, n - left_out, sentences, is_latin)


cdef bint _ends_sentence(const unsigned char* c, Py_ssize_t n, Py_ssize_t i, Py_ssize_t* closed) noexcept:
    """Say whether what follows a full stop lets it end a sentence, and count it if that is the end of its block."""
    cdef bint is_spaced
    while i < n and (c[i] == c"." or c[i] == c"!"):
        i += 1
    while i < n and (c[i] == c'"' or c[i] == c"'"):
        i += 1
    is_spaced = i < n and c[i] == c" "
    while i < n and c[i] == c" ":
        i += 1
    if i < n and c[i] == 0:
        closed[0] += 1
        return True
    return is_spaced and not (i < n and (c[i] == c"l" or c[i] == c"c" or c[i] == c"g"))


cdef bint _is_abbreviation(str text, const unsigned char* c, Py_ssize_t n, Py_ssize_t stop):
    """Say whether a full stop is that of an initial or a title before a name."""
    cdef Py_ssize_t start = stop - 1, i = stop + 1
    while start >= 0 and stop - start <= 3 and c[start] == c"l":
        start -= 1
    if start < 0 or c[start] != c"L" or (start > 0 and no_title_after[c[start - 1]]):
        return False
    while i < n and c[i] == c" ":
        i += 1
    if i == stop + 1 or i == n or not (c[i] == c"L" or c[i] == c"C" or c[i] == c"G" or c[i] == c"0"):
        return False
    return stop - start == 1 or PyUnicode_Substring(text, start, stop) in plain.TITLES


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
