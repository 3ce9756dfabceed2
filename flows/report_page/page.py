"""The page as one HTML text, and its publication as a versioned folder behind a link, like an export."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from flows import __version__
from flows.load.database import check_schema, read_published
from flows.load.report_rows import read_catalogue, read_rows
from flows.load.versioned_folder import MANIFEST, replace_folder
from flows.load.warehouse import Warehouse, sync, write_json
from flows.report_page.charts import CONFIG
from flows.report_page.content import Catalogue, ReadRows, chapter_contents, figure_contents, missing_of
from flows.report_page.sections import declared_page

if TYPE_CHECKING:
    from flows.load.database import Connection

PAGE = "index.html"


def publish_page(warehouse: Warehouse, target: Path | None = None) -> dict[str, Any]:
    """Write the page of the published version, put it in place at once, and return its manifest.

    `target` is a folder to make, which becomes a link; None means ``report`` in the warehouse. Raises StorageError
    when something else is in the way, or the disk is full; what was there before stays.
    """
    version = warehouse.require_published()
    link = target or warehouse.folder / "report"
    with read_published(version) as con:
        check_schema(con)
        html = render_store(con, version.stem).encode()
        views = sorted(read_catalogue(con))
    with replace_folder(link, version.stem, "dateline report") as draft:
        page = draft.folder / PAGE
        page.write_bytes(html)
        sync(page)
        manifest = {
            "run_id": version.stem,
            "path": PAGE,
            "bytes": len(html),
            "sha256": hashlib.sha256(html).hexdigest(),
            "views": views,
        }
        write_json(draft.folder / MANIFEST, manifest)
    return manifest


def render_store(con: Connection, run_id: str) -> str:
    """Return the page of an open store; the same store gives the same page."""
    return render_page(read_catalogue(con), lambda query: read_rows(con, query), run_id)


def render_page(catalogue: Catalogue, read: ReadRows, run_id: str) -> str:
    """Return the page of a store, given the catalogue of its report views and a function that runs a query."""
    page = declared_page()
    missing = sorted({name for query in page.queries for name in missing_of(query, catalogue)})
    environment = Environment(
        loader=PackageLoader("flows.report_page"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    scripts = [_script(vega_bundle()), _script(_text(environment, "page.js"))]
    return environment.get_template("page.html.j2").render(
        version=__version__,
        run_id=run_id,
        published=figure_contents([page.published], catalogue, read),
        counts=figure_contents(page.counts, catalogue, read),
        changes=figure_contents(page.changes, catalogue, read),
        chapters=chapter_contents(page.chapters, catalogue, read),
        missing=missing,
        chart_config=CONFIG,
        style=Markup(_text(environment, "page.css")),
        scripts=[Markup(script) for script in scripts],
        script_hashes=" ".join(map(_hash_source, scripts)),
    )


@lru_cache(maxsize=1)
def vega_bundle() -> str:
    """Return Vega, Vega-Lite and Vega-Embed as one script, from the wheel of vl-convert."""
    import altair
    import vl_convert

    # Altair writes for one version of Vega-Lite, "v6.4.1"; wheels of vl-convert hold several, each by "6.4".
    version = ".".join(altair.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    return vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=version)


def _text(environment: Environment, name: str) -> str:
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0]


def _script(text: str) -> str:
    """Return a script that cannot end its element early; in strings and patterns ``\\/`` is ``/``."""
    return text.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _hash_source(script: str) -> str:
    """Return what a content security policy says to allow just this script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
