"""What runs say of themselves."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ServerDisconnectedError
from botocore.exceptions import EndpointConnectionError, NoCredentialsError, ReadTimeoutError

from flows.errors import ChecksFailedError, DatelineError, SourceError, StorageError
from flows.run_summary import account, check_rows, failure, markdown_table, run_name

ROW: dict[str, Any] = {
    "run_id": "20250101T000000Z-0001",
    "published": True,
    "documents": 1234,
    "files_added": 1200,
    "files_edited": 0,
    "files_renamed": 0,
    "files_deleted": 2,
    "files_rejected": 0,
    "files_unchanged": 34,
    "seconds": {"load": 0.5, "derive": 2.0, "check": 0.1, "copy": 0.2, "transform": 0.3, "publish": 0.05},
    "notes": ["the clock was wrong"],
}
SUMMARY: dict[str, Any] = {
    "sources": [{"source": "news"}],
    "problems": [{"code": "invalid_date", "severity": "warning", "source": "a|b", "problems": 3}],
}


@pytest.mark.parametrize(
    ("sources", "changes", "expected"),
    [
        (["news"], {}, "news: 1,200 added, 2 deleted"),
        (["news"], {"published": False}, "news: nothing to do"),
        (["a", "b", "c", "d", "e"], {"files_added": 0, "files_deleted": 0}, "a, b, c and 2 more: derived again"),
    ],
)
def test_run_name(sources: list[str], changes: dict[str, Any], expected: str) -> None:
    assert run_name(sources, {**ROW, **changes}) == expected


def test_account_has_changes_problems_stages_and_links(tmp_path: Path) -> None:
    text = account(ROW, SUMMARY, {"report": tmp_path})
    assert "1,234 documents in 1 sources" in text
    assert "| deleted | 2 |" in text
    assert "| invalid_date | warning | a\\|b | 3 |" in text
    assert text.index("| derive | 2 |") < text.index("| load | 0.5 |")
    assert "| publish |" not in text
    assert "- the clock was wrong" in text
    assert f"({tmp_path.as_uri()})" in text


def test_failing_checks_come_first() -> None:
    checks = [
        {"name": "good", "failures": 0, "severity": "error", "meaning": "All is well."},
        {"name": "bad", "failures": 1200, "severity": "warning", "meaning": "Nothing is."},
    ]
    assert [(row["check"], row["outcome"]) for row in check_rows(checks)] == [
        ("bad", "fails: 1,200 rows"),
        ("good", "holds"),
    ]


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (ChecksFailedError("x"), "Mend the files"),
        (StorageError("disk full"), "Make room"),
        (SourceError("gone"), "dateline build --direct"),
    ],
)
def test_failure_says_stage_and_what_to_do(error: DatelineError, advice: str) -> None:
    assert failure(error, Path("w")).startswith("before the first stage: ")
    error.stage = "load"
    text = failure(error, Path("w"))
    assert text.startswith(f"in stage load: {error}")
    assert advice in text
    assert text.endswith("The published version is as it was.")
    error.stage = "write exports"
    assert failure(error, Path("w")).endswith("The build before it is published; exports of the version before stand.")


def test_empty_table_is_a_word() -> None:
    assert markdown_table(("a",), []) == "None."


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OSError(errno.ESTALE, "stale"), True),
        (OSError(errno.ENOSPC, "full"), False),
        (ConnectionResetError("reset"), True),
        (TimeoutError(), True),
        (EndpointConnectionError(endpoint_url="s3"), True),
        (ReadTimeoutError(endpoint_url="s3"), True),
        (ServerDisconnectedError(), True),
        (NoCredentialsError(), False),
        (ValueError("other"), False),
        (None, False),
    ],
)
def test_only_what_may_pass_is_tried_again(error: Exception | None, expected: bool) -> None:
    from prefect.states import Failed

    from flows.build import is_transient

    wrapped = SourceError("cannot be listed")
    wrapped.__cause__ = error
    for failed in (error, wrapped):
        assert is_transient(None, None, Failed(data=failed)) == expected  # type: ignore[arg-type]  # not looked at
