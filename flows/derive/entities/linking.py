"""The identity of a name: a country's code, a city's GeoNames id, an id of our lists, else the name itself."""

from __future__ import annotations

from flows.derive.entities.gazetteer import Gazetteer
from flows.derive.entities.mention import NAME_KINDS
from flows.derive.entities.reference import normal_name


def entity_id_of(kind: str, name: str, gazetteer: Gazetteer) -> str:
    """Return the id of a name: a known entity's where the kind agrees, else `kind:normal name`."""
    if kind in NAME_KINDS:
        known = gazetteer.find(name)
        if known is not None and gazetteer.kind_of(known) == kind:
            return known
    return f"{kind}:{normal_name(name) or name.casefold()}"
