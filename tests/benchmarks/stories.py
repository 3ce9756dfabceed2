"""What generated articles tell: stories whose tellers share facts, and sentences that say the same in two languages."""

from __future__ import annotations

import hashlib
import random
from functools import lru_cache
from typing import NamedTuple

from tests.benchmarks.lexicon import BODIES, DEEDS, JOINTS, QUALITIES, SYLLABLES, THINGS, TOPICS, WHENS, Said

TOLD_BY = 3
NAMES = 60_000


class Facts(NamedTuple):
    """What a story is about; those who tell it share them."""

    topics: list[Said]
    things: list[Said]
    places: list[Said]
    people: list[Said]
    bodies: list[Said]
    figures: list[int]
    slug: str


def story_of(number: int, seed: int) -> random.Random:
    """Return the chance of a story: the same for those who tell it, in a row of articles."""
    group = number // TOLD_BY
    return random.Random(f"{seed}/story/{group}" if group % 4 == 0 else f"{seed}/alone/{number}")


@lru_cache(maxsize=1_000)
def facts_of(number: int, seed: int) -> Facts:
    """Return what the article `number` is about."""
    story = story_of(number, seed)
    story.random()
    places = [_name(story) for _ in range(4)]
    people = [Said(f"{one.english} {two.english}", f"{one.chinese}·{two.chinese}") for one, two in _couples(story, 3)]
    bodies = [
        Said(f"{place.english} {kind.english}", f"{place.chinese}{kind.chinese}")
        for place, kind in zip(places, story.sample(BODIES, 2), strict=False)
    ]
    things = story.sample(THINGS, 7)
    figures = [story.randrange(2, 60), story.randrange(20, 900) * 100, story.randrange(2026, 2040)]
    slug = f"{things[0].english}-{places[0].english.lower()}"
    return Facts(story.sample(TOPICS, 3), things, places, people, bodies, figures, slug)


def sentence_of(chance: random.Random, facts: Facts) -> Said:
    """Return a sentence on a story: two clauses, and at times who said so."""
    one, two = _clause(chance, facts), _clause(chance, facts)
    joint = chance.choice(JOINTS)
    english = f"{one.english} {joint.english} {two.english}"
    chinese = f"{one.chinese}{joint.chinese}{two.chinese}"
    if chance.random() < 0.3:
        person = chance.choice(facts.people)
        return Said(f"{english[0].upper()}{english[1:]}, said {person.english}.", f"{person.chinese}说，{chinese}。")
    return Said(f"{english[0].upper()}{english[1:]}.", f"{chinese}。")


def _couples(chance: random.Random, count: int) -> list[tuple[Said, Said]]:
    return [(_name(chance), _name(chance)) for _ in range(count)]


def _name(chance: random.Random) -> Said:
    """Return a name of two to four syllables; some occur often, most seldom."""
    number = int(chance.random() ** 3 * NAMES)
    digest = hashlib.blake2b(number.to_bytes(4, "big"), digest_size=5).digest()
    parts = [SYLLABLES[byte % len(SYLLABLES)] for byte in digest[: 2 + digest[4] % 3]]
    return Said("".join(part.english for part in parts).capitalize(), "".join(part.chinese for part in parts))


def _clause(chance: random.Random, facts: Facts) -> Said:
    place, when, deed = chance.choice(facts.places), chance.choice(WHENS), chance.choice(DEEDS)
    quality, other = chance.choice(QUALITIES), chance.choice(QUALITIES)
    # Half of the things are the story's own, half are of the world.
    thing, object_ = (chance.choice(facts.things if chance.random() < 0.5 else THINGS) for _ in range(2))
    kind = chance.random()
    if kind < 0.3:
        who = chance.choice(facts.people if kind < 0.15 else facts.bodies)
        return Said(
            f"{who.english} {deed.english} the {quality.english} {thing.english} of {place.english} {when.english}",
            f"{when.chinese}{who.chinese}{deed.chinese}{place.chinese}{quality.chinese}{thing.chinese}",
        )
    if kind < 0.5:
        percent, count, year = facts.figures
        return Said(
            f"{percent}% of {count} {_many(thing)} near {place.english} {deed.english} {quality.english} "
            f"{_many(object_)} by {year}",
            f"到{year}年，{place.chinese}附近{count}座{thing.chinese}中有{percent}%{deed.chinese}{quality.chinese}{object_.chinese}",
        )
    return Said(
        f"the {quality.english} {thing.english} in {place.english} {deed.english} {when.english} "
        f"{'an' if other.english[0] in 'aeiou' else 'a'} {other.english} {object_.english}",
        f"{when.chinese}{place.chinese}{quality.chinese}{thing.chinese}{deed.chinese}{other.chinese}{object_.chinese}",
    )


def _many(thing: Said) -> str:
    return f"{thing.english[:-1]}ies" if thing.english[-1] == "y" else f"{thing.english}s"
