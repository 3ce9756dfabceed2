"""One content, all its rows: the one place where the families of derived fields are put together."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flows.derive.fields import field_rows, front_matter_json
from flows.derive.languages import stated_language
from flows.derive.metadata import Metadata, derive_metadata
from flows.derive.parity import compare_halves
from flows.derive.profile import Profile
from flows.derive.prose import proses_of
from flows.derive.segments import derive_counts, derive_segments
from flows.derive.shards import Rows
from flows.derive.similarity import signature
from flows.derive.structure import Structure, parse_structure
from flows.derive.tables import CONTENT_TABLES, FAMILIES
from flows.derive.tag_rules import derive_rule_tags
from flows.derive.tags import derive_tags, inline_tags
from flows.derive.tasks import DerivationOptions
from flows.derive.terms import best_terms, count_words
from flows.extract.extraction import Extraction, extract
from flows.problems import Problem


def derive_content(content_id: bytes, data: bytes, options: DerivationOptions, rows: Rows) -> None:
    """Read a file's bytes and append its rows to the tables of `rows`, columns as in `flows.derive.tables`."""
    extraction = extract(data)
    if extraction.status == "rejected":
        rows["rejected"].append((content_id, data))
        rows["metadata"].append((content_id, options.profile.profile_id, *Metadata()[:6], []))
        _add_problems(rows, content_id, options.profile, extraction.problems)
        return
    columns = {"byte_count": len(data), "encoding": extraction.encoding}
    columns |= derive_families(content_id, extraction, options, rows, FAMILIES)
    rows["contents"].append(
        (content_id, *(columns[name] for name in CONTENT_TABLES["contents"] if name != "content_id"))
    )


def derive_families(
    content_id: bytes, extraction: Extraction, options: DerivationOptions, rows: Rows, families: Collection[str]
) -> dict[str, Any]:
    """Append the rows of some families for one content, and return their columns of `contents` by name.

    A new derived field goes here: a pure module, a column or table in `flows.derive.tables`, and a call.
    """
    columns: dict[str, Any] = {}
    structure = parse_structure(extraction.body)
    if "extract" in families:
        rows["fields"] += [(content_id, *field) for field in field_rows(extraction.front_matter)]
        columns |= _extracted(extraction)
    if "structure" in families:
        rows["sections"] += [(content_id, *section) for section in structure.sections]
        rows["links"] += [(content_id, *link) for link in structure.links]
        rows["code_blocks"] += [(content_id, *block) for block in structure.code_blocks]
        columns |= structure.counts
        columns["source_url"], columns["source_host"] = structure.source_link or (None, None)
        columns["first_heading"] = next((section.title for section in structure.sections if section.title), None)
    segments = (
        [] if set(families) == {"metadata"} else derive_segments(structure, stated_language(extraction.front_matter))
    )
    if "language" in families:
        rows["segments"] += [(content_id, *segment) for segment in segments]
        columns |= derive_counts(structure, segments)._asdict()
    if "terms" in families:
        words = count_words(segments, _stated_title(extraction))
        rows["terms"].append((content_id, *best_terms(words.counts)))
        rows["rule_tags"] += [(content_id, *tag) for tag in derive_rule_tags(words.counts, segments)]
        columns["chinese_word_count"] = words.chinese_word_count
    if "similarity" in families:
        texts = [segment.text for segment in segments]
        numbers = signature(texts[0] if len(texts) == 1 else "\n\n".join(texts))
        if numbers is not None:
            rows["signatures"].append((content_id, numbers))
    if "quantities" in families:
        compared = compare_halves(segments)
        rows["quantities"] += [(content_id, *quantity, missing_in) for quantity, missing_in in compared]
    if "metadata" in families:
        _add_metadata(content_id, extraction, structure, options.profile, rows)
    return columns


def _stated_title(extraction: Extraction) -> str:
    # Whatever a profile reads as the title: terms are of the text, and the same for every profile.
    title = extraction.front_matter.get("title")
    return title if isinstance(title, str) else ""


def _add_metadata(
    content_id: bytes, extraction: Extraction, structure: Structure, profile: Profile, rows: Rows
) -> None:
    metadata = derive_metadata(extraction, profile)
    # A `#` in code is a colour, a comment or a macro.
    inline = inline_tags(proses_of(structure.marked)) if "#" in structure.marked else []
    tags = derive_tags(metadata.tags_raw, inline)
    document_tags = list(dict.fromkeys(tag.tag for tag in tags))
    rows["metadata"].append((content_id, profile.profile_id, *metadata[:6], document_tags))
    rows["tags"] += [(content_id, profile.profile_id, *tag) for tag in tags]
    _add_problems(rows, content_id, profile, [*extraction.problems, *metadata.problems])


def _extracted(extraction: Extraction) -> dict[str, Any]:
    return {
        "front_matter_format": extraction.front_matter_format,
        "opening": extraction.opening,
        "front_matter_raw": extraction.front_matter_raw,
        "closing": extraction.closing,
        "front_matter": front_matter_json(extraction.front_matter),
        "body": extraction.body,
    }


def _add_problems(rows: Rows, content_id: bytes, profile: Profile, problems: list[Problem]) -> None:
    rows["problems"] += [
        (
            *(content_id, profile.profile_id, position),
            *(problem.stage, problem.code, problem.severity, problem.message),
            *(problem.line, problem.column_number, problem.excerpt),
        )
        for position, problem in enumerate(problems)
    ]
