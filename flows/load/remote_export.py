"""Exports to object storage: anything fsspec knows by its URL, such as ``s3://bucket/folder``.

Such places have no rename, so each export has a folder of its own, and the one object that names it, the manifest,
is written last: a reader who follows the manifest never sees half an export.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from flows.errors import StorageError, UsageError
from flows.load.database import read_published
from flows.load.export import write_exports
from flows.load.versioned_folder import KEPT_FOLDERS, MANIFEST
from flows.load.warehouse import Warehouse

VERSIONS = "versions"


def export_to_url(warehouse: Warehouse, url: str) -> dict[str, Any]:
    """Export the published version to an fsspec URL and return its manifest, whose paths start below the URL.

    Raises UsageError where fsspec, or what it needs for this kind of URL, is not installed; StorageError where the
    place refuses.
    """
    try:
        import fsspec
    except ImportError as error:
        raise UsageError("exports to a URL need the extra: pip install 'dateline[objects]'") from error
    version = warehouse.require_published()
    try:
        files, root = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise UsageError(f"{url}: {error}; s3 URLs need the extra: pip install 'dateline[objects]'") from error
    root = root.rstrip("/")
    with tempfile.TemporaryDirectory(prefix="dateline-export-") as name, read_published(version) as con:
        manifest = write_exports(con, Path(name), None, version.stem)
        for entry in manifest["files"]:
            entry["path"] = f"{VERSIONS}/{version.stem}/{entry['path']}"
        try:
            for entry in manifest["files"]:
                place = f"{root}/{entry['path']}"
                files.makedirs(place.rpartition("/")[0], exist_ok=True)
                files.put_file(str(Path(name) / entry["path"].split("/", 2)[2]), place)
            files.pipe_file(f"{root}/{MANIFEST}", json.dumps(manifest, ensure_ascii=False, indent=2).encode())
            for old in sorted(files.ls(f"{root}/{VERSIONS}", detail=False))[:-KEPT_FOLDERS]:
                files.rm(old, recursive=True)
        # Each kind of storage raises errors of its own; what it says is all there is to say.
        except Exception as error:
            raise StorageError(f"{url} cannot be written: {error}. What was exported before is as it was.") from error
    return manifest
