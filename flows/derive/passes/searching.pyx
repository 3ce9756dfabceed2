# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""Searching and cutting, compiled: what a regex would look for character by character."""

from flows.derive.characters import BRACE, CODE_END, CODE_START, LESS_THAN
from flows.derive.passes import plain

from cpython.unicode cimport (
    PyUnicode_DATA, PyUnicode_KIND, PyUnicode_New, PyUnicode_READ, PyUnicode_Substring, PyUnicode_WRITE,
    Py_UNICODE_ISSPACE,
)

cdef extern from "Python.h":
    Py_UCS4 PyUnicode_MAX_CHAR_VALUE(object text)
    Py_ssize_t PyUnicode_FindChar(object text, Py_UCS4 character, Py_ssize_t start, Py_ssize_t end, int direction)
    int PyUnicode_Tailmatch(object text, object part, Py_ssize_t start, Py_ssize_t end, int direction) except -1

cdef Py_UCS4 code_start = CODE_START, code_end = CODE_END, brace = BRACE, less_than = LESS_THAN
cdef Py_UCS4 last_mark = max(code_start, code_end, brace, less_than)


def without_template_tags(str text not None):
    """Return a text without shortcodes and template tags, as `flows.derive.passes.plain.without_template_tags`.

    What most texts hold, pairs of braces with no brace inside, is cut out here; all else is left to the regex.
    """
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t n = len(text), end = 0, i = PyUnicode_FindChar(text, c"{", 0, n, 1), close
    cdef Py_UCS4 character
    cdef list pieces = []
    while 0 <= i < n - 1:
        character = PyUnicode_READ(kind, data, i + 1)
        if character == c"%" or character == c"#":
            return plain.without_template_tags(text)
        if character != c"{":
            i = PyUnicode_FindChar(text, c"{", i + 1, n, 1)
            continue
        close = i + 2
        while close < n:
            character = PyUnicode_READ(kind, data, close)
            if character == c"{" or character == c"}" or character == 0:
                break
            close += 1
        if close > n - 2 or character != c"}" or PyUnicode_READ(kind, data, close + 1) != c"}":
            return plain.without_template_tags(text)
        pieces.append(PyUnicode_Substring(text, end, i))
        end = close + 2
        end += end < n and PyUnicode_READ(kind, data, end) == c" "
        i = PyUnicode_FindChar(text, c"{", end, n, 1) if end < n else -1
    if not pieces:
        return text
    pieces.append(PyUnicode_Substring(text, end, n))
    return "".join(pieces)


def has_template_tags(str text not None):
    """Say whether there are template tags that say more, as `flows.derive.passes.plain.has_template_tags`."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t n = len(text), i = PyUnicode_FindChar(text, c"{", 0, n, 1), place
    cdef Py_UCS4 character
    while 0 <= i < n - 1:
        character = PyUnicode_READ(kind, data, i + 1)
        if character == c"%":
            return True
        place = i + 2
        if character == c"{" and place < n:
            character = PyUnicode_READ(kind, data, place)
            if character == c"<" or character == c"%" or character == c"/":
                return True
            place += character == c"-"
            while place < n and Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, place)):
                place += 1
            character = PyUnicode_READ(kind, data, place) if place < n else 0
            if character == c'"' or character == c"'" or PyUnicode_Tailmatch(text, "site.", place, n, -1):
                return True
        i = PyUnicode_FindChar(text, c"{", i + 1, n, 1)
    return False


def without_marks(str text not None):
    """Return a text without the marks of code, as `flows.derive.passes.plain.without_marks`."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t n = len(text), i, marks = 0, dropped = 0, place = 0
    cdef Py_UCS4 character
    for i in range(n):
        character = PyUnicode_READ(kind, data, i)
        marks += (character <= last_mark) & (character != 0)
        dropped += (character == code_start) | (character == code_end)
    if not marks:
        return text
    cdef str visible = PyUnicode_New(n - dropped, PyUnicode_MAX_CHAR_VALUE(text))
    cdef void* target = PyUnicode_DATA(visible)
    for i in range(n):
        character = PyUnicode_READ(kind, data, i)
        if character > last_mark:
            PyUnicode_WRITE(kind, target, place, character)
            place += 1
        elif character != code_start and character != code_end:
            character = c"{" if character == brace else c"<" if character == less_than else character
            PyUnicode_WRITE(kind, target, place, character)
            place += 1
    return visible


def has_marks(str text not None):
    """Say whether any mark is in a text, as `flows.derive.passes.plain.has_marks`."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef const unsigned char* c = <const unsigned char*> data
    cdef Py_ssize_t n = len(text), i
    cdef unsigned char last = <unsigned char> last_mark
    cdef bint found = False
    if kind == 1:
        # Without a way out in the middle a compiler does sixteen at a time.
        for i in range(n):
            found |= c[i] <= last
    else:
        for i in range(n):
            found |= PyUnicode_READ(kind, data, i) <= last_mark
    return found


def has_pair(str text not None, Py_UCS4 first, Py_UCS4 least, Py_UCS4 most):
    """Say whether a character stands before one of a range, as `flows.derive.passes.plain.has_pair`."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t n = len(text), i = PyUnicode_FindChar(text, first, 0, n, 1)
    while 0 <= i < n - 1:
        if least <= PyUnicode_READ(kind, data, i + 1) <= most:
            return True
        i = PyUnicode_FindChar(text, first, i + 1, n, 1)
    return False


def has_line(str text not None, str beginning not None, str other not None):
    """Say whether a line begins with one of two texts, as `flows.derive.passes.plain.has_line`."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t n = len(text), i = 0
    cdef Py_UCS4 first = beginning[0], other_first = other[0], character
    while i < n:
        character = PyUnicode_READ(kind, data, i)
        if character == first and PyUnicode_Tailmatch(text, beginning, i, n, -1):
            return True
        if character == other_first and PyUnicode_Tailmatch(text, other, i, n, -1):
            return True
        i = PyUnicode_FindChar(text, c"\n", i, n, 1) + 1
        if i <= 0:
            break
    return False
