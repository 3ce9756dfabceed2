"""Bytes to text: a byte order mark decides, else UTF-8, else the likeliest encoding, else it is no text."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import NamedTuple

from flows.extract.fences import position_of
from flows.problems import Problem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_MAGIC = (
    b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"PK\x03\x04", b"PK\x05\x06", b"SQLite format 3\0",
    b"%PDF-", b"\x1f\x8b", b"7z\xbc\xaf", b"\x7fELF", b"\xca\xfe\xba\xbe", b"Rar!\x1a", b"BZh9", b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd", b"\xd0\xcf\x11\xe0", b"OggS\0", b"ID3\x02", b"ID3\x03", b"ID3\x04", b"wOFF\0",
    b"wOF2\0", b"\0asm", b"PAR1\x15", b"II*\0", b"MM\0*", b"\0\0\1\0", b"\xff\xfb", b"BZh", b"RIFF",
)  # fmt: skip
_CONTROLS = bytes([*range(9), 11, *range(14, 27), 28, 29, 30, 31, 127])
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_C1 = re.compile("[\x80-\x9f]")
_STRAY = re.compile("[\udc80-\udcff]+")
_HIGH = bytes(range(0x80, 0x100))


class Decoded(NamedTuple):
    """A text with its encoding; `text` is None where the bytes are none."""

    text: str | None
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes) -> Decoded:
    """Decode a file's bytes. A byte order mark is not part of the text."""
    # The three bytes that begin nearly every file with front matter begin no mark and no binary format.
    if not data.startswith(b"---"):
        for mark, encoding in _MARKS:
            if data.startswith(mark):
                return _decode_marked(data, mark, encoding)
        if data.startswith(b"%PDF-1.") or (data.startswith(_MAGIC) and not _is_plain_text(data)):
            return _no_text("it begins like an image, an archive, a PDF or a database")
    if b"\0" in data and (wide := _decode_wide(data)):
        return wide
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return _decode_stray(data) or _decode_guessed(data)
    return _with_controls(text, data)


def _with_controls(text: str, data: bytes) -> Decoded:
    """Accept UTF-8 with a few control characters; refuse what is mostly made of them."""
    # One byte is looked for much faster than two.
    if b"\x1b" in data and b"\x1b$" in data and _reads(data, "iso2022_jp"):
        return Decoded(data.decode("iso2022_jp"), "iso-2022-jp", (_guessed("iso-2022-jp", "its escape sequences"),))
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if not controls:
        return Decoded(text, "utf-8")
    if controls * 10 > len(data) * 3:
        return _no_text(f"{controls:,} of its {len(data):,} bytes are control characters")
    first = _CONTROL.search(text)
    line, column = position_of(text, first.start() if first else 0)
    code_point = f"U+{ord(first.group()):04X}" if first else ""
    message = f"{controls:,} control characters, the first is {code_point}"
    return Decoded(text, "utf-8", (Problem("control_character", message, "decode", line=line, column_number=column),))


def _decode_marked(data: bytes, mark: bytes, encoding: str) -> Decoded:
    rest = data[len(mark) :]
    if encoding == "utf-32-le" and not _reads(rest, encoding):
        # FF FE 00 00 may as well be UTF-16 that begins with NUL.
        encoding, rest = "utf-16-le", data[2:]
    try:
        return Decoded(rest.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            return _decode_stray(rest) or _decode_guessed(rest)
        text = rest.decode(encoding, "replace")
        sample = text[:4096]
        if len(_surprising().findall(sample)) * 4 > len(sample) > 40:
            return _no_text(f"a byte order mark announces {encoding}, and the bytes are not")
        line, column = position_of(text, max(text.find("\ufffd"), 0))
        message = f"byte {error.start + len(mark)} is not {encoding}, which the byte order mark announces"
        replaced = Problem("bytes_replaced", message, "decode", line=line, column_number=column)
        return Decoded(text, encoding, (replaced,))


@lru_cache(maxsize=1)
def _surprising() -> re.Pattern[str]:
    """Return what finds characters that few texts hold; made on first use, since that takes as long as 20 documents."""
    return re.compile(
        "[^\t\n\r\x20-\x7e\u00a0-\u05ff\u0e00-\u0e7f\u1100-\u11ff\u2000-\u27ff\u3000-\u9fff\uac00-\ud7a3\ufe30-\uffee]"
    )


def _reads(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _decode_wide(data: bytes) -> Decoded | None:
    """Recognise UTF-32 and UTF-16 without a byte order mark by the text that comes out."""
    for encoding, width in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        if len(data) % width or not _reads(data[: 4096 * width], encoding) or not _reads(data, encoding):
            continue
        text = data.decode(encoding)
        sample = text[:4096]
        surprising = len(_surprising().findall(sample))
        # ASCII read with its bytes swapped gives Han too, but hardly ever a space or a line end.
        ordinary = sum(sample.count(character) for character in " \n\r,.。，、-:")
        if surprising * 20 <= len(sample) and ordinary * 100 >= len(sample):
            return Decoded(text, encoding, (_guessed(encoding, "the places of its NUL bytes"),))
    return None


def _decode_stray(data: bytes) -> Decoded | None:
    """Read UTF-8 with a few stray bytes as UTF-8; a single byte is most likely a pasted Windows character."""
    fitting = len(data.decode("utf-8", "ignore"))
    escaped = data.decode("utf-8", "surrogateescape")
    not_ascii = fitting - len(data.translate(None, _HIGH))
    if not_ascii <= 3 * (len(escaped) - fitting):
        return None
    stray = _STRAY.findall(escaped)
    first = _STRAY.search(escaped)
    line, column = position_of(escaped, first.start() if first else 0)
    text = _STRAY.sub(_mend, escaped)
    message = f"UTF-8 but for {len(stray):,} places; a single stray byte is read as windows-1252"
    guessed = Problem("encoding_guessed", message, "decode", line=line, column_number=column)
    replaced = Problem(
        "bytes_replaced", "a broken UTF-8 sequence became U+FFFD", "decode", line=line, column_number=column
    )
    return Decoded(text, "utf-8", (guessed, replaced) if text.count("\ufffd") > escaped.count("\ufffd") else (guessed,))


def _mend(stray: re.Match[str]) -> str:
    escaped = stray.group()
    if len(escaped) > 1 or escaped > "\udcef":
        return "\ufffd"
    byte = bytes([ord(escaped) - 0xDC00])
    return byte.decode("windows-1252", "ignore") or byte.decode("latin-1")


def _decode_guessed(data: bytes) -> Decoded:
    if not _is_plain_text(data):
        return _no_text("the bytes hold control characters and are not Unicode")
    from flows.extract.encodings import guess

    guessed = guess(data)
    if guessed is None:
        return _no_text("no encoding makes sense of the bytes")
    encoding, text = guessed
    sample = text[: 1 << 16]
    if len(_C1.findall(sample)) * 50 > len(sample):
        return _no_text("whatever the encoding, control characters come out")
    return Decoded(text, encoding, (_guessed(encoding, "how its bytes are spread"),))


def _is_plain_text(data: bytes) -> bool:
    return b"\0" not in data and len(data.translate(None, _CONTROLS)) * 200 >= len(data) * 199


def _guessed(encoding: str, reason: str) -> Problem:
    message = f"no byte order mark and not UTF-8; read as {encoding} because of {reason}"
    return Problem("encoding_guessed", message, "decode", line=1, column_number=1)


def _no_text(message: str) -> Decoded:
    return Decoded(None, "binary", (Problem("not_text", message, "decode"),))
