"""What `dateline serve` does, and the Prefect API that it and builds report to."""

from __future__ import annotations

from prefect.settings import get_current_settings


def api_url_of_settings() -> str | None:
    """Return the URL of the Prefect API that Prefect's own settings name, if any."""
    return get_current_settings().api.url
