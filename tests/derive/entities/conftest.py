"""A gazetteer for all tests of entities, compiled once."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.derive.entities.extractors import Extractors
from flows.derive.entities.gazetteer import Gazetteer
from flows.derive.entities.options import EntitySettings
from flows.resources import REFERENCE


@pytest.fixture(scope="session")
def gazetteer_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("gazetteer")


@pytest.fixture(scope="session")
def gazetteer(gazetteer_cache: Path) -> Gazetteer:
    return Gazetteer.open(REFERENCE, gazetteer_cache)


@pytest.fixture(scope="session")
def extractors(gazetteer_cache: Path, gazetteer: Gazetteer) -> Extractors:
    """The packaged extractors, loaded once for all tests."""
    return Extractors(EntitySettings(REFERENCE, cache=gazetteer_cache))
