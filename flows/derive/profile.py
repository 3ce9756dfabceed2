"""How a source's front matter is read: which keys mean what, and how its dates are meant."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from typing import Literal

DateOrder = Literal["unknown", "month_first", "day_first"]


@dataclass(frozen=True)
class Profile:
    """The keys of a source's front matter by meaning, in order of preference, its zone and its date order.

    Keys are compared without regard to case, `_`, `-` and spaces (`pubDate`, `pub_date`, `Pub Date` are one).
    A name with a dot is a key that holds a dot, or a path into a mapping.
    """

    title: tuple[str, ...] = ("title", "headline", "name", "标题", "標題", "题目", "タイトル")
    date: tuple[str, ...] = (
        "date", "published", "published_at", "pub_date", "publish_date", "published_date", "publication_date",
        "date_published", "publish_time", "published_time", "published_on", "posted", "posted_at", "datetime",
        "timestamp", "ms.date", "created", "created_at", "created_on", "create_date", "created_date",
        "creation_date", "date_created", "create_time", "日期", "发布日期", "發佈日期", "日付", "公開日",
    )  # fmt: skip
    description: tuple[str, ...] = (
        "description", "summary", "excerpt", "abstract", "subtitle", "lead", "lede", "dek", "teaser",
        "synopsis", "meta_description", "seo.description", "desc", "摘要", "描述", "简介", "概要", "説明",
    )  # fmt: skip
    author: tuple[str, ...] = (
        "author", "authors", "by", "byline", "creator", "writer", "ms.author", "posted_by", "作者", "著者",
    )  # fmt: skip
    tags: tuple[str, ...] = (
        "tags", "tag", "keywords", "keyword", "categories", "category", "topics", "topic", "labels",
        "subjects", "subject", "taxonomies.tags", "taxonomies.categories", "标签", "標籤", "分类", "分類",
        "关键词", "タグ", "カテゴリ",
    )  # fmt: skip
    language: tuple[str, ...] = ("language", "lang", "locale", "语言", "語言")
    # Where a site serves the document: names a day where nothing else does (`2024/06/17/title`).
    address: tuple[str, ...] = ("permalink", "path", "url", "slug")
    zone: str = "UTC"
    date_order: DateOrder = "unknown"

    @cached_property
    def profile_id(self) -> str:
        """64 bits of hash as 16 hexadecimal digits; equal for equal profiles, on every machine."""
        text = repr([(spec.name, getattr(self, spec.name)) for spec in fields(self)])
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @cached_property
    def meanings(self) -> dict[str, tuple[str, int]]:
        """Folded key -> (meaning, rank); lower ranks are preferred."""
        found: dict[str, tuple[str, int]] = {}
        for meaning in ("title", "date", "description", "author", "tags", "language", "address"):
            for rank, key in enumerate(getattr(self, meaning)):
                found.setdefault(fold_key(key), (meaning, rank))
        return found

    @cached_property
    def containers(self) -> frozenset[str]:
        """Folded beginnings of dotted names: mappings that are looked into."""
        return frozenset(key[:place] for key in self.meanings for place in range(len(key)) if key[place] == ".")


# A collection has few keys, and all its documents have the same.
@lru_cache(maxsize=4096)
def fold_key(key: str) -> str:
    """Fold what spellings of one key differ in: case, `_`, `-`, spaces."""
    return key.strip().casefold().replace("_", "").replace("-", "").replace(" ", "")
