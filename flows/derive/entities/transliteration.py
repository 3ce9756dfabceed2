"""How alike a Chinese name and a Latin one sound: pinyin against letters, with the usual confusions.

Transcriptions keep consonants better than vowels, do not tell l from r, and give a consonant that has no vowel one
of its own (`Mark` is ma-ke). So both are written in one set of sounds and compared by a weighted edit distance.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from flows.derive.entities.lac import simplified

_HAN = re.compile(r"[\u3400-\u9fff]")
_PARTS = re.compile(r"[·・•‧･\s-]+")
# Letters of a name -> sounds: longest first. C is ch, S is sh, J is dzh, N is ng.
_LATIN = (
    ("tsch", "C"), ("sch", "S"), ("tch", "C"), ("tsh", "C"), ("dzh", "J"), ("cz", "C"), ("sz", "S"), ("sh", "S"),
    ("ch", "C"), ("zh", "J"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("wh", "w"), ("qu", "ku"),
    ("ck", "k"), ("ts", "C"), ("tz", "C"), ("dj", "J"), ("gn", "n"), ("ng", "N"), ("ce", "se"), ("ci", "si"),
    ("cy", "si"), ("ge", "Je"), ("gi", "Ji"), ("gy", "Ji"), ("oo", "u"), ("ee", "i"), ("ou", "u"), ("ow", "o"),
    ("aw", "o"), ("ew", "iu"), ("eu", "o"), ("x", "ks"), ("c", "k"), ("q", "k"), ("j", "J"), ("y", "i"), ("ß", "s"),
)  # fmt: skip
_INITIALS = (("zh", "J"), ("ch", "C"), ("sh", "S"), ("j", "J"), ("q", "C"), ("x", "S"), ("c", "C"), ("y", "i"))
_VOWELS = frozenset("aeiou")
# Sounds that stand for each other at little cost.
_CLASSES = ("lr", "bpvwf", "fhw", "dts", "gkhJ", "szSCJ", "CJSt", "mnN", "iJ", "uw", "vu", "kC")
_SAME = {frozenset(pair) for pair in ("lr", "nN", "vw", "iJ", "uw")}
_NEAR = {frozenset((a, b)) for sounds in _CLASSES for a in sounds for b in sounds if a != b}

SAME_COST, NEAR_COST, VOWEL_COST, FAR_COST = 0.1, 0.35, 0.25, 1.0
VOWEL_LOST, WEAK_LOST, CONSONANT_LOST = 0.3, 0.45, 0.9
_WEAK = frozenset("hrlntwN")


def sound_likeness(chinese: str, latin: str) -> float:
    """Return 0 to 1: how well the Chinese name may be the sound of the Latin one, in either order of its parts."""
    parts = latin_sounds(latin)
    sounds = chinese_sounds(chinese)
    if not sounds or not parts:
        return 0.0
    orders = {"".join(parts), "".join([*parts[1:], parts[0]]), "".join([parts[-1], *parts[:-1]])}
    return round(max(_likeness(sounds, other) for other in orders), 3)


@lru_cache(maxsize=50_000)
def chinese_sounds(name: str) -> str:
    """Return the sounds of a name in Han characters, `` where it has others too."""
    from pypinyin import Style, lazy_pinyin

    characters = "".join(_PARTS.split(simplified(name)))
    if not characters or len(_HAN.findall(characters)) != len(characters):
        return ""
    return "".join(_syllable_sounds(syllable) for syllable in lazy_pinyin(characters, style=Style.NORMAL))


@lru_cache(maxsize=50_000)
def latin_sounds(name: str) -> tuple[str, ...]:
    """Return the sounds of each part of a Latin name."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    parts = re.split(r"[^a-z]+", "".join(letter for letter in decomposed if not unicodedata.combining(letter)))
    return tuple(_word_sounds(part) for part in parts if part)


def _syllable_sounds(syllable: str) -> str:
    for written, sound in _INITIALS:
        if syllable.startswith(written):
            syllable = sound + syllable[len(written) :]
            break
    return _squeezed(syllable.replace("ng", "N").replace("ü", "u").replace("v", "u"))


def _word_sounds(word: str) -> str:
    sounds, place = [], 0
    while place < len(word):
        written, sound = next((pair for pair in _LATIN if word.startswith(pair[0], place)), (word[place], word[place]))
        sounds.append(sound)
        place += len(written)
    return _squeezed("".join(sounds))


def _squeezed(sounds: str) -> str:
    return re.sub(r"(.)\1+", r"\1", sounds)


@lru_cache(maxsize=4096)
def _swap_cost(a: str, b: str) -> float:
    if a == b:
        return 0.0
    pair = frozenset((a, b))
    if pair in _SAME:
        return SAME_COST
    if a in _VOWELS and b in _VOWELS:
        return VOWEL_COST
    return NEAR_COST if pair in _NEAR else FAR_COST


def _loss_cost(sound: str) -> float:
    return VOWEL_LOST if sound in _VOWELS else WEAK_LOST if sound in _WEAK else CONSONANT_LOST


def _likeness(a: str, b: str) -> float:
    """1 less the cheapest way from one to the other, as a share of what losing both would cost."""
    losses = [_loss_cost(sound) for sound in b]
    row = [0.0]
    for loss in losses:
        row.append(row[-1] + loss)
    total_b, total_a = row[-1], 0.0
    for sound in a:
        loss = _loss_cost(sound)
        total_a += loss
        diagonal, row[0] = row[0], row[0] + loss
        for place, other in enumerate(b, 1):
            cheapest = min(row[place] + loss, row[place - 1] + losses[place - 1], diagonal + _swap_cost(sound, other))
            diagonal, row[place] = row[place], cheapest
    return 1 - 2 * row[-1] / (total_a + total_b)
