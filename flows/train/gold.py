"""Sentences with gold labels: IOB2 files of Universal NER, CoNLL files of CrossNER and WNUT-17."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

UNER_KINDS = {"PER": "person", "LOC": "place", "ORG": "organisation"}
# Fine labels that mean one of our kinds; the others are no names of people, places or organisations.
CONLL_KINDS = {
    **dict.fromkeys("person politician writer musicalartist scientist researcher".split(), "person"),
    **dict.fromkeys("location country".split(), "place"),
    **dict.fromkeys("organisation politicalparty band university corporation group".split(), "organisation"),
}


class GoldSentence(NamedTuple):
    """A sentence and its names: (kind, start, end) in code points of the text."""

    text: str
    names: list[tuple[str, int, int]]


def read_iob2(path: Path) -> Iterator[GoldSentence]:
    """Yield the sentences of a Universal NER file, with the text as it was written."""
    text, tokens = "", []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.startswith("# text = "):
            text = line[len("# text = ") :]
        elif line and not line.startswith("#"):
            fields = line.split("\t")
            tokens.append((fields[1], fields[2]))
        elif not line and tokens:
            yield GoldSentence(text, _names(text, tokens, UNER_KINDS))
            text, tokens = "", []


def read_conll(path: Path) -> Iterator[GoldSentence]:
    """Yield the sentences of a file of tokens and labels; the text is put together from the tokens."""
    tokens: list[tuple[str, str]] = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        fields = line.split("\t")
        if len(fields) >= 2 and fields[0].strip():
            tokens.append((fields[0], fields[1]))
        elif tokens:
            text = _joined([token for token, _ in tokens])
            yield GoldSentence(text, _names(text, tokens, CONLL_KINDS))
            tokens = []


def _joined(tokens: list[str]) -> str:
    """Write tokens as a person would: no space before closing signs and after opening ones."""
    text, quote_open = "", False
    glued = True
    for token in tokens:
        closing = token in (",", ".", ";", ":", "!", "?", ")", "]", "%", "''", "n't", "...") or token.startswith("'")
        if token == '"':
            closing, quote_open = quote_open, not quote_open
        text += token if glued or closing else f" {token}"
        glued = token in ("(", "[", "$", "#", "``") or (token == '"' and quote_open)
    return text


def _names(text: str, tokens: list[tuple[str, str]], kinds: dict[str, str]) -> list[tuple[str, int, int]]:
    names: list[tuple[str, int, int]] = []
    position, open_label = 0, ""
    for token, label in tokens:
        start = text.find(token, position)
        if start < 0:
            continue
        position = start + len(token)
        mark, _, fine = label.partition("-")
        kind = kinds.get(fine)
        if kind and mark == "I" and open_label == fine and names:
            names[-1] = (kind, names[-1][1], position)
        elif kind and mark in "BI":
            names.append((kind, start, position))
        open_label = fine if mark in "BI" else ""
    return names
