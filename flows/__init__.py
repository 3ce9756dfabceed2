"""Dateline: Markdown collections as an analytics store."""
