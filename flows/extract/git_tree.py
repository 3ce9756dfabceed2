"""A commit's tree in a git repository on this machine: what a checkout would hold, without one.

Of git's own commands `ls-tree` lists and `cat-file` reads, so a checkout's times, line ends and local changes play no
part. A blob's id is the fingerprint of its bytes.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from flows.errors import SourceError, UsageError
from flows.extract.discover import FoundFile
from flows.extract.path_names import text_of_path

PREFIX = "git+file://"
_URL = re.compile(r"(?P<path>[^#]+?)(?:@(?P<revision>[^@#]+))?(?:#subdirectory=(?P<folder>.+))?")
_FILE_MODES = (b"100644", b"100755", b"100664")


class GitTree:
    """The tree of one commit; `url` is ``git+file:///repository@REVISION#subdirectory=FOLDER``, as pip writes it.

    Without a revision it is HEAD. Raises UsageError for what names no commit or folder.
    """

    def __init__(self, url: str) -> None:
        found = _URL.fullmatch(url.removeprefix(PREFIX))
        if not found:
            raise UsageError(f"{url} is not {PREFIX}/REPOSITORY@REVISION#subdirectory=FOLDER")
        self._repository, revision = found["path"], found["revision"] or "HEAD"
        if not Path(self._repository).is_dir():
            raise UsageError(f"{url}: there is no folder {self._repository}")
        self.revision = self._git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()
        self._tree = f"{self.revision}:{(found['folder'] or '').strip('/')}"

    def files(self) -> Iterator[FoundFile]:
        """Yield the files of the tree; links and other repositories in it are none."""
        for entry in self._git("ls-tree", "-r", "-z", "--long", self._tree).split(b"\0")[:-1]:
            details, _, name = entry.partition(b"\t")
            mode, _, blob, size = details.split()
            if mode in _FILE_MODES:
                disk_path = os.fsdecode(name)
                yield FoundFile(text_of_path(disk_path), disk_path, int(size), 0, blob.decode())

    def read(self, files: Sequence[FoundFile]) -> Iterator[bytes | OSError]:
        """Yield the bytes of files, or why there are none."""
        asked = "".join(f"{found.fingerprint}\n" for found in files).encode()
        answer = memoryview(self._git("cat-file", "--batch", given=asked))
        place = 0
        for found in files:
            head_end = place + bytes(answer[place : place + 200]).index(b"\n")
            head = bytes(answer[place:head_end]).split()
            if head[1] != b"blob":
                place = head_end + 1
                yield OSError(0, f"git has no blob {found.fingerprint}")
                continue
            size = int(head[2])
            yield bytes(answer[head_end + 1 : head_end + 1 + size])
            place = head_end + size + 2

    def _git(self, *arguments: str, given: bytes = b"") -> bytes:
        try:
            done = subprocess.run(
                ["git", "-C", self._repository, *arguments], input=given, capture_output=True, check=False
            )
        except FileNotFoundError as error:
            raise SourceError("git is not installed; sources in git repositories need it") from error
        if done.returncode:
            said = (
                done.stderr.decode(errors="replace").strip() or f"it has no {arguments[-1].removesuffix('^{commit}')}"
            )
            raise UsageError(f"{self._repository}: {said}")
        return done.stdout
