"""Imported once by the fork server: everything a worker needs, so that workers start with it."""

import polars

import flows.derive.batch

__all__ = ["flows", "polars"]
