"""The extractors of a worker: made when a text of their language comes, once a process, or noted as missing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, MutableMapping, Sequence
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from flows.derive.entities.gazetteer import Gazetteer
from flows.derive.entities.lexicon import Lexicon, lexicon_of
from flows.derive.entities.mention import Extractor, Paragraph, RawMention

# Longer batches use more memory and are not faster.
BATCH_CHARACTERS = 60_000
# What stands in `mentions.extractor` where no model was needed.
GAZETTEER = "gazetteer"


class EntitySettings(NamedTuple):
    """How entities are found; picklable, so that workers can be given it.

    `reference`: folder of our lists. `more_files`: a user's own, in the same columns. `cache`: folder for the
    compiled gazetteer. `extractors`: language -> what finds names there instead of the default: `spacy:MODEL`,
    `gliner:MODEL`, or `package.module:factory`, called without arguments; for `none`, nothing does.
    """

    reference: Path
    more_files: tuple[Path, ...] = ()
    cache: Path | None = None
    extractors: tuple[tuple[str, str], ...] = ()


class Extractors:
    """The extractors, lexicons and gazetteer of one process. Cheap to make: all is loaded when it is needed."""

    def __init__(self, settings: EntitySettings) -> None:
        self._settings = settings
        self._named = dict(settings.extractors)
        self._loaded: dict[str, Extractor | None] = {}
        self._lexicons: dict[str, Lexicon] = {}
        # Language -> why nothing but known names is found in it.
        self.missing: dict[str, str] = {}

    @cached_property
    def base_gazetteer(self) -> Gazetteer:
        """The packaged names: what models were trained with, so that a user's line changes no paragraph's mentions."""
        return Gazetteer.open(self._settings.reference, self._settings.cache)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """All known names, the user's included."""
        return self.base_gazetteer.with_files(self._settings.more_files)

    def lexicon(self, language: str) -> Lexicon:
        """Return the known names to look for in a language."""
        if language not in self._lexicons:
            self._lexicons[language] = lexicon_of(language, self.gazetteer)
        return self._lexicons[language]

    def for_language(self, language: str) -> Extractor | None:
        """Return the extractor of a language (BCP 47), or None; why a known one is missing is in `missing`."""
        primary = language.partition("-")[0]
        if primary not in self._loaded:
            try:
                self._loaded[primary] = self._load(primary)
            # A model that is broken, or of another version, may raise anything; the build goes on without it.
            except Exception as error:
                self._loaded[primary] = None
                self.missing[primary] = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        return self._loaded[primary]

    def _load(self, language: str) -> Extractor | None:
        if named := self._named.get(language):
            return _named_extractor(named, language)
        factory = _DEFAULTS.get(language)
        return factory(self.base_gazetteer) if factory else None

    def find(
        self, paragraphs: Sequence[Paragraph], known: MutableMapping[bytes, list[RawMention]] | None = None
    ) -> tuple[list[list[RawMention]], list[str]]:
        """Return the mentions of each paragraph as its language's extractor sees them, and that extractor's name.

        `known` maps paragraph keys to mentions found earlier; new ones are added. The same paragraph is run once.
        """
        cache: MutableMapping[bytes, list[RawMention]] = {} if known is None else known
        keys: list[bytes | None] = []
        names: list[str] = []
        wanted: dict[str, dict[bytes, str]] = {}
        for paragraph in paragraphs:
            extractor = self.for_language(paragraph.language)
            key = paragraph_key(extractor, paragraph.text) if extractor else None
            keys.append(key)
            names.append(extractor.name if extractor else GAZETTEER)
            if key is not None and key not in cache:
                wanted.setdefault(paragraph.language.partition("-")[0], {})[key] = paragraph.text
        for language, texts in wanted.items():
            extractor = self.for_language(language)
            assert extractor is not None
            for batch in _batches(list(texts.items())):
                cache.update(
                    zip((key for key, _ in batch), extractor.extract([text for _, text in batch]), strict=True)
                )
        return [cache[key] if key is not None else [] for key in keys], names


def paragraph_key(extractor: Extractor, text: str) -> bytes:
    """Return 16 bytes that stand for a paragraph's mentions: they depend on nothing else."""
    header = f"{extractor.name}\0{extractor.version}\0".encode()
    return hashlib.blake2b(header + text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _batches(texts: list[tuple[bytes, str]]) -> list[list[tuple[bytes, str]]]:
    batches: list[list[tuple[bytes, str]]] = []
    size = BATCH_CHARACTERS
    for item in texts:
        if size >= BATCH_CHARACTERS:
            batches.append([])
            size = 0
        batches[-1].append(item)
        size += len(item[1])
    return batches


def _named_extractor(name: str, language: str) -> Extractor | None:
    """Return the extractor of a setting: `none`, `spacy:MODEL`, `gliner:MODEL`, or an import path of a factory."""
    if name == "none":
        return None
    module, _, attribute = name.partition(":")
    if module == "spacy":
        from flows.derive.entities.english import EnglishExtractor
        from flows.derive.entities.spacy_model import SpacyModel

        return EnglishExtractor(None, spacy_model=SpacyModel([attribute]))
    if module == "gliner":
        from flows.derive.entities.gliner_model import GlinerExtractor

        return GlinerExtractor(attribute, language)
    extractor: Extractor = getattr(import_module(module), attribute or "Extractor")()
    return extractor


def _english(gazetteer: Gazetteer) -> Extractor:
    from flows.derive.entities.english import EnglishExtractor

    return EnglishExtractor(lexicon_of("en", gazetteer), lexicon_version=gazetteer.version)


def _chinese(gazetteer: Gazetteer) -> Extractor:
    from flows.derive.entities.chinese import ChineseExtractor

    return ChineseExtractor(lexicon_of("zh", gazetteer), lexicon_version=gazetteer.version)


_DEFAULTS: dict[str, Callable[[Gazetteer], Extractor]] = {"en": _english, "zh": _chinese}
