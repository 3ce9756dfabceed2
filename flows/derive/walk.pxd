import cython

cdef class Walk:
    cdef public bint is_mdx
    cdef public int depth, ends, tables, tasks, tasks_done, footnotes
    cdef public list parts, headings, links, code_blocks, code, open_links, html
    cdef public tuple html_link
    cdef public str code_language
    cdef public object options
    @cython.locals(parts=list, entry=dict, name=str, initial=cython.Py_UCS4, text=str, may_have_scheme=bint, has_www=bint, may_be_url=bint)
    cpdef read(self, str body)
    cpdef read_plain(self, str text)
    cpdef _end_block(self)
    @cython.locals(form=str, initial=cython.Py_UCS4, text=str)
    cpdef _start(self, str name, details)
    @cython.locals(text=str, form=str, start=int, inner=str, is_image=bint, is_list=bint, is_in_image=bint)
    cpdef _end_link(self)
    @cython.locals(code=str, language=str, line_count=int)
    cpdef _end_code(self)
    cpdef _end_html(self)
    cpdef _inline_html(self, str html)
    cpdef _end_html_link(self, str text)
