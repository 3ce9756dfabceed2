"""The identity of a name: a country's code, a city's GeoNames id, an id of our lists, else the name itself."""

from __future__ import annotations

import re

from flows.derive.entities.gazetteer import Gazetteer
from flows.derive.entities.mention import NAME_KINDS, Entity
from flows.derive.entities.reference import normal_name

_HAN = re.compile(r"[\u3400-\u9fff]")
_KEY = re.compile(r"(person|place|organisation|group|event|work|product|date|money|percentage):(.+)", re.S)


def entity_id_of(kind: str, name: str, gazetteer: Gazetteer) -> str:
    """Return the id of a name: a known entity's where the kind agrees, else `kind:normal name`."""
    if kind in NAME_KINDS:
        known = gazetteer.find(name)
        if known is not None and gazetteer.kind_of(known) == kind:
            return known
    return f"{kind}:{normal_name(name) or name.casefold()}"


def entity_of(entity_id: str, name: str, gazetteer: Gazetteer) -> Entity:
    """Return the entity of an id; one that no list knows is described by `name`, as a document writes it."""
    if (known := gazetteer.entity(entity_id)) is not None:
        return known
    found = _KEY.fullmatch(entity_id)
    is_han = _HAN.search(name) is not None
    return Entity(
        entity_id,
        found.group(1) if found else "person",
        name,
        None if is_han else name,
        name if is_han else None,
    )
