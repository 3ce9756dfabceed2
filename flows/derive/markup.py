"""What is written in a Markdown file and is no prose: HTML, JSX, shortcodes, template tags."""

from __future__ import annotations

import re

_SHORTCODE = re.compile(r"\{\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}\}|\{%[^%]*(?:%(?!\})[^%]*)*%\}|\{#[^#]*#\}")
_JSX_TAG = re.compile(r"</?[A-Z][\w.]*(?:\s[^<>]*)?/?>|<>|</>")
_MDX_EXPRESSION = re.compile(r"\{[^{}\n]*\}")
_ESM_BLOCK = re.compile(
    r"(?:import\s+(?:[\w*{},\s$]+\s+from\s+)?[\"'][^\"']+[\"'];?\s*|export\s+(?:const|let|default|function|async|\{|\*)[\s\S]*)+\Z"
)
_ESM_LINE = re.compile(
    r"^(?:import\s.+?\sfrom\s*[\"']|import\s+[\"']|export\s+(?:const|default|function|let)\s)", re.MULTILINE
)
_HTML_INVISIBLE = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|svg|head)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_HTML_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_HTML_LINK = re.compile(
    r"<(a|img|iframe|video|source)\b[^<>]*?\b(?:href|src)\s*=\s*[\"']?([^\"'\s>]+)[^<>]*>", re.IGNORECASE
)
_HTML_ALT = re.compile(r"\balt\s*=\s*\"([^\"]*)\"|\balt\s*=\s*'([^']*)'", re.IGNORECASE)


def looks_like_mdx(body: str) -> bool:
    """Say whether a body holds ECMAScript imports or exports outside code, as MDX does."""
    return ("import " in body or "export " in body) and _ESM_LINE.search(body) is not None


def visible_text(text: str, *, is_mdx: bool) -> str:
    """Return the text of a block without shortcodes, template tags, JSX tags and MDX expressions."""
    if "{" in text:
        text = _SHORTCODE.sub(" ", text)
        if is_mdx:
            text = _MDX_EXPRESSION.sub(" ", text)
    if "<" in text:
        text = _JSX_TAG.sub(" ", text)
    if is_mdx and text.startswith(("import ", "export ")) and _ESM_BLOCK.match(text):
        return ""
    return text


def html_text(html: str) -> str:
    """Return the visible text of an HTML block."""
    from html import unescape

    text = _HTML_TAG.sub(" ", _HTML_INVISIBLE.sub(" ", html))
    return unescape(text) if "&" in text else text


def html_links(html: str) -> list[tuple[str, str, str]]:
    """Return (tag, target, alternative text) of the links and images in HTML."""
    found = []
    for match in _HTML_LINK.finditer(html):
        alternative = _HTML_ALT.search(match[0])
        found.append((match[1].lower(), match[2], (alternative[1] or alternative[2] or "") if alternative else ""))
    return found
