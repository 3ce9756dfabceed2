"""One content, all its rows: the one place where the families of derived fields are put together."""

from __future__ import annotations

from flows.derive.fields import field_rows, front_matter_json
from flows.derive.metadata import Metadata, derive_metadata
from flows.derive.shards import Rows
from flows.derive.tasks import DerivationOptions
from flows.extract import Extraction, extract
from flows.problems import Problem


def derive_content(content_id: bytes, data: bytes, options: DerivationOptions, rows: Rows) -> None:
    """Read a file's bytes and append its rows to the tables of `rows`, columns as in `flows.derive.tables`."""
    extraction = extract(data)
    profile_id = options.profile.profile_id
    if extraction.status == "rejected":
        rows["rejected"].append((content_id, data))
        metadata = Metadata()
    else:
        metadata = derive_metadata(extraction, options.profile)
        rows["contents"].append(_content_row(content_id, len(data), extraction))
        rows["fields"] += [(content_id, *field) for field in field_rows(extraction.front_matter)]
    tags = list(dict.fromkeys(tag.strip().casefold() for tag in metadata.tags_raw))
    rows["metadata"].append((content_id, profile_id, *metadata[:6], tags))
    rows["tags"] += [
        (content_id, profile_id, position, tag.strip().casefold(), tag, "front_matter")
        for position, tag in enumerate(metadata.tags_raw)
    ]
    for position, problem in enumerate((*extraction.problems, *metadata.problems)):
        rows["problems"].append((content_id, profile_id, position, *_problem_cells(problem)))


def _content_row(content_id: bytes, byte_count: int, extraction: Extraction) -> tuple[object, ...]:
    return (
        content_id,
        byte_count,
        extraction.encoding,
        extraction.front_matter_format,
        extraction.opening,
        extraction.front_matter_raw,
        extraction.closing,
        front_matter_json(extraction.front_matter),
        extraction.body,
        *(None, None, None, 0, 0, 0, 0, 0.0),
    )


def _problem_cells(problem: Problem) -> tuple[object, ...]:
    return (
        problem.stage,
        problem.code,
        problem.severity,
        problem.message,
        problem.line,
        problem.column_number,
        problem.excerpt,
    )
