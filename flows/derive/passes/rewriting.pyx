# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""Rewriting, compiled: texts without what is none of their words."""

from flows.derive.characters import BLOCK_END
from flows.derive.passes import plain

from cpython.unicode cimport (
    PyUnicode_DATA, PyUnicode_KIND, PyUnicode_New, PyUnicode_READ, PyUnicode_Substring,
    Py_UNICODE_ISALNUM, Py_UNICODE_ISSPACE,
)

cdef extern from "Python.h":
    Py_ssize_t PyUnicode_FindChar(object text, Py_UCS4 character, Py_ssize_t start, Py_ssize_t end, int direction)

cdef frozenset block_tags = plain.HTML_BLOCK_TAGS
cdef str block_end = BLOCK_END


def squeezed(str text not None):
    """Return a text with single spaces for its white space, as `flows.derive.passes.plain.squeezed`."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t n = len(text), i
    cdef Py_UCS4 character
    # At its beginning as after a space.
    cdef bint after_space = True
    for i in range(n):
        character = PyUnicode_READ(kind, data, i)
        if not Py_UNICODE_ISSPACE(character):
            after_space = False
        elif after_space or character != c" ":
            return " ".join(text.split())
        else:
            after_space = True
    return " ".join(text.split()) if after_space else text


def github_anchor(str title not None):
    """Return the anchor of a title, as `flows.derive.passes.plain.github_anchor`."""
    if not title.isascii():
        return plain.github_anchor(title)
    cdef const unsigned char* letters = <const unsigned char*> PyUnicode_DATA(title)
    cdef Py_ssize_t n = len(title), i, kept = 0
    for i in range(n):
        kept += _written(letters[i]) != 0
    cdef str anchor = PyUnicode_New(kept, 127)
    cdef unsigned char* target = <unsigned char*> PyUnicode_DATA(anchor)
    kept = 0
    for i in range(n):
        if _written(letters[i]):
            target[kept] = _written(letters[i])
            kept += 1
    return anchor


def without_html_tags(str html not None):
    """Return HTML without its tags, as `flows.derive.passes.plain.without_html_tags`."""
    cdef int kind = PyUnicode_KIND(html)
    cdef void* data = PyUnicode_DATA(html)
    cdef Py_ssize_t n = len(html), start = 0, i = PyUnicode_FindChar(html, c"<", 0, n, 1), name, name_end, end
    cdef Py_UCS4 character
    cdef list pieces = []
    while 0 <= i < n - 1:
        character = PyUnicode_READ(kind, data, i + 1)
        end, name, name_end = -1, 0, 0
        if character == c"?" or character == c"!":
            end = i + 2
            while end < n:
                character = PyUnicode_READ(kind, data, end)
                if character == c"<" or character == c">":
                    break
                end += 1
            end = end + 1 if end < n and character == c">" else -1
        else:
            name = i + 1 + (character == c"/")
            character = PyUnicode_READ(kind, data, name) if name < n else 0
            if c"a" <= character <= c"z" or c"A" <= character <= c"Z":
                name_end = name + 1
                while name_end < n and _is_of_name(PyUnicode_READ(kind, data, name_end)):
                    name_end += 1
                end = _tag_end(html, kind, data, n, name_end)
        if end < 0:
            i = PyUnicode_FindChar(html, c"<", i + 1, n, 1)
            continue
        pieces.append(PyUnicode_Substring(html, start, i))
        if name_end and PyUnicode_Substring(html, name, name_end).lower() in block_tags:
            pieces.append(block_end)
        start = end
        i = PyUnicode_FindChar(html, c"<", start, n, 1) if start < n else -1
    if not pieces:
        return html
    pieces.append(PyUnicode_Substring(html, start, n))
    return "".join(pieces)


cdef Py_ssize_t _tag_end(str html, int kind, void* data, Py_ssize_t n, Py_ssize_t i) except -2:
    """Return where a tag ends that goes on here, -1 if it is none: quotes may hold what else ends it."""
    cdef Py_UCS4 character
    while i < n:
        character = PyUnicode_READ(kind, data, i)
        if character == c">":
            return i + 1
        if character == c"<":
            return -1
        if character == c'"' or character == c"'":
            i = PyUnicode_FindChar(html, character, i + 1, n, 1)
            if i < 0:
                return -1
        i += 1
    return -1


cdef inline bint _is_of_name(Py_UCS4 character) noexcept:
    return character == c"_" or character == c":" or character == c"-" or Py_UNICODE_ISALNUM(character)


cdef inline unsigned char _written(unsigned char letter) noexcept:
    """Return how a letter of ASCII is written in an anchor, 0 if it is not."""
    if c"a" <= letter <= c"z" or c"0" <= letter <= c"9" or letter == c"_" or letter == c"-":
        return letter
    if c"A" <= letter <= c"Z":
        return letter + 32
    return c"-" if letter == c" " or letter == c"\n" else 0
