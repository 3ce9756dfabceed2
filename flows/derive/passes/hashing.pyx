# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""What signatures are made of, compiled: letters and digits of a text, and the hashes of their runs."""

from flows.derive.passes import plain

from cpython.bytes cimport PyBytes_FromStringAndSize
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ, Py_UNICODE_TOLOWER
from libc.stdint cimport uint32_t
from libc.stdlib cimport free, malloc
from libc.string cimport memset

cdef extern from *:
    """
    #if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__)
    // The multiplications of eight numbers at a time, where the processor can; decided when the module is loaded.
    #define FOR_EACH_PROCESSOR __attribute__((target_clones("avx2", "default")))
    #else
    #define FOR_EACH_PROCESSOR
    #endif

    FOR_EACH_PROCESSOR
    static void double_runs(uint32_t* longer, const uint32_t* shorter, Py_ssize_t n, Py_ssize_t length, uint32_t by,
                            uint32_t shift) {
        for (Py_ssize_t i = 0; i < n; i++) {
            uint32_t value = shorter[i] * by + shorter[i + length];
            longer[i] = value ^ (value >> shift);
        }
    }

    FOR_EACH_PROCESSOR
    static void mix_all(uint32_t* hashes, Py_ssize_t n, uint32_t by, uint32_t shift, uint32_t last_by) {
        for (Py_ssize_t i = 0; i < n; i++) {
            uint32_t value = hashes[i] * by;
            hashes[i] = (value ^ (value >> shift)) * last_by;
        }
    }
    """
    # From runs of one length, in their order, to those twice as long: each is hashed together with the one after it.
    void double_runs(uint32_t* longer, const uint32_t* shorter, Py_ssize_t n, Py_ssize_t length, uint32_t by,
                     uint32_t shift) nogil
    void mix_all(uint32_t* hashes, Py_ssize_t n, uint32_t by, uint32_t shift, uint32_t last_by) nogil

cdef enum:
    BIN_BITS = 6
    BINS = 1 << BIN_BITS

cdef uint32_t[4] multipliers = plain.MULTIPLIERS
cdef uint32_t half = plain.HALF, mix = plain.MIX, last_half = plain.LAST_HALF, last_mix = plain.LAST_MIX

# Letters and digits of ASCII, small; 0 for all else.
cdef unsigned char[128] kept_as


def _fill_table():
    cdef int code
    for code in range(128):
        kept_as[code] = ord(chr(code).lower()) if chr(code).isalnum() else 0


_fill_table()


def least_hashes(bytes codes not None, int width, int steps):
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
        double_runs(longer, hashes, n, 1 << step, multipliers[step], half)
        hashes, longer = longer, hashes
    memset(is_full, 0, sizeof(is_full))
    mix_all(hashes, n, mix, last_half, last_mix)
    for i in range(n):
        value = hashes[i]
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
    return PyBytes_FromStringAndSize(<char*> least, sizeof(least))


def kept_codes(str text not None, bytes is_kept not None, uint32_t first_counted):
    """Return code points and a count, as `flows.derive.passes.plain.kept_codes`."""
    if len(is_kept) < 0x110000:
        raise ValueError("is_kept has no place for every code point")
    # Two letters are not made small one by one: İ, and Σ at the end of a word.
    if "\u0130" in text or "\u03a3" in text:
        return plain.kept_codes(text, is_kept, first_counted)
    cdef const unsigned char* kept = is_kept
    cdef Py_ssize_t n = len(text), i, found = 0, counted = 0
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef uint32_t* codes = <uint32_t*> malloc((n + 1) * sizeof(uint32_t))
    cdef uint32_t code
    if codes == NULL:
        raise MemoryError
    for i in range(n):
        code = PyUnicode_READ(kind, data, i)
        code = code + ((code - c"A" < 26) << 5) if code < 128 else Py_UNICODE_TOLOWER(code)
        # Written in any case, kept if it counts: no guess about what comes.
        codes[found] = code
        found += kept[code]
        counted += kept[code] & (code >= first_counted)
    try:
        return PyBytes_FromStringAndSize(<char*> codes, found * sizeof(uint32_t)), counted
    finally:
        free(codes)


def kept_letters(str text not None):
    """Return letters and digits of a text in ASCII, as `flows.derive.passes.plain.kept_letters`."""
    if not text.isascii():
        raise ValueError("the text is not ASCII")
    cdef const unsigned char* c = <const unsigned char*> PyUnicode_DATA(text)
    cdef Py_ssize_t n = len(text), i, found = 0
    cdef unsigned char* kept = <unsigned char*> malloc(n + 1)
    cdef unsigned char letter
    if kept == NULL:
        raise MemoryError
    for i in range(n):
        letter = kept_as[c[i]]
        kept[found] = letter
        found += letter != 0
    try:
        return PyBytes_FromStringAndSize(<char*> kept, found)
    finally:
        free(kept)
