"""`python -m flows.train --ner DIR`: train the chains of both languages and print the figures they reach.

The training files are the Universal NER Chinese training set (CC BY-SA 4.0) and, for English, CrossNER (MIT) and
WNUT-17 (CC BY 4.0). The development sets of Universal NER are only measured on.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from flows.derive.entities.chinese import ChineseExtractor
from flows.derive.entities.english import EnglishExtractor
from flows.derive.entities.gazetteer import Gazetteer
from flows.derive.entities.lexicon import lexicon_of
from flows.derive.entities.mention import NAME_KINDS, Extractor
from flows.derive.entities.options import CHINESE_MODEL, ENGLISH_MODEL
from flows.resources import REFERENCE
from flows.train.chain import Plan, save, train
from flows.train.datasets import chinese_set, english_set
from flows.train.gold import GoldSentence, read_conll, read_iob2

VERSION = "1"
PLANS = {"zh": Plan(0.3, 0.3, steps=150), "en": Plan(5.0, 5.0, steps=150, outside=0.4)}


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, save and measure; `--measure` does the last only."""
    parser = argparse.ArgumentParser(prog="python -m flows.train", description=__doc__)
    parser.add_argument("--ner", type=Path, required=True, help="folder with the labelled sentences")
    parser.add_argument("--languages", nargs="+", default=["zh", "en"], choices=["zh", "en"])
    parser.add_argument("--measure", action="store_true", help="measure the models that are there")
    options = parser.parse_args(arguments)
    gazetteer = Gazetteer.open(REFERENCE)
    for language in options.languages:
        run = _chinese if language == "zh" else _english
        run(gazetteer, options.ner, options.measure, lambda line: print(line, file=sys.stderr, flush=True))


def _chinese(gazetteer: Gazetteer, ner: Path, measure_only: bool, report: Callable[[str], None]) -> None:
    lexicon = lexicon_of("zh", gazetteer)
    if not measure_only:
        gold = list(read_iob2(ner / "zh_gsdsimp-ud-train.iob2"))
        save(CHINESE_MODEL, train(chinese_set(ChineseExtractor(lexicon, None), gold), PLANS["zh"], report), VERSION)
    dev = list(read_iob2(ner / "zh_gsdsimp-ud-dev.iob2"))
    _print_figures("zh_gsdsimp-ud-dev", ChineseExtractor(lexicon, None), dev)
    _print_figures("zh_gsdsimp-ud-dev", ChineseExtractor(lexicon), dev)


def _english(gazetteer: Gazetteer, ner: Path, measure_only: bool, report: Callable[[str], None]) -> None:
    lexicon = lexicon_of("en", gazetteer)
    if not measure_only:
        gold = [s for name in ("crossner_en", "wnut17_en_train") for s in read_conll(ner / f"{name}.conll")]
        save(ENGLISH_MODEL, train(english_set(EnglishExtractor(lexicon, None), gold), PLANS["en"], report), VERSION)
    for name, sentences in (
        ("en_ewt-ud-dev", list(read_iob2(ner / "en_ewt-ud-dev.iob2"))),
        ("wnut17_en_dev", list(read_conll(ner / "wnut17_en_dev.conll"))),
    ):
        _print_figures(name, EnglishExtractor(lexicon, None), sentences)
        _print_figures(name, EnglishExtractor(lexicon), sentences)


def _print_figures(name: str, extractor: Extractor, gold: Sequence[GoldSentence]) -> None:
    """Print F1 of exact spans before any clean-up, with and without the kind."""
    found = extractor.extract([sentence.text for sentence in gold])
    typed = untyped = predicted = 0
    for mentions, sentence in zip(found, gold, strict=True):
        names = [(m.kind, m.start, m.end) for m in mentions if m.kind in NAME_KINDS]
        predicted += len(names)
        typed += len(set(names) & set(sentence.names))
        untyped += len({name[1:] for name in names} & {name[1:] for name in sentence.names})
    total = predicted + sum(len(sentence.names) for sentence in gold)
    print(f"{name} {extractor.name}: F1 {2 * typed / total:.3f} typed, {2 * untyped / total:.3f} untyped", flush=True)


if __name__ == "__main__":
    main()
