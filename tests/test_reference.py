"""The reference pages are what the code says."""

from __future__ import annotations

import pytest

from flows import reference


@pytest.mark.parametrize("name", sorted(reference.PAGES))
def test_page_is_what_make_docs_writes(name: str) -> None:
    written = (reference.DOCS / name).read_text(encoding="utf-8")
    assert written == reference.PAGES[name](), f"docs/{name} differs from the code: run `make docs`"


def test_readme_lists_the_objects_there_are() -> None:
    readme = reference.README.read_text(encoding="utf-8")
    assert readme == reference.with_list(readme), "the README's list differs from the code: run `make docs`"


def test_every_setting_has_a_meaning() -> None:
    for _, struct in reference._structs():
        meanings = reference._meanings(struct)
        assert set(struct.__struct_fields__) - set(meanings) <= {"sources"}
