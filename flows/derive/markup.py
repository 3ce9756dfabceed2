"""What is written in a Markdown file and is no prose: HTML, shortcodes, template tags."""

from __future__ import annotations

import re
from html import unescape

from flows.derive.characters import BLOCK_END, MARKS
from flows.derive.passes import (
    has_marks,
    has_pair,
    has_template_tags,
    squeezed,
    without_html_tags,
    without_template_tags,
)

_MARK_REFERENCE = re.compile(r"&#(?:0*[0-4]|[xX]0*[0-4]);")

_KRAMDOWN = re.compile(r"\{:[^{}\x00\n]*+\}")
# Template tags that say something about the text around them, turned to Markdown before it is parsed.
_HIDDEN = re.compile(
    r"\{%-?\s*comment\b(?:(?!\{%-?\s*(?:end)?comment\b).)*+\{%-?\s*endcomment\s*-?%\}"
    r"|\{\{[<%]?/\*(?:(?!\*/|\{\{[<%]?/\*).)*+\*/[>%]?\}\}",
    re.DOTALL,
)
_HIGHLIGHT = re.compile(
    r"\{(?P<mark>[%{])[<%-]?\s*highlight\s+(?P<language>[\w+#-]+)[^%{}]*[%}]\}"
    r"(?P<code>(?:(?!\{[%{][<%-]?\s*/?(?:end)?highlight\b).)*+)\{[%{][<%-]?\s*/?(?:end)?highlight\s*[>%-]?[%}]\}",
    re.DOTALL,
)
_REFERENCE = re.compile(
    r"\{\{[<%]?-?\s*(?:rel)?ref\s+(?:page\s*=\s*)?[\"'`]?(?P<hugo>[^\s\"'`<>{}]+)[^{}]*\}\}"
    r"|\{%-?\s*link\s+(?P<link>[^%{}]+?)\s*-?%\}|\{%-?\s*post_url\s+(?P<post>[^%{}\s]+)\s*-?%\}"
    r"|\{\{-?\s*(?P<site>site\.[\w.]+)\s*-?\}\}(?=/)"
    r"|\{\{-?\s*[\"'](?P<url>[^\"'{}]+)[\"']\s*\|\s*(?:relative|absolute)_url\s*-?\}\}"
)
# A target with a shortcode in it would not be one to Markdown, and be shown.
_IN_TARGET = re.compile(r"\]\((?:[^()\s{}]++|\{\{[^{}\n]*+\}\})++(?=[)\s])")
_HTML_INVISIBLE = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|svg|head|template)\b.*?(?:</\1\s*>|\Z)|<pre\b[^<>]*>\s*<code.*?(?:</pre\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_INVISIBLE_BEGINNINGS = ("<!--", "<script", "<style", "<svg", "<head", "<template", "<pre")
_HTML_LINK_TAGS = frozenset(("a", "area", "audio", "embed", "iframe", "img", "source", "video"))
_HTML_LINK = re.compile(
    r"<([A-Za-z][\w.]*)\b[^<>]*?\s(?:href|src)\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>{}]+))[^<>]*>",
    re.IGNORECASE,
)
_HTML_ALT = re.compile(r"\s(?:alt|title)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)


def prepared(body: str) -> str:
    """Return a body ready to parse: no marks of ours in it, and template tags that matter as Markdown."""
    if has_marks(body):
        for mark in MARKS:
            body = body.replace(mark, "\ufffd")
    if has_pair(body, "&", "#", "#"):
        body = _MARK_REFERENCE.sub("\ufffd", body)
    if has_template_tags(body):
        body = _HIDDEN.sub("", body)
        body = _HIGHLIGHT.sub(_fenced, body)
        body = _REFERENCE.sub(_referenced, body)
        body = _IN_TARGET.sub(_without_shortcodes, body)
    return body


def without_shortcodes(text: str) -> str:
    """Return a text without shortcodes, template tags and attribute lists."""
    text = without_template_tags(text)
    return _KRAMDOWN.sub("", text) if "{:" in text else text


def html_text(html: str) -> str:
    """Return the visible text of an HTML block; tags of blocks end a block."""
    lowered = html.lower()
    if any(beginning in lowered for beginning in _INVISIBLE_BEGINNINGS):
        html = _HTML_INVISIBLE.sub(" ", html)
    text = without_html_tags(html)
    return unescape(text) if "&" in text else text


def html_links(html: str) -> list[tuple[str, str, str]]:
    """Return (tag, target, text) of the links and images in HTML; an image's text is its alternative text."""
    found: list[tuple[str, str, str]] = []
    lowered = html.lower()
    if "href" not in lowered and "src" not in lowered:
        return found
    for match in _HTML_LINK.finditer(html):
        tag = match[1].lower()
        # Of tags in capitals, components of MDX, nobody knows the names.
        if tag not in _HTML_LINK_TAGS and not match[1][0].isupper():
            continue
        alternative = _HTML_ALT.search(match[0])
        text = (alternative[1] or alternative[2] or "") if alternative else ""
        if tag == "a":
            end = html.find("</a", match.end(), match.end() + 1000)
            text = squeezed(html_text(html[match.end() : end]).replace(BLOCK_END, " ")) if end >= 0 else text
        target = unescape(match[2] or match[3] or match[4] or "")
        found.append((tag, target, text))
    return found


def _fenced(match: re.Match[str]) -> str:
    code = match["code"].strip("\n").replace("```", "'''")
    return f"\n```{match['language']}\n{code}\n```\n"


def _without_shortcodes(match: re.Match[str]) -> str:
    return without_template_tags(match[0])


def _referenced(match: re.Match[str]) -> str:
    if match["site"]:
        return ""
    target = match["hugo"] or match["url"] or "/" + (match["link"] or f"_posts/{match['post']}").lstrip("/")
    return target.replace(" ", "%20")
