"""Odd things as data: every problem has a code from the one list below."""

from __future__ import annotations

from dataclasses import dataclass

CODES: dict[str, tuple[str, str]] = {
    # Files
    "file_too_large": ("error", "The file is larger than the limit; its bytes were not read."),
    "file_unreadable": ("error", "The file is there but cannot be read."),
    "file_vanished": ("info", "The file went away between listing and reading."),
    "folder_unreadable": ("warning", "The folder cannot be listed; what it holds is unknown."),
    "link_skipped": ("info", "The link leads to a folder that is listed already."),
    "path_not_utf8": ("info", "The file's name is not UTF-8; it is shown escaped."),
    "derivation_failed": (
        "error",
        "Dateline fails on the file, which it should on none; what the store had of it stays.",
    ),
    # Encodings
    "not_text": ("error", "The bytes are no text: an image, an archive, a database, or an unknown encoding."),
    "encoding_guessed": (
        "warning",
        "Neither a byte order mark nor UTF-8 explains the bytes; the encoding was guessed.",
    ),
    "bytes_replaced": (
        "warning",
        "Some bytes or escapes are no character; U+FFFD stands in their place.",
    ),
    "control_character": ("info", "The text holds NUL or other control characters."),
    # Fences
    "suspicious_fence": (
        "warning",
        "Something that is almost a fence is followed by a mapping; it is read as body.",
    ),
    "front_matter_unclosed": ("warning", "The front matter is opened and never closed; all of it is body."),
    "front_matter_not_mapping": (
        "warning",
        "What stands between the fences has no keys; it stays in the body.",
    ),
    "merge_conflict": ("warning", "The file holds marks of an unresolved merge."),
    # Front matter
    "front_matter_invalid": (
        "error",
        "The front matter breaks the rules of its format; what could be read is kept.",
    ),
    "front_matter_too_large": ("error", "The front matter is over 1 MiB; it is kept and not read."),
    "front_matter_too_complex": (
        "error",
        "Nesting or aliases grow beyond what is safe to read; the raw text is kept.",
    ),
    "front_matter_lenient": (
        "warning",
        "YAML 1.2 says no, a more forgiving reader says yes; its reading is used.",
    ),
    "template_placeholder": ("info", "A value is a template's placeholder; it is read as text."),
    "full_width_colon": ("warning", "A full-width colon stands where YAML wants a colon and a space."),
    "unknown_tag": ("info", "The value carries a tag that means nothing here; it is read without it."),
    "duplicate_key": ("warning", "The key stands there more than once; the last one counts."),
    "key_not_text": ("info", "The key is a number, a boolean or the like; it is read as text."),
    "invalid_date": ("warning", "The value is no date that exists and can be understood; it stays text."),
    # Bodies
    "markdown_failed": (
        "warning",
        "The Markdown parser failed on the body; it was read with fewer extensions, or as plain text.",
    ),
}
"""Code -> (severity, meaning in one line). Severities: info, warning, error."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One odd thing; `line` and `column_number` count from 1 in the file, columns in characters."""

    code: str
    message: str
    stage: str = "extract"
    line: int | None = None
    column_number: int | None = None
    excerpt: str | None = None

    @property
    def severity(self) -> str:
        """Return info, warning or error, as the list of codes says."""
        return CODES[self.code][0]


class ProblemError(ValueError):
    """A reader gives up: `problem` says why, placed in what it read; `recovered` is what it got."""

    def __init__(self, code: str, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.problem = Problem(code, message, line=line, column_number=column)
        self.recovered: dict[str, object] = {}
        self.notes: list[Problem] = []
