"""Imported once by the fork server: everything a worker needs, so that workers start with it.

The tables and models that are made on first use are made here, by deriving a few lines. Those for Chinese take as long
as all others and are left to workers, which make them side by side if their texts are Chinese. What starts threads of
its own (Polars) is imported and left alone, since threads don't survive a fork.
"""

# ruff: noqa: E402 -- libraries read their settings when they are imported.
import gc

from flows.derive.allocation import settle_libraries

settle_libraries()
# All that is made here stays: to look for garbage meanwhile takes a tenth of the time.
gc.disable()

# What a pool's worker imports when it begins.
import concurrent.futures.process
import multiprocessing.queues
import multiprocessing.synchronize

import polars

import flows.derive.batch
from flows.derive.content import derive_contents
from flows.derive.profile import Profile
from flows.derive.shards import empty_rows
from flows.derive.tables import CONTENT_TABLES
from flows.derive.tasks import DerivationOptions
from flows.errors import is_panic

__all__ = ["concurrent", "flows", "multiprocessing", "polars"]

_SAMPLE = """---
title: A sample
date: 2024-06-17
tags: [sample]
---
# A heading {#given}

A paragraph of 320 words, “quoted”, with `code`, a [link](../other.md), [another](https://example.org/a) and an é.

Ein Absatz auf Deutsch, damit auch das Modell für die Sprachen schon geladen ist, wenn die Arbeit beginnt.
"""
try:
    derive_contents(
        [(b"\x00" * 16, _SAMPLE.encode())], DerivationOptions(profile=Profile()), empty_rows(CONTENT_TABLES)
    )
except BaseException as error:
    # The fork server would end with it, and the build with no reason; workers find out by themselves.
    if not (isinstance(error, Exception) or is_panic(error)):
        raise
# A worker's collector would walk all of it with its first task, and copy it for that.
gc.freeze()
gc.enable()
