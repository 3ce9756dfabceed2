"""Imported once by the fork server: everything a worker needs, so that workers start with it.

The tables and models that are made on first use are made here, by deriving a few lines in several scripts; what
starts threads of its own (Polars) is imported and left alone, since threads don't survive a fork.
"""

# ruff: noqa: E402
from flows.derive.allocation import keep_freed_columns

keep_freed_columns()

import polars

import flows.derive.batch
from flows.derive.content import derive_content
from flows.derive.profile import Profile
from flows.derive.shards import empty_rows
from flows.derive.tables import CONTENT_TABLES
from flows.derive.tasks import DerivationOptions

__all__ = ["flows", "polars"]

_SAMPLE = """---
title: 样本
date: 2024-06-17
tags: [sample]
---
# 一个标题 {#given}

他说,这是一段用来准备工作表的文字,共有三百二十个字。`code` [链接](https://example.org/a)

The same in English: a paragraph of 320 words, “quoted”, with a [link](../other.md) and an é. It is not read by anyone.

Ein Absatz auf Deutsch, damit auch das Modell für die Sprachen schon geladen ist, wenn die Arbeit beginnt.
"""
derive_content(b"\x00" * 16, _SAMPLE.encode(), DerivationOptions(profile=Profile()), empty_rows(CONTENT_TABLES))
