# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""Measuring, compiled: in one loop what `flows.derive.passes.plain.measure` does by many searches."""

from flows.derive.characters import LETTERS
from flows.derive.passes import plain
from flows.derive.passes.plain import Measured
from flows.derive.scripts import NOT_OTHER_SCRIPT, SCRIPT_NAMES, SCRIPT_OF_CLASS

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ, PyUnicode_Substring
from libc.string cimport memset

cdef enum Role:
    # Letters of the Latin script and of others: the first two, so that both are found by one comparison.
    LATIN, FOREIGN, OTHER, SPACE, DIGIT, CONNECTOR, EXTENDS, MID_LETTER, MID_NUMBER, MID_BOTH, CJK, STOP, EXCLAMATION, WIDE_STOP, END

cdef unsigned char[256] roles
cdef unsigned char[256] scripts_of
cdef tuple script_names = SCRIPT_NAMES
cdef Py_ssize_t script_count = len(SCRIPT_NAMES)
cdef bint[256] no_end_after   # what no sentence ends after: space, block's end, another mark
cdef bint[256] no_title_after  # what a capital is no initial after


def _fill_tables():
    cdef int member
    for member in range(256):
        roles[member] = OTHER
        scripts_of[member] = SCRIPT_OF_CLASS[member]
        no_end_after[member] = member in b" \x00.!|"
        no_title_after[member] = member in b"lLcC0_.'"
    for member in LETTERS:
        roles[member] = LATIN if member in NOT_OTHER_SCRIPT else FOREIGN
    roles[c" "], roles[c"0"], roles[c"_"], roles[c"x"] = SPACE, DIGIT, CONNECTOR, EXTENDS
    roles[c":"], roles[c","], roles[c"'"] = MID_LETTER, MID_NUMBER, MID_BOTH
    roles[c"h"] = roles[c"k"] = CJK
    roles[c"."], roles[c"!"], roles[c"|"], roles[0] = STOP, EXCLAMATION, WIDE_STOP, END


_fill_tables()


def classify(str text not None, bytes classes not None):
    """Return the class of each character, as `flows.derive.passes.plain.classify`."""
    if len(classes) < 0x110000:
        raise ValueError("classes has no place for every code point")
    cdef const unsigned char* class_of = classes
    cdef Py_ssize_t n = len(text), i
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef const unsigned char* narrow = <const unsigned char*> data
    cdef bytes found = PyBytes_FromStringAndSize(NULL, n)
    cdef unsigned char* c = <unsigned char*> PyBytes_AS_STRING(found)
    if kind == 1:
        for i in range(n):
            c[i] = class_of[narrow[i]]
    else:
        for i in range(n):
            c[i] = class_of[PyUnicode_READ(kind, data, i)]
    return found


def measure(str text not None, bytes classes not None):
    """Cut a text of blocks and count what is in it; as `flows.derive.passes.plain.measure`."""
    cdef const unsigned char* c = classes
    cdef Py_ssize_t n = len(classes), i = 0, start = 0, first, last, ahead
    cdef Py_ssize_t words = 0, cjk = 0, left_out = 0, sentences = 0, closed = 0, with_words = 0, wide_end = 0, found = 0
    cdef unsigned char role, before = SPACE
    cdef bint counted = False, is_latin = True
    cdef unsigned char scripts = LATIN
    cdef list blocks = [], word_counts = [], cjk_counts = [], blocks_before = []
    while True:
        # Bytes end with a zero, which ends a block as well.
        role = roles[c[i]]
        if role <= FOREIGN:
            words += not counted
            counted = True
            before = LATIN
            while role <= FOREIGN:
                scripts |= role
                i += 1
                role = roles[c[i]]
            continue
        if role == SPACE:
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
                if not (
                    (before == LATIN and role != MID_NUMBER and roles[c[ahead]] <= FOREIGN)
                    or (before == DIGIT and role != MID_LETTER and roles[c[ahead]] == DIGIT)
                ):
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
    return Measured(blocks, word_counts, cjk_counts, blocks_before, n - left_out, sentences, is_latin and scripts == LATIN)


def letter_counts(bytes classes not None):
    """Count the letters of each script, block by block; as `flows.derive.passes.plain.letter_counts`."""
    cdef const unsigned char* c = classes
    cdef Py_ssize_t n = len(classes), i, script
    # A place for each number that a class may have, so that nothing is asked in the loop.
    cdef Py_ssize_t[256] counts
    cdef dict of_block
    cdef list found = []
    memset(counts, 0, sizeof(counts))
    # Bytes end with a zero, which ends a block as well.
    for i in range(n + 1):
        if c[i]:
            counts[scripts_of[c[i]]] += 1
            continue
        of_block = {}
        for script in range(script_count):
            if counts[script]:
                of_block[script_names[script]] = counts[script]
                counts[script] = 0
        found.append(of_block)
    return found


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
