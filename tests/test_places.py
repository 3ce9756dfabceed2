"""Sources that are no folders: a real git repository, a real S3 server, a real HTTP server, all on this machine."""

from __future__ import annotations

import functools
import http.server
import subprocess
import threading
from collections.abc import Callable, Iterator
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import pytest

from flows.errors import SourceError, UsageError
from flows.extract.discover import FoundFile
from flows.extract.places import list_place, open_place
from flows.source_arguments import source_of_argument

Build = Callable[..., dict[str, Any]]
Ask = Callable[..., list[tuple[Any, ...]]]
ENGLISH = "---\ntitle: Ferry\ndate: 2025-01-02\n---\nThe ferry sails at noon, and the harbour is quiet again.\n"
CHINESE = "---\ntitle: 渡轮\n---\n渡轮今天照常开航，海上风平浪静。\r\n"
PATHS = "select path, change from document_versions order by path, valid_from"


def git(repository: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.autocrlf=false")
    done = subprocess.run(
        ["git", "-C", str(repository), *identity, *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with two documents, one in a folder, and things that are no documents."""
    folder = tmp_path / "site"
    (folder / "docs" / ".hidden").mkdir(parents=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    (folder / "a.md").write_text(ENGLISH)
    (folder / "docs" / "c 你好.md").write_bytes(CHINESE.encode())
    (folder / "docs" / ".hidden" / "no.md").write_text("hidden")
    (folder / "code.py").write_text("print()")
    (folder / "link.md").symlink_to("a.md")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "first")
    return folder


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The endpoint of an S3 server."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Any:
    """An empty bucket of its own name, as boto3 sees it; the environment says where it is."""
    import boto3

    for name, value in (("AWS_ENDPOINT_URL", s3), ("AWS_ACCESS_KEY_ID", "key"), ("AWS_SECRET_ACCESS_KEY", "secret")):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    # Workers have the environment that their fork server began with: none of an earlier test.
    forkserver._forkserver._stop()  # type: ignore[attr-defined]
    bucket = boto3.resource("s3").Bucket(request.node.name.replace("_", "-")[:60].strip("-"))
    bucket.create()
    return bucket


def test_a_commit_is_built_whatever_the_checkout_holds(repository: Path, build: Build, ask: Ask) -> None:
    url = f"git+file://{repository}@main"
    row = build(url)
    commit = git(repository, "rev-parse", "main")
    assert row["files_added"] == 2
    assert f"site is at commit {commit[:12]}" in row["notes"]
    assert ask("select source, path, title from documents order by path") == [
        ("site", "a.md", "Ferry"),
        ("site", "docs/c 你好.md", "渡轮"),
    ]
    assert ask("select body from documents where title = '渡轮'") == [(CHINESE.partition("\n---\n")[2],)]
    assert ask("select root, revision from raw.sources") == [(url, commit)]
    (repository / "a.md").write_text("not committed")
    (repository / "docs" / "c 你好.md").touch()
    assert not build(url)["published"]


def test_commits_give_history(repository: Path, build: Build, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"git+file://{repository}"
    build(url)
    git(repository, "mv", "a.md", "b.md")
    (repository / "docs" / "c 你好.md").write_text(CHINESE + "今天有雨。\n")
    (repository / "docs" / "new.md").write_text("New.\n")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "second")
    row = build()
    assert (row["files_added"], row["files_edited"], row["files_renamed"], row["files_deleted"]) == (1, 1, 1, 0)
    assert ("b.md", "renamed") in ask(PATHS)
    git(repository, "rm", "--quiet", "b.md")
    git(repository, "commit", "--quiet", "-m", "third")
    monkeypatch.setattr("flows.extract.git_tree.GitTree.read", lambda *_: pytest.fail("a blob was read"))
    assert build()["files_deleted"] == 1


def test_a_folder_and_an_older_commit_of_a_repository(repository: Path, build: Build, ask: Ask) -> None:
    first = git(repository, "rev-parse", "HEAD")
    (repository / "docs" / "new.md").write_text("New.\n")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "second")
    build(f"old=git+file://{repository}@{first}#subdirectory=docs")
    assert ask("select source, path from documents") == [("old", "c 你好.md")]


@pytest.mark.parametrize("url", ["git+file:///nowhere", "git+file://{}@nothing", "git+https://example.org/site.git"])
def test_what_is_no_commit_is_said(url: str, repository: Path, build: Build) -> None:
    with pytest.raises(UsageError, match=r"nowhere|nothing|clone it first"):
        build(f"x={url.format(repository)}")


def test_objects_are_built_and_read_again_only_when_they_change(
    bucket: Any, build: Build, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket.put_object(Key="news/2025/a.md", Body=ENGLISH.encode())
    bucket.put_object(Key="news/中文 [1].md", Body=CHINESE.encode())
    bucket.put_object(Key="news/picture.png", Body=b"png")
    bucket.put_object(Key="other/b.md", Body=b"other")
    bucket.put_object(Key="news/image.md", Body=b"\x89PNG\r\n\x1a\n\0\0\0")
    url = f"news=s3://{bucket.name}/news"
    row = build(url, executor="processes", workers=2, batch_bytes=100)
    assert (row["files_added"], row["files_rejected"]) == (2, 1)
    assert ask("select path, title, body from documents order by path") == [
        ("2025/a.md", "Ferry", ENGLISH.rpartition("---\n")[2]),
        ("中文 [1].md", "渡轮", CHINESE.rpartition("---\n")[2]),
    ]
    monkeypatch.setattr("flows.extract.object_store.ObjectStore.read", lambda *_: pytest.fail("an object was read"))
    assert not build(url)["published"]
    monkeypatch.undo()
    bucket.put_object(Key="news/2025/a.md", Body=ENGLISH.encode() + b"Edited.\n")
    bucket.Object("news/中文 [1].md").delete()
    row = build(url)
    assert (row["files_edited"], row["files_deleted"]) == (1, 1)


def test_an_empty_place_deletes_nothing(bucket: Any, build: Build, ask: Ask) -> None:
    bucket.put_object(Key="news/a.md", Body=ENGLISH.encode())
    build(f"news=s3://{bucket.name}/news")
    bucket.Object("news/a.md").delete()
    with pytest.raises(UsageError, match="there is nothing at"):
        build(f"news=s3://{bucket.name}/news")
    assert ask("select count(*) from documents") == [(1,)]


def test_a_place_that_cannot_be_listed_is_said(bucket: Any) -> None:
    with pytest.raises((SourceError, UsageError), match="no-such-bucket"):
        list_place("s3://no-such-bucket-at-all/x", ("*.md",))
    with pytest.raises(UsageError, match="Protocol not known"):
        open_place("gopher://example.org/1")


def test_an_object_that_went_away_is_no_failure(bucket: Any) -> None:
    bucket.put_object(Key="a.md", Body=b"A")
    place = open_place(f"s3://{bucket.name}")
    there, gone = FoundFile("a.md", "a.md", 1, 0, "x"), FoundFile("[b].md", "[b].md", 1, 0, "y")
    first, second = place.read([there, gone])
    assert first == b"A"
    assert isinstance(second, FileNotFoundError)


def test_exports_reach_object_storage(
    bucket: Any, built: Callable[..., subprocess.CompletedProcess[str]], s3: str
) -> None:
    built("export", "--to", f"s3://{bucket.name}/exports")
    keys = [each.key for each in bucket.objects.all()]
    assert "exports/_manifest.json" in keys
    assert any(key.endswith(".parquet") and "/main/documents/" in key for key in keys)


def test_the_listing_of_a_web_server(tmp_path: Path, build: Build, ask: Ask) -> None:
    (tmp_path / "served" / "sub").mkdir(parents=True)
    (tmp_path / "served" / "a.md").write_text(ENGLISH)
    (tmp_path / "served" / "sub" / "b.md").write_text("# B\n")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path / "served"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"web=http://127.0.0.1:{server.server_port}/"
        assert build(url)["files_added"] == 2
        assert not build(url)["published"]
        (tmp_path / "served" / "a.md").write_text(ENGLISH + "Edited later.\n")
        assert build(url)["files_edited"] == 1
        server.shutdown()
    assert ask("select path from documents order by path") == [("a.md",), ("sub/b.md",)]


@pytest.mark.parametrize(
    ("argument", "name", "url"),
    [
        ("s3://bucket/news/", "news", "s3://bucket/news/"),
        ("s3://bucket", "bucket", "s3://bucket"),
        ("press=gs://bucket/a=b", "press", "gs://bucket/a=b"),
        ("git+file:///srv/site.git@v1.2#subdirectory=docs", "site", "git+file:///srv/site.git@v1.2#subdirectory=docs"),
    ],
)
def test_names_of_places(argument: str, name: str, url: str) -> None:
    source = source_of_argument(argument)
    assert (source.name, source.url, source.root) == (name, url, url)
