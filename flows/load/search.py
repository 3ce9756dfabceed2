"""Full-text search over the published version, in every language, best documents first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from flows.derive.search_text import folded, query_text, query_words
from flows.derive.tags import canonical_tag
from flows.errors import UsageError
from flows.load.database import literal, run_sql, set_variables
from flows.load.search_index import open_index
from flows.load.snippets import snippet
from flows.load.warehouse import Warehouse


class Filters(NamedTuple):
    """What a document must be to count: published since a day, with a tag, in a language, of a source."""

    since: str | None = None
    tag: str | None = None
    language: str | None = None
    source: str | None = None


EVERYTHING = Filters()


def search(
    warehouse: Warehouse,
    query: str,
    limit: int,
    filters: Filters = EVERYTHING,
    on_build: Callable[[str], None] = lambda message: None,
) -> list[dict[str, Any]]:
    """Return the best documents for a query: document_id, source, path, title, published_at, language, score, snippet.

    In a snippet, what was found stands between `**` and `**`. Raises UsageError for a query without a word in it.
    """
    words = query_words(query)
    if not words:
        raise UsageError(f"there is no word in {query!r} to search for")
    with open_index(warehouse, on_build) as con:
        set_variables(
            con,
            query=query_text(query),
            since=_day(filters.since),
            tag=canonical_tag(filters.tag) if filters.tag else None,
            language=filters.language,
            source=filters.source,
            hit_limit=limit,
        )
        columns = ("document_id", "source", "path", "title", "published_at", "language", "score")
        hits = [dict(zip(columns, row, strict=True)) for row in run_sql(con, "search/hits.sql")]
        set_variables(con, hits=[str(hit["document_id"]) for hit in hits])
        texts = dict(run_sql(con, "search/hit_texts.sql"))
        stems = _stems(con, words)
    return [{**hit, "snippet": snippet(texts.get(hit["document_id"]) or hit["title"], stems)} for hit in hits]


def _stems(con: Any, words: list[str]) -> list[str]:
    """Return how words of a text begin that answer a query: the stems that the index has."""
    [row] = con.execute(f"select {', '.join(f'''stem({literal(word)}, 'english')''' for word in words)}").fetchall()
    return [stem if word.isascii() else folded(word) for stem, word in zip(row, words, strict=True)]


def _day(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--since takes a day such as 2025-01-31, not {text!r}") from error
    return datetime(day.year, day.month, day.day, tzinfo=UTC).isoformat()
