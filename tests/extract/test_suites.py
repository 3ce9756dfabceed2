"""Public front matter suites, and real collections, where they are there."""

from __future__ import annotations

import json
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.extract.extraction import Extraction, extract

STAYS_IN_BODY = "the suite wants any lines between fences; our policy leaves what has no keys in the body"
EXCEPTIONS = {
    "micromark/should-support-yaml-w-content": STAYS_IN_BODY,
    "micromark/should-support-content-after-yaml": STAYS_IN_BODY,
    "micromark/should-support-content-in-yaml": STAYS_IN_BODY,
    "micromark/should-support-blank-lines-in-yaml": STAYS_IN_BODY,
    "hexo-front-matter/yaml": STAYS_IN_BODY,
    "hexo-front-matter/no-content": STAYS_IN_BODY,
    "hexo-front-matter/content-conflict": STAYS_IN_BODY,
}
"""Cases that our policies answer otherwise, each with the reason."""


def disagreements(case: dict[str, Any], extraction: Extraction) -> list[str]:
    """Say where an extraction differs from what a suite states.

    The suites strip bodies and the last line end of raw front matter; here both are exact. Where a suite
    wants an error, here the document is loaded with a problem that says so.
    """
    if case["fmt"] == "error":
        codes = {problem.code for problem in extraction.problems}
        return [] if codes & {"front_matter_invalid", "front_matter_not_mapping"} else [f"no error but {codes}"]
    found = {
        "fmt": extraction.front_matter_format,
        "meta": extraction.front_matter,
        "raw": extraction.front_matter_raw.rstrip("\r\n"),
        "body": extraction.body.strip(),
    }
    wanted = {key: case[key] for key in found if case.get(key) is not None}
    if "raw" in wanted:
        wanted["raw"] = wanted["raw"].rstrip("\r\n")
    if "body" in wanted:
        wanted["body"] = wanted["body"].strip()
    return [f"{key}: {found[key]!r} is not {value!r}" for key, value in wanted.items() if found[key] != value]


def test_the_public_suites_agree(shared: Path) -> None:
    lines = (shared / "suites" / "front_matter_cases.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    assert len(cases) == 149
    failed = {}
    for case in cases:
        extraction = extract(case["input"].encode())
        if reasons := disagreements(case, extraction):
            failed[case["id"]] = reasons
            if case["id"] in EXCEPTIONS:
                assert [problem.code for problem in extraction.problems] == ["front_matter_not_mapping"]
                assert extraction.body == case["input"]
    assert {name: reasons for name, reasons in failed.items() if name not in EXCEPTIONS} == {}
    assert set(EXCEPTIONS) <= set(failed), "an exception that is none any more"


CORPORA = {
    # name: files, formats, problem codes that are explained by the files themselves
    "mdn-content": (12_896, {"yaml": 12_896}, {}),
    "astro-docs": (2_584, {"yaml": 2_569, "none": 15}, {}),
    "rust-blog": (756, {"toml": 754, "none": 2}, {}),
    "simonw-til": (578, {"none": 578}, {}),
    "hugo-coderzh": (350, {"yaml": 349, "none": 1}, {"control_character": 6}),
    "jekyll-repo": (319, {"yaml": 304, "none": 15}, {"front_matter_invalid": 1, "front_matter_unclosed": 1}),
    "gcloud-news-ja": (630, {"yaml": 2, "none": 628}, {}),
}


def files_of(archive: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(archive) as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isfile() else None
            if content:
                yield member.name, content.read()


@pytest.mark.parametrize("name", CORPORA)
def test_every_file_of_a_corpus_is_loaded_and_its_problems_are_known(shared: Path, name: str) -> None:
    archive = shared / "corpora" / f"{name}.tar.gz"
    if not archive.is_file():
        pytest.skip(f"{archive.name} is not among the shared corpora")
    count, formats, codes = CORPORA[name]
    extractions = {path: extract(data) for path, data in files_of(archive)}
    assert len(extractions) == count
    assert {extraction.status for extraction in extractions.values()} == {"loaded"}
    assert Counter(extraction.front_matter_format for extraction in extractions.values()) == formats
    assert Counter(problem.code for found in extractions.values() for problem in found.problems) == codes
    if name == "hugo-coderzh":
        assert sum("\r\n" in extraction.body for extraction in extractions.values()) == 299
    if name == "jekyll-repo":
        [wide] = [found for found in extractions.values() if found.encoding == "utf-16-le"]
        assert wide.front_matter
