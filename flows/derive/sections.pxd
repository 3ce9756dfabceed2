import cython

@cython.locals(
    taken=dict, parents=list, sections=list, position=Py_ssize_t, count=Py_ssize_t, level=int, place=Py_ssize_t,
    start=Py_ssize_t, end=Py_ssize_t, block=Py_ssize_t, words=Py_ssize_t, title=str, anchor=str,
)
cpdef list make_sections(list headings, list texts, list levels, list word_counts, list blocks_before)

cpdef str free_anchor(str anchor, dict taken)
