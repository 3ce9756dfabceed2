"""People, places and organisations in the text of a document.

`options` says what depends on what, `batch` is the work of a worker; `extractors` run models over paragraphs,
`resolve` cleans up over a document and gives every mention its identity, `alignment` joins Chinese and Latin names
over a corpus. Nothing is imported here, for the sake of builds that need none of it.
"""
