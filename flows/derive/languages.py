"""The language of each block of visible text, by script first, by a model where a script has many languages.

Languages are BCP 47: `en`, `ja`, `zh-Hans`, `zh-Hant`. Code is no language; short blocks take their neighbours'.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from flows.derive.character_classes import classes_of
from flows.derive.characters import BLOCK_END
from flows.derive.chinese_variants import chinese_variant, variant_counts
from flows.derive.common_words import common_word_count, has_foreign_words
from flows.derive.language_model import PLAUSIBLE, SAMPLE_CHARACTERS, UNKNOWN, detect, told_by_letters
from flows.derive.passes import letter_counts
from flows.derive.prose import proses_of
from flows.derive.scripts import SCRIPTS, main_script

if TYPE_CHECKING:
    from flows.derive.structure import Structure

# Fewer letters than this say too little to the model.
SHORT_LETTERS = 24
# From here on a block is looked at by itself, in case it is a foreign one.
LONG_LETTERS = 60
SAMPLE_BLOCKS = 3
SURE = 0.6
# Han alone, in a document that also has kana, are Japanese headings more often than Chinese sentences.
SHORT_HAN = 20
# Of a document in one variant, fewer than one telling character in so many belongs to the other: names, variants.
OTHER_VARIANT = 30

# So many common words of a language in a text this long leave no doubt about it.
CHARACTERS_PER_WORD = 60
STATING_KEYS = ("lang", "language", "locale", "Lang", "Language")


def block_languages(structure: Structure, hint: str | None = None) -> list[str]:
    """Return the language of each block; `hint` is what the front matter says, which settles what is unclear."""
    if structure.is_latin and _is_plain_english(structure.blocks.texts):
        return ["en"] * len(structure.blocks.texts)
    blocks = proses_of(structure.marked)
    classes = classes_of(BLOCK_END.join(blocks))
    counts = letter_counts(classes) if blocks else []
    scripts = [main_script(count) for count in counts]
    letters = [sum(count.values()) for count in counts]
    languages: list[str | None] = [None] * len(blocks)
    main_of_script: dict[str, str] = {}
    [all_letters] = letter_counts(classes.replace(b"\x00", b""))
    leading_script = main_script(all_letters)
    for script in dict.fromkeys(scripts):
        if script is None:
            continue
        members = [place for place, other in enumerate(scripts) if other == script]
        if script == "han":
            main_of_script[script] = _settle_han(blocks, members, letters, languages, hint, "kana" in scripts)
        elif (only := SCRIPTS[script][1]) is not None:
            only = told_by_letters(only, "".join([blocks[place] for place in members]))
            main_of_script[script] = only
            for place in members:
                languages[place] = only
        elif script == leading_script or max(letters[place] for place in members) >= SHORT_LETTERS:
            main_of_script[script] = _settle_alphabet(blocks, members, letters, languages, hint)
    known = {language for language in languages if language}
    if len(known) == 1 and len(main_of_script) == 1:
        return [*known] * len(blocks)
    return _filled(languages, scripts, main_of_script, leading_script, structure.blocks.levels, hint)


def normal_hint(hint: str | None) -> str | None:
    """Return the language tag of a front matter value such as `zh_TW` or `EN-us` as it is written here."""
    if not hint or not re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", hint.strip()):
        return None
    language, *rest = re.split("[-_]", hint.strip().lower())
    if language == "zh":
        return "zh-Hant" if {"hant", "tw", "hk", "mo"} & set(rest) else "zh-Hans"
    return language


def stated_language(front_matter: Mapping[str, Any]) -> str | None:
    """Return what the front matter says of the language, under the usual keys whatever the source's profile."""
    for key in STATING_KEYS:
        value = front_matter.get(key)
        if isinstance(value, str):
            return value
    return None


def shares(languages_and_words: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
    """Return each language with its share of the words, largest first."""
    if len(languages_and_words) == 1:
        [(language, count)] = languages_and_words
        return [{"language": language, "share": 1.0}] if count else []
    words: dict[str, int] = {}
    for language, count in languages_and_words:
        words[language] = words.get(language, 0) + count
    total = sum(words.values())
    ordered = sorted(words.items(), key=lambda item: (-item[1], item[0]))
    return [{"language": language, "share": round(count / total, 4)} for language, count in ordered if total and count]


def _is_plain_english(blocks: Sequence[str]) -> bool:
    """Say whether the longest block surely is English and no other seems to be foreign: the common case, cheaply."""
    long = [text for text in blocks if len(text) >= LONG_LETTERS]
    if not long or not _is_surely(max(long, key=len), "en"):
        return False
    return all(" the " in text or _looks_alike(text, "en") for text in long)


def _settle_han(
    blocks: Sequence[str],
    members: list[int],
    letters: list[int],
    languages: list[str | None],
    hint: str | None,
    has_kana: bool,
) -> str:
    hinted = normal_hint(hint)
    hans, hant = variant_counts("".join([blocks[place] for place in members]))
    fallback = hinted if hinted and hinted.startswith("zh") else "zh-Hans"
    if hans != hant:
        fallback = "zh-Hans" if hans > hant else "zh-Hant"
    is_mixed = min(hans, hant) * OTHER_VARIANT > max(hans, hant)
    for place in members:
        if has_kana and letters[place] < SHORT_HAN:
            continue
        is_long = is_mixed and letters[place] >= SHORT_HAN
        languages[place] = (chinese_variant(blocks[place]) if is_long else None) or fallback
    return "ja" if has_kana else fallback


def _settle_alphabet(
    blocks: Sequence[str], members: list[int], letters: list[int], languages: list[str | None], hint: str | None
) -> str:
    """Tell the script's main language from a sample, then look at each long block that may be in another."""
    longest = sorted(members, key=lambda place: (-letters[place], place))[:SAMPLE_BLOCKS]
    proses = {place: blocks[place] for place in members if letters[place] >= LONG_LETTERS}
    if not proses:
        votes: dict[str, float] = dict([detect(" ".join(blocks[place] for place in members))])
    else:
        votes = {}
        for place in longest:
            if place in proses:
                language, score = ("en", 1.0) if _is_surely(proses[place], "en") else detect(proses[place])
                votes[language] = votes.get(language, 0.0) + score * min(letters[place], SAMPLE_CHARACTERS)
    main, weight = min(votes.items(), key=lambda vote: (-vote[1], vote[0]))
    hinted = normal_hint(hint)
    if hinted in PLAUSIBLE and (weight < SURE or main == UNKNOWN):
        main = hinted
    for place in members:
        if letters[place] < SHORT_LETTERS:
            continue
        languages[place] = main
        if place in proses and not _looks_alike(proses[place], main):
            language, score = detect(proses[place])
            # Unsure as the model may be, English without a word of English is none.
            is_other = score >= SURE or (
                main == "en" and not common_word_count(proses[place], len(proses[place]), main)
            )
            languages[place] = language if is_other and language != UNKNOWN else main
    return main


def _is_surely(prose: str, language: str) -> bool:
    """Say whether a text has so many common words of a language that the model need not be asked."""
    length = min(len(prose), SAMPLE_CHARACTERS)
    return common_word_count(prose, length, language) >= 1 + length // CHARACTERS_PER_WORD


def _looks_alike(prose: str, language: str) -> bool:
    """Say whether a block of such a document need not be asked about: surely so, or short and unlike others."""
    if _is_surely(prose, language):
        return True
    return len(prose) < SAMPLE_CHARACTERS and prose.isascii() and not has_foreign_words(prose, len(prose), language)


def _filled(
    languages: list[str | None],
    scripts: list[str | None],
    main_of_script: dict[str, str],
    leading_script: str | None,
    levels: Sequence[int],
    hint: str | None,
) -> list[str]:
    """Give blocks without a language that of a neighbour, of the same script if there is one.

    Only blocks in the script that leads the document need no neighbour in it.
    """
    places = range(len(languages))
    before: list[int | None] = []
    last = None
    for place in places:
        before.append(last)
        last = place if languages[place] else last
    filled: list[str] = []
    following: int | None = None
    after: list[int | None] = []
    for place in reversed(places):
        after.append(following)
        following = place if languages[place] else following
    after.reverse()
    for place in places:
        own = languages[place]
        if own is None:
            # A heading belongs to what follows it.
            sides = (after[place], before[place]) if levels[place] else (before[place], after[place])
            around = [other for other in sides if other is not None]
            alike = [other for other in around if scripts[other] == scripts[place] or scripts[place] is None]
            script = scripts[place]
            if alike or (around and script != leading_script):
                own = languages[(alike or around)[0]]
            else:
                own = main_of_script.get(script) if script else None
        filled.append(own or normal_hint(hint) or UNKNOWN)
    return filled
