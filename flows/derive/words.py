"""Words, sentences and characters of a text, in every script.

A word is a UAX #29 word that holds a letter or a digit; in scripts that write without spaces (Han, Hiragana,
Katakana, Bopomofo) every character counts as one, as word processors and Hugo count. Hangul is written with
spaces, so its words are UAX #29's.
"""

from __future__ import annotations

import re

import regex

CJK_RANGES = (
    "\u3005\u3007\u3021-\u3029\u3038-\u303b\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31a0-\u31bf"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U0001b000-\U0001b16f\U00020000-\U000323af"
)
_CJK = re.compile(f"[{CJK_RANGES}]")

# UAX #29, WB4 to WB13b: letters, digits and connectors run together; an apostrophe, a colon or a full stop joins
# letters, a comma or a full stop joins digits, when one of the kind stands on both sides.
_X = r"[\p{WB=Extend}\p{WB=Format}\p{WB=ZWJ}]*+"
_LETTER = rf"[[\p{{WB=ALetter}}\p{{WB=Hebrew_Letter}}]--[{CJK_RANGES}]]"
_MID_QUOTE = r"\p{WB=MidNumLet}\p{WB=Single_Quote}"
_WORD = regex.compile(
    rf"""
    (?:
        {_LETTER} {_X} (?: [\p{{WB=MidLetter}}{_MID_QUOTE}] {_X} (?= {_LETTER} ) )?
      | \p{{WB=Numeric}} {_X} (?: [\p{{WB=MidNum}}{_MID_QUOTE}] {_X} (?= \p{{WB=Numeric}} ) )?
      | \p{{WB=ExtendNumLet}} {_X}
    )+
    """,
    regex.VERBOSE | regex.VERSION1,
)
# For counting, most texts come down to ASCII: what stands alone between words is a space, ’ joins as ' does.
_ALWAYS_BETWEEN = re.compile(
    f"[{CJK_RANGES}\u00a1-\u00a9\u00ab\u00ac\u00ae-\u00b4\u00b6\u00bb\u00bf\u00d7\u00f7\u2010-\u2017\u201a-\u2023"
    "\u2025\u2026\u2030-\u203e\u2190-\u21ff\u2200-\u22ff\u2500-\u25ff\u3000-\u3002\u3008-\u3011\u3014-\u301b\uff01\uff08\uff09"
    "\uff1f\uff5e]+"
)
_TO_SPACE = bytes(byte if (chr(byte).isalnum() and byte < 128) or byte == ord("_") else ord(" ") for byte in range(256))
_JOINER = re.compile(r"[.:,;'](?=[A-Za-z0-9])")
_LETTER_JOINERS, _DIGIT_JOINERS = frozenset(".:'"), frozenset(".,;'")

_SENTENCE_END = re.compile(r"[.!?。！？｡…]+[\"'”’」』）)\]]*")
# A full stop ends no sentence after a title or an initial, nor where a small letter follows.
_NO_END_AFTER = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|No))\Z")
_WIDE_MARKS = frozenset("。！？｡")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


def words(text: str) -> list[str]:
    """Return the words of a text, CJK characters left out, in their order."""
    found: list[str] = _WORD.findall(text)
    return [word for word in found if _LETTER_OR_DIGIT.search(word)] if "_" in text else found


def word_count(text: str) -> int:
    """Return how many words a text has, every CJK character counted as one."""
    cjk = 0
    if not text.isascii():
        cjk = len(_CJK.findall(text))
        text = _ALWAYS_BETWEEN.sub(" ", text).replace("’", "'")
        if not text.isascii():
            return len(words(text)) + cjk
    return _ascii_word_count(text) + cjk


def _ascii_word_count(text: str) -> int:
    """Count runs of letters, digits and `_`, less one for each mark that joins two of them."""
    runs = text.encode("ascii").translate(_TO_SPACE).split()
    count = len(runs)
    if "_" in text:
        count -= sum(not run.strip(b"_") for run in runs)
    return count - _joined(text) if _may_join(text) else count


def _may_join(text: str) -> bool:
    """Say whether a mark that can join stands anywhere but before a space or at the end; cheaper than to look."""
    for mark in ".,:;'":
        number = text.count(mark)
        if number and number != text.count(mark + " ") + text.endswith(mark):
            return True
    return False


def _joined(text: str) -> int:
    count = 0
    for match in _JOINER.finditer(text):
        place = match.start()
        before, after = text[place - 1 : place], text[place + 1]
        joins = _LETTER_JOINERS if after.isalpha() else _DIGIT_JOINERS
        count += text[place] in joins and (before.isalpha() if after.isalpha() else before.isdigit())
    return count


def cjk_character_count(text: str) -> int:
    """Return how many characters of a text are Han, Hiragana, Katakana or Bopomofo."""
    return 0 if text.isascii() else len(_CJK.findall(text))


def character_count(text: str) -> int:
    """Return how many characters a text has, white space left out."""
    return len("".join(text.split()))


def sentence_count(text: str) -> int:
    """Return how many sentences a block has; text after the last full stop is one as well."""
    inner = text.rstrip(".!?")
    if inner.isascii() and "." not in inner and "!" not in inner and "?" not in inner:
        return 1 if _LETTER_OR_DIGIT.search(inner) else 0
    count = end = 0
    for match in _SENTENCE_END.finditer(text):
        if _ends_sentence(text, match.start(), match.end()) and _LETTER_OR_DIGIT.search(text, end, match.start()):
            count += 1
            end = match.end()
    return count + bool(_LETTER_OR_DIGIT.search(text, end))


def _ends_sentence(text: str, start: int, end: int) -> bool:
    if text[start] in _WIDE_MARKS or end == len(text):
        return True
    if not text[end].isspace() or text[end : end + 8].lstrip()[:1].islower():
        return False
    return text[start] != "." or not _NO_END_AFTER.search(text, max(0, start - 4), start)
