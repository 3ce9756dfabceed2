"""Invented bilingual articles, any number of them, the same ones for the same seed.

    python -m tests.benchmarks.generate FOLDER [--documents N] [--seed N]

Each has front matter, a Chinese half and an English half that say the same, sentence by sentence, with links and a
list; in one of twenty a number differs between the halves. Every fourth story is told by three sources within days; of
a hundred files some are copies, some nearly so, and some are odd: other formats and encodings, broken or no front
matter, no text at all. Sentences are put together from clauses and names from syllables, so that texts have little in
common by chance and ever more words occur, as in real collections. Nobody in them exists.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.lexicon import Said
from tests.benchmarks.stories import Facts, facts_of, sentence_of, story_of

SOURCES = ("harbour", "jade", "lumen", "meridian", "northline", "atlas")
FIRST_DAY = date(2019, 1, 1)
DAYS = 2_000
# Copies are of one of so many before, and links lead to those.
REACH = 20
LINKS = 2
SENTENCES = 10


class Place(NamedTuple):
    """Where an article lies and of which day it is; `told` is the number of the one whose text it has."""

    source: str
    day: date
    name: str
    told: int

    @property
    def path(self) -> str:
        """Return the path below the folder of all sources."""
        return f"{self.source}/{self.day:%Y/%m}/{self.name}.md"


def article(number: int, seed: int = 1) -> tuple[str, bytes]:
    """Return path and bytes of the article `number`."""
    place = place_of(number, seed)
    own = random.Random(f"{seed}/{number}/own")
    teller = random.Random(f"{seed}/{place.told}/text")
    facts = facts_of(place.told, seed)
    sentences = [sentence_of(teller, facts) for _ in range(SENTENCES)]
    if place.told != number and number % 2:
        # Nearly a copy: some sentences are others.
        for _ in range(3):
            sentences[own.randrange(SENTENCES)] = sentence_of(own, facts)
    text = _text(place, facts, sentences, teller, _links(number, place, own, seed))
    return place.path, _odd(text, own.random())


@lru_cache(maxsize=1_000)
def place_of(number: int, seed: int) -> Place:
    """Return where the article `number` lies, without making it."""
    chance = random.Random(f"{seed}/{number}/place")
    told = number
    if chance.random() < 0.06 and number > REACH:
        told = number - 1 - chance.randrange(REACH)
    day = FIRST_DAY + timedelta(days=story_of(told, seed).randrange(DAYS) + chance.randrange(5))
    source = SOURCES[int(chance.random() ** 1.5 * len(SOURCES))]
    return Place(source, day, f"{day:%Y-%m-%d}-{facts_of(told, seed).slug}-{number:07}", told)


def write_articles(folder: Path, documents: int, seed: int = 1) -> None:
    """Write the articles 0 to `documents` below `folder`, with all cores."""
    parts = list(_parts(documents))
    with ProcessPoolExecutor() as pool:
        list(pool.map(_write, [folder] * len(parts), parts, [seed] * len(parts)))


def _parts(documents: int, size: int = 5_000) -> Iterator[range]:
    for start in range(0, documents, size):
        yield range(start, min(start + size, documents))


def _write(folder: Path, numbers: range, seed: int) -> None:
    made: set[Path] = set()
    for number in numbers:
        path, data = article(number, seed)
        file = folder / path
        if file.parent not in made:
            file.parent.mkdir(parents=True, exist_ok=True)
            made.add(file.parent)
        file.write_bytes(data)


def _links(number: int, place: Place, chance: random.Random, seed: int) -> list[str]:
    """Return links to two articles of the same source before, by path or by name; one of twenty leads nowhere."""
    links: list[str] = []
    for other in chance.sample(range(number - REACH, number), REACH) if number > REACH else ():
        target = place_of(other, seed)
        if len(links) == LINKS:
            break
        if target.source != place.source:
            continue
        name = f"{target.name}-gone" if chance.random() < 0.05 else target.name
        links.append(
            f"[[{name}|earlier]]" if chance.random() < 0.3 else f"[earlier](../../{target.day:%Y/%m}/{name}.md)"
        )
    return links


def _text(place: Place, facts: Facts, sentences: list[Said], teller: random.Random, links: list[str]) -> str:
    lead, *rest = sentences
    chinese = [said.chinese for said in rest]
    if teller.random() < 0.05:
        chinese = [text.replace(f"{facts.figures[0]}%", f"{facts.figures[0] + 1}%") for text in chinese]
    english = [said.english for said in rest]
    title = f"{facts.places[0].english}: {facts.things[0].english} and {facts.things[1].english}"
    tags = [facts.topics[0].english, facts.topics[1].chinese, *[facts.places[0].english] * (teller.random() < 0.3)]
    address = f"https://{place.source}.example.org/{place.day:%Y/%m}/{facts.slug}"
    return "\n".join(
        (
            "---",
            f'title: "{title}"',
            f"date: {place.day}T{teller.randrange(24):02}:{teller.randrange(60):02}:00+00:00",
            f"tags: [{', '.join(tags)}]",
            f"author: {facts.people[-1].english}",
            f"description: {lead.english}",
            "---",
            f"[原文链接]({address}-{place.told})",
            "",
            f"## 摘要：{facts.places[0].chinese}的{facts.things[0].chinese}",
            "",
            *(lead.chinese, "", "".join(chinese[:3]), "", "".join(chinese[3:6]), ""),
            *(f"- {text}" for text in chinese[6:]),
            "",
            f"## In English: the {facts.things[0].english} of {facts.places[0].english}",
            "",
            *(lead.english, "", " ".join(english[:3]), "", " ".join(english[3:6]), ""),
            *(f"- {text}" for text in english[6:]),
            "",
            f"See also {' and '.join([*links, f'[background](https://example.com/{facts.topics[0].english})'])}.",
            "",
        )
    )


def _odd(text: str, chance: float) -> bytes:
    body = text.partition("\n---\n")[2]
    if chance < 0.004:
        return text.encode("gb18030", "ignore")
    if chance < 0.010:
        return text.replace("\n", "\r\n").encode()
    if chance < 0.013:
        return text.replace("tags: [", "tags: [[", 1).encode()
    if chance < 0.016:
        return body.encode()
    if chance < 0.018:
        return b"\xef\xbb\xbf" + text.encode()
    if chance < 0.020:
        return f'+++\ntitle = "{chance:.9f}"\ndate = 2021-05-06\ntags = ["odd"]\n+++\n{body}'.encode()
    if chance < 0.0203:
        return b""
    if chance < 0.0206:
        return b"\x89PNG\r\n\x1a\n\x00" + text.encode("utf-16")
    return text.encode()


def main() -> None:
    """Write the articles that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write_articles(options.folder, options.documents, options.seed)


if __name__ == "__main__":
    main()
