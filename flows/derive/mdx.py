"""MDX: Markdown with ECMAScript modules, JSX and expressions in it, of which only the text between is prose."""

from __future__ import annotations

import re

from flows.derive.passes import has_line, has_pair

_FENCED = re.compile(r"^[ \t>]*(`{3,}|~{3,})[^\n]*\n(?:.*?^[ \t>]*\1[`~]*[ \t]*\r?$|.*\Z)", re.MULTILINE | re.DOTALL)
_MODULE = re.compile(
    r"^(?:import\s+(?:(?:(?!\bfrom\b|^import\b)[\w*${}\s,])*+from\s*)?[\"'][^\"'\n]+[\"'];?[^\S\n]*"
    r"|export\s+(?:const|let|var|default|function|async|class|\{|\*)[^\n]*(?:\n(?!\s*\n)[^\n]*)*)$",
    re.MULTILINE,
)
# Braces in braces, four deep: more is code, not an expression.
_EXPRESSION_PART = r"\{[^{}\x00]*+\}"
for _ in range(3):
    _EXPRESSION_PART = rf"\{{[^{{}}\x00]*+(?:{_EXPRESSION_PART}[^{{}}\x00]*+)*+\}}"
# The space after one goes with it, as after a component that holds nothing: there is another before it.
_EXPRESSION = re.compile(rf"{_EXPRESSION_PART} ?")
_COMMENT = re.compile(r"\{/\*(?:(?!\*/|\{/\*).)*+\*/\s*\}", re.DOTALL)
_ATTRIBUTE = rf"\s+[\w:@.-]+(?:\s*=\s*(?:\"[^\"\x00]*+\"|'[^'\x00]*+'|{_EXPRESSION_PART}))?|\s*{_EXPRESSION_PART}"
_TAG = rf"</?[A-Za-z][\w.:-]*(?:{_ATTRIBUTE})*+\s*/?>|</?>"
_JSX_TAG = re.compile(rf"(?:{_TAG})(?:(?<=/>) )?")
_INLINE = "pre|script|style|a|abbr|b|br|code|del|em|i|img|kbd|mark|s|small|span|strong|sub|sup|u"
# Tags alone on their lines stand between blocks; HTML whose content is no Markdown stays.
_TAG_LINES = re.compile(rf"^[ \t]*(?!</?(?:{_INLINE})\b)(?:{_TAG})[ \t]*", re.MULTILINE)
_TAG_ENDS = re.compile(r"(?<=\S)</(?:[A-Z][\w.]*|div|p|details|li)>[ \t]*$", re.MULTILINE)
_COMPONENT = re.compile(r"\n[ \t]*</?[A-Z][\w.]*(?:[\s/>])")


def looks_like_mdx(body: str) -> bool:
    """Say whether a body holds imports, exports or components outside code, as MDX does and Markdown does not."""
    has_module = has_line(body, "import ", "export ")
    if not has_module and not has_pair(body, "<", "A", "Z"):
        return False
    if not has_module and not _COMPONENT.search("\n" + body):
        # Cutting out code brings no line into being.
        return False
    prose = "\n" + _FENCED.sub("", body)
    return _COMPONENT.search(prose) is not None or (has_module and _MODULE.search(prose) is not None)


def as_markdown(body: str) -> tuple[str, str]:
    """Return an MDX body without modules, comments and tags on lines of their own; and these tags."""
    pieces: list[str] = []
    tags: list[str] = []
    end = 0
    for fenced in _FENCED.finditer(body):
        pieces += [_without_jsx(body[end : fenced.start()], tags), fenced[0]]
        end = fenced.end()
    pieces.append(_without_jsx(body[end:], tags))
    return "".join(pieces), "\n".join(tags)


def without_expressions(text: str) -> str:
    """Return visible text without the JSX tags and expressions that stand in lines of text."""
    if "<" in text:
        text = _JSX_TAG.sub("", text)
    return _EXPRESSION.sub("", text) if "{" in text else text


def _without_jsx(text: str, tags: list[str]) -> str:
    def set_apart(match: re.Match[str]) -> str:
        if "=" in match[0]:
            tags.append(match[0])
        return "\n"

    text = _COMMENT.sub("", _MODULE.sub("", text))
    if "<" in text:
        before = None
        # Several tags may open one line: each round takes one from each line.
        for _ in range(4):
            if text == before:
                break
            before, text = text, _TAG_LINES.sub(set_apart, text)
        text = _TAG_ENDS.sub("\n", text)
    return text
