"""The extractors of a worker: made when a text of their language comes, once a process, or noted as missing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from importlib import import_module

from flows.derive.entities.gazetteer import Gazetteer
from flows.derive.entities.lexicon import WRITTEN_TOGETHER, Lexicon, lexicon_of, wider_lexicon
from flows.derive.entities.mention import Extractor, Paragraph, RawMention
from flows.derive.entities.options import EntitySettings, extractor_identity
from flows.derive.failures import derive_all_but_failing, described, may_be_of_texts
from flows.errors import DatelineError

# Longer batches use more memory and are not faster.
BATCH_CHARACTERS = 60_000
# What stands in `mentions.extractor` where no model was needed.
GAZETTEER = "gazetteer"

# What an extractor that can be used does not fail on.
PLAIN = "A plain text in plain words."

# What is known of a paragraph: the name of the extractor that read it, and what it found.
Finding = tuple[str, list[RawMention]]
Findings = MutableMapping[bytes, Finding]


class Extractors:
    """The extractors, lexicons and gazetteer of one process. Cheap to make: all is loaded when it is needed."""

    def __init__(self, settings: EntitySettings) -> None:
        self._settings = settings
        self._named = dict(settings.extractors)
        self._loaded: dict[str, Extractor | None] = {}
        self._identities: dict[str, str] = {}
        # With a user's own names and without: the same ones, where there are none.
        self._lexicons: dict[tuple[str, bool], Lexicon] = {}
        # Language -> why nothing but known names is found in it.
        self.missing: dict[str, str] = {}
        self._failures: list[tuple[str, str]] = []

    @cached_property
    def base_gazetteer(self) -> Gazetteer:
        """The packaged names: what models were trained with, so that a user's line changes no paragraph's mentions."""
        return Gazetteer.open(self._settings.reference, self._settings.cache)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """All known names, the user's included."""
        return self.base_gazetteer.with_files(self._settings.more_files)

    @cached_property
    def _wider_lexicon(self) -> Lexicon:
        return wider_lexicon(self.gazetteer)

    def lexicon(self, language: str) -> Lexicon:
        """Return the known names to look for in a language."""
        return self._lexicon_of(language, self.gazetteer)

    def _lexicon_of(self, language: str, gazetteer: Gazetteer) -> Lexicon:
        key = (language, gazetteer is self.base_gazetteer)
        if key not in self._lexicons:
            needs_wider = language not in ("en", "zh") and language not in WRITTEN_TOGETHER
            wider = self._wider_lexicon if needs_wider else None
            self._lexicons[key] = lexicon_of(language, gazetteer, wider)
        return self._lexicons[key]

    def identity(self, language: str) -> str:
        """Return what an extractor's mentions depend on beside the text, without loading it; `` if there is none."""
        if language not in self._identities:
            self._identities[language] = extractor_identity(language, self._settings)
        return self._identities[language]

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
        if factory := _DEFAULTS.get(language):
            return factory(self._lexicon_of(language, self.base_gazetteer), self.base_gazetteer.version)
        return None

    def take_failures(self) -> list[tuple[str, str]]:
        """Return the language of each paragraph that its extractor failed on since this was asked last, and why."""
        taken, self._failures = self._failures, []
        return taken

    def find(
        self, paragraphs: Sequence[Paragraph], known: Findings | None = None
    ) -> tuple[list[list[RawMention]], list[str]]:
        """Return the mentions of each paragraph as its language's extractor sees them, and that extractor's name.

        `known` maps paragraph keys to what was found earlier; new findings are added. The same paragraph is run once,
        and an extractor that has nothing to run is not loaded.
        """
        findings: Findings = {} if known is None else known
        keys = [self.key(paragraph) for paragraph in paragraphs]
        wanted: dict[str, dict[bytes, str]] = {}
        for paragraph, key in zip(paragraphs, keys, strict=True):
            if key is not None and key not in findings:
                wanted.setdefault(paragraph.language.partition("-")[0], {})[key] = paragraph.text
        for language, texts in wanted.items():
            if extractor := self.for_language(language):
                with _one_thread():
                    for batch in _batches(list(texts.items())):
                        findings.update(self._extracted(extractor, language, dict(batch)))
        nothing: Finding = (GAZETTEER, [])
        answers = [findings.get(key, nothing) if key is not None else nothing for key in keys]
        return [mentions for _, mentions in answers], [name for name, _ in answers]

    def _extracted(self, extractor: Extractor, language: str, texts: dict[bytes, str]) -> Findings:
        """Return what an extractor finds in each text but those that it fails on, which is no reason to stop."""

        def extract(some: Mapping[bytes, str]) -> Findings:
            found = extractor.extract(list(some.values()))
            return {key: (extractor.name, mentions) for key, mentions in zip(some, found, strict=True)}

        try:
            parts, failed = derive_all_but_failing(texts, extract, PLAIN)
        except Exception as error:
            if not may_be_of_texts(error):
                raise
            message = f"the extractor {extractor.name} of {language!r} fails, on a plain text too: {described(error)}"
            raise DatelineError(message) from error
        self._failures += [(language, reason) for reason in failed.values()]
        return {key: finding for part in parts for key, finding in part.items()}

    def key(self, paragraph: Paragraph) -> bytes | None:
        """Return 16 bytes that a paragraph's mentions depend on, and on nothing else; None for no extractor."""
        identity = self.identity(paragraph.language.partition("-")[0])
        return paragraph_key(identity, paragraph.text) if identity else None


def paragraph_key(identity: str, text: str) -> bytes:
    """Return 16 bytes for a text and the identity of the extractor that reads it."""
    return hashlib.blake2b(f"{identity}\0{text}".encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _one_thread() -> AbstractContextManager[object]:
    """Sums of matrix products are made in another order by more threads, and workers have a core each."""
    from threadpoolctl import threadpool_limits

    limits: AbstractContextManager[object] = threadpool_limits(limits=1, user_api="blas")
    return limits


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
    """Return the extractor of a setting: `none`, a spaCy model, `gliner:MODEL`, or an import path of a factory."""
    if name == "none":
        return None
    module, separator, attribute = name.partition(":")
    if not separator:
        from flows.derive.entities.english import EnglishExtractor
        from flows.derive.entities.spacy_model import SpacyModel

        return EnglishExtractor(None, spacy_model=SpacyModel([name]))
    if module == "gliner":
        from flows.derive.entities.gliner_model import GlinerExtractor

        return GlinerExtractor(attribute, language)
    extractor: Extractor = getattr(import_module(module), attribute)()
    return extractor


def _english(lexicon: Lexicon, version: str) -> Extractor:
    from flows.derive.entities.english import EnglishExtractor

    return EnglishExtractor(lexicon, lexicon_version=version)


def _chinese(lexicon: Lexicon, version: str) -> Extractor:
    from flows.derive.entities.chinese import ChineseExtractor

    return ChineseExtractor(lexicon, lexicon_version=version)


_DEFAULTS: dict[str, Callable[[Lexicon, str], Extractor]] = {"en": _english, "zh": _chinese}
