"""Dateline: Markdown collections as an analytics store."""

__version__ = "0.1.0"
