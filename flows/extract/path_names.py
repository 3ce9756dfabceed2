r"""File names as text: UTF-8 names stay as they are, other bytes become ``\xNN``, reversibly.

A name that already reads ``\xNN`` has its backslash escaped, so no two files share a text.
"""

from __future__ import annotations

import re

_AMBIGUOUS = re.compile(r"\\(?=x[0-9a-f]{2})")
_ESCAPE = re.compile(r"\\x([0-9a-f]{2})")


def text_of_path(disk_path: str) -> str:
    """Return the text under which a path is stored, given it as the operating system's calls return it."""
    if disk_path.isascii() and "\\" not in disk_path:
        return disk_path
    escaped = _AMBIGUOUS.sub(r"\\x5c", disk_path)
    return escaped.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def path_of_text(path: str) -> str:
    """Return the path on disk for its stored text: the inverse of `text_of_path`."""
    if "\\x" not in path:
        return path
    return _ESCAPE.sub(lambda code: chr(int(code[1], 16) + (0xDC00 if code[1] >= "80" else 0)), path)
