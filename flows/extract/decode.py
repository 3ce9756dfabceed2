"""Bytes to text: a byte order mark decides, else UTF-8, else the likeliest encoding, else no text at all."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from flows.problems import Problem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"PK\x03\x04", b"PK\x05\x06", b"SQLite format 3\0",
    b"%PDF-", b"\x1f\x8b", b"7z\xbc\xaf", b"\x7fELF", b"\xca\xfe\xba\xbe", b"Rar!\x1a", b"BZh9", b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd", b"\xd0\xcf\x11\xe0", b"OggS\0", b"ID3\x03", b"ID3\x04", b"wOFF\0", b"wOF2\0", b"\0asm",
    b"PAR1\x15", b"II*\0", b"MM\0*", b"\0\0\1\0",
)  # fmt: skip


class Decoded(NamedTuple):
    """A text with its encoding; `text` is None where the bytes are none."""

    text: str | None
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes) -> Decoded:
    """Decode a file's bytes. A byte order mark is not part of the text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data[len(mark) :], encoding)
    if data.startswith(_MAGIC):
        return _no_text("the file begins like an image, an archive, a PDF or a database")
    try:
        return Decoded(data.decode(), "utf-8")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(data[:200_000]).best()
        if best is None:
            return _no_text("no encoding explains the bytes")
        message = f"read as {best.encoding}"
        return Decoded(
            data.decode(best.encoding, "replace"), best.encoding, (Problem("encoding_guessed", message),)
        )


def _decode_marked(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        message = f"byte {error.start} is not {encoding}, which the byte order mark announces"
        return Decoded(data.decode(encoding, "replace"), encoding, (Problem("bytes_replaced", message),))


def _no_text(message: str) -> Decoded:
    return Decoded(None, "binary", (Problem("not_text", message),))
