"""One content, all its rows: the one place where the families of derived fields are put together."""

from __future__ import annotations

from flows.derive.fields import field_rows, front_matter_json
from flows.derive.metadata import Metadata, derive_metadata
from flows.derive.segments import derive_counts, derive_segments
from flows.derive.shards import Rows
from flows.derive.structure import parse_structure
from flows.derive.tags import derive_tags, inline_tags
from flows.derive.tasks import DerivationOptions
from flows.extract import Extraction, extract
from flows.problems import Problem


def derive_content(content_id: bytes, data: bytes, options: DerivationOptions, rows: Rows) -> None:
    """Read a file's bytes and append its rows to the tables of `rows`, columns as in `flows.derive.tables`."""
    extraction = extract(data)
    profile_id = options.profile.profile_id
    if extraction.status == "rejected":
        rows["rejected"].append((content_id, data))
        rows["metadata"].append((content_id, profile_id, *Metadata()[:6], []))
        _add_problems(rows, content_id, profile_id, extraction.problems)
        return

    metadata = derive_metadata(extraction, options.profile)
    structure = parse_structure(extraction.body)
    segments = derive_segments(structure, metadata.language_hint)
    counts = derive_counts(structure, segments)
    tags = derive_tags(metadata.tags_raw, inline_tags(block.text for block in structure.blocks))

    first_heading = next((section.title for section in structure.sections if section.title), None)
    rows["contents"].append((content_id, len(data), *_extracted(extraction), first_heading, *counts))
    rows["fields"] += [(content_id, *field) for field in field_rows(extraction.front_matter)]
    rows["sections"] += [(content_id, *section) for section in structure.sections]
    rows["links"] += [(content_id, *link) for link in structure.links]
    rows["segments"] += [(content_id, *segment) for segment in segments]
    document_tags = list(dict.fromkeys(tag.tag for tag in tags))
    rows["metadata"].append((content_id, profile_id, *metadata[:6], document_tags))
    rows["tags"] += [(content_id, profile_id, *tag) for tag in tags]
    _add_problems(rows, content_id, profile_id, [*extraction.problems, *metadata.problems])


def _extracted(extraction: Extraction) -> tuple[object, ...]:
    return (
        extraction.encoding,
        extraction.front_matter_format,
        extraction.opening,
        extraction.front_matter_raw,
        extraction.closing,
        front_matter_json(extraction.front_matter),
        extraction.body,
    )


def _add_problems(rows: Rows, content_id: bytes, profile_id: str, problems: list[Problem]) -> None:
    rows["problems"] += [
        (
            *(content_id, profile_id, position),
            *(problem.stage, problem.code, problem.severity, problem.message),
            *(problem.line, problem.column_number, problem.excerpt),
        )
        for position, problem in enumerate(problems)
    ]
