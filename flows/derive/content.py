"""Contents and all their rows: the one place where the families of derived fields are put together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from flows.derive.fields import field_rows, front_matter_json
from flows.derive.languages import stated_language
from flows.derive.metadata import Metadata, derive_metadata
from flows.derive.parity import compare_halves
from flows.derive.profile import Profile
from flows.derive.prose import proses_of
from flows.derive.segments import Segment, derive_counts, derive_segments
from flows.derive.shards import Rows
from flows.derive.similarity import signature
from flows.derive.structure import Structure, parse_structure
from flows.derive.tables import CONTENT_TABLES, FAMILIES
from flows.derive.tag_rules import derive_rule_tags
from flows.derive.tags import derive_tags, inline_tags, may_have_tags
from flows.derive.tasks import DerivationOptions
from flows.derive.terms import best_terms, count_words
from flows.extract.extraction import Extraction, extract
from flows.problems import Problem

T = TypeVar("T")

# So many contents go through a family before the next one's turn: its code and data stay in the processor's caches,
# which is a tenth of the time, and so do theirs.
GROUP = 32


@dataclass(slots=True)
class Content:
    """A content on its way through the families: what they hand on, and its columns of `contents` by name."""

    key: tuple[bytes]
    """Its id, as the first cell of its rows: a tuple, since adding two is the fastest way to a longer one."""
    extraction: Extraction
    columns: dict[str, Any] = field(default_factory=dict)
    structure: Structure = field(init=False)
    segments: list[Segment] = field(default_factory=list)


def derive_contents(contents: Iterable[tuple[bytes, bytes]], options: DerivationOptions, rows: Rows) -> None:
    """Read files' bytes, each with its id, and append their rows to `rows`, columns as in `flows.derive.tables`."""
    for group in _groups(contents):
        loaded: list[Content] = []
        for content_id, data in group:
            extraction = extract(data)
            if extraction.status == "rejected":
                _reject(content_id, data, extraction, options.profile, rows)
            else:
                columns = {"byte_count": len(data), "encoding": extraction.encoding}
                loaded.append(Content((content_id,), extraction, columns))
        _derive(loaded, options, rows, FAMILIES, CONTENT_TABLES["contents"])


def rederive_contents(
    texts: Iterable[tuple[bytes, str]],
    options: DerivationOptions,
    rows: Rows,
    families: Collection[str],
    columns: Iterable[str],
) -> None:
    """Append the rows of some families for stored texts, each with its content's id; `columns` of `contents`."""
    for group in _groups(texts):
        # Stored text is UTF-8 whatever the file was: what is said of its encoding stays as it is.
        contents = [Content((content_id,), extract(text.encode())) for content_id, text in group]
        _derive(contents, options, rows, families, columns)


def _groups(items: Iterable[T]) -> Iterator[list[T]]:
    remaining = iter(items)
    while group := list(islice(remaining, GROUP)):
        yield group


def _derive(
    contents: list[Content], options: DerivationOptions, rows: Rows, families: Collection[str], columns: Iterable[str]
) -> None:
    for content in contents:
        content.structure = parse_structure(content.extraction.body)
    if set(families) != {"metadata"}:
        for content in contents:
            content.segments = derive_segments(content.structure, stated_language(content.extraction.front_matter))
    for family in families:
        append = _FAMILY_ROWS[family]
        for content in contents:
            append(content, options.profile, rows)
    names = [name for name in columns if name != "content_id"]
    rows["contents"] += [(*content.key, *[content.columns[name] for name in names]) for content in contents]


def _add_extract(content: Content, _: Profile, rows: Rows) -> None:
    extraction = content.extraction
    rows["fields"] += [content.key + row for row in field_rows(extraction.front_matter)]
    content.columns |= {
        "front_matter_format": extraction.front_matter_format,
        "opening": extraction.opening,
        "front_matter_raw": extraction.front_matter_raw,
        "closing": extraction.closing,
        "front_matter": front_matter_json(extraction.front_matter),
        "body": extraction.body,
    }


def _add_structure(content: Content, _: Profile, rows: Rows) -> None:
    key, structure, columns = content.key, content.structure, content.columns
    rows["sections"] += [key + section for section in structure.sections]
    rows["links"] += [key + link for link in structure.links]
    rows["code_blocks"] += [key + block for block in structure.code_blocks]
    columns |= structure.counts
    columns["source_url"], columns["source_host"] = structure.source_link or (None, None)
    columns["first_heading"] = next((section.title for section in structure.sections if section.title), None)


def _add_language(content: Content, _: Profile, rows: Rows) -> None:
    rows["segments"] += [content.key + segment for segment in content.segments]
    content.columns |= derive_counts(content.structure, content.segments)._asdict()


def _add_terms(content: Content, _: Profile, rows: Rows) -> None:
    # Whatever a profile reads as the title: terms are of the text, and the same for every profile.
    title = content.extraction.front_matter.get("title")
    words = count_words(content.segments, title if isinstance(title, str) else "")
    rows["terms"].append(content.key + best_terms(words.counts))
    rows["rule_tags"] += [content.key + tag for tag in derive_rule_tags(words.counts, content.segments)]
    content.columns["chinese_word_count"] = words.chinese_word_count


def _add_similarity(content: Content, _: Profile, rows: Rows) -> None:
    texts = [segment.text for segment in content.segments]
    numbers = signature(texts[0] if len(texts) == 1 else "\n\n".join(texts))
    if numbers is not None:
        rows["signatures"].append((*content.key, numbers))


def _add_quantities(content: Content, _: Profile, rows: Rows) -> None:
    compared = compare_halves(content.segments)
    rows["quantities"] += [(*content.key, *quantity, missing_in) for quantity, missing_in in compared]


def _add_metadata(content: Content, profile: Profile, rows: Rows) -> None:
    [content_id], marked = content.key, content.structure.marked
    metadata = derive_metadata(content.extraction, profile)
    # A `#` in code is a colour, a comment or a macro.
    tags = derive_tags(metadata.tags_raw, inline_tags(proses_of(marked)) if may_have_tags(marked) else [])
    document_tags = list(dict.fromkeys(tag.tag for tag in tags))
    rows["metadata"].append((content_id, profile.profile_id, *metadata[:6], document_tags))
    rows["tags"] += [(content_id, profile.profile_id, *tag) for tag in tags]
    found = (content.extraction.problems, content.structure.problems, metadata.problems)
    _add_problems(rows, content_id, profile, [problem for problems in found for problem in problems])


# A new derived field goes here: a pure module, a column or table in `flows.derive.tables`, and a call in its family.
_FAMILY_ROWS: dict[str, Callable[[Content, Profile, Rows], None]] = {
    "extract": _add_extract,
    "structure": _add_structure,
    "language": _add_language,
    "terms": _add_terms,
    "similarity": _add_similarity,
    "quantities": _add_quantities,
    "metadata": _add_metadata,
}


def _reject(content_id: bytes, data: bytes, extraction: Extraction, profile: Profile, rows: Rows) -> None:
    rows["rejected"].append((content_id, data))
    rows["metadata"].append((content_id, profile.profile_id, *Metadata()[:6], []))
    _add_problems(rows, content_id, profile, extraction.problems)


def _add_problems(rows: Rows, content_id: bytes, profile: Profile, problems: list[Problem]) -> None:
    rows["problems"] += [
        (
            *(content_id, profile.profile_id, position),
            *(problem.stage, problem.code, problem.severity, problem.message),
            *(problem.line, problem.column_number, problem.excerpt),
        )
        for position, problem in enumerate(problems)
    ]
