"""The one list of problem codes, and the page that documents it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flows.problems import CODES, Problem

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "front-matter.md"
POLICY_CODES = {
    *(
        "encoding_guessed",
        "suspicious_fence",
        "front_matter_unclosed",
        "front_matter_not_mapping",
        "duplicate_key",
    ),
    *("front_matter_invalid", "front_matter_too_large", "key_not_text", "invalid_date", "file_too_large"),
    *("file_unreadable", "not_text"),
}


def test_the_page_lists_every_code_and_no_other() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert {code: (severity, meaning) for code, severity, meaning in rows} == CODES


def test_the_codes_of_the_policies_are_there_and_severities_are_known() -> None:
    assert set(CODES) >= POLICY_CODES
    assert {severity for severity, _ in CODES.values()} <= {"info", "warning", "error"}


@pytest.mark.parametrize("module", sorted((ROOT / "flows").rglob("*.py")), ids=lambda path: path.name)
def test_every_code_in_use_is_documented(module: Path) -> None:
    used = re.findall(r"Problem(?:Error)?\(\s*(?:code=)?\"(\w+)\"", module.read_text(encoding="utf-8"))
    assert set(used) <= set(CODES)


def test_a_problem_knows_its_severity() -> None:
    assert Problem("not_text", "no text").severity == "error"
