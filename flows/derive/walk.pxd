import cython

cdef class Walk:
    cdef public bint is_mdx, has_html
    cdef public int depth, tables, tasks, tasks_done, footnotes
    cdef public list parts, headings, links, code_blocks, code, open_links, html
    cdef public tuple html_link
    @cython.locals(parts=list, name=str, has_www=bint, may_be_url=bint)
    cpdef read(self, str body)
    @cython.locals(ends=int, last=int, part=int, between=list)
    cpdef heading_levels(self)
    cpdef _start(self, str name, details)
    @cython.locals(text=str)
    cpdef _end_link(self)
    cpdef _end_code(self)
    cpdef _end_html(self)
    cpdef _inline_html(self, str html)
    cpdef _end_html_link(self, str text)
