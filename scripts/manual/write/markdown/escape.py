"""Literal text → Markdown that renders as that text, with escapes only where they are needed.

For Python-Markdown with the extensions of mkdocs.yml. A text is always one line, so what needs a
second line (tables, setext headings, definition lists) cannot occur. What comes out is rendered and
compared in tests/test_properties.py.
"""

import re
from string import ascii_letters

_ASCII_PUNCTUATION = r"!-/:-@\[-`{-~"

_INLINE = re.compile(
    rf"(?P<backslash>\\(?=[{_ASCII_PUNCTUATION}]|$))"
    r"|(?P<always>[`{])"
    r"|(?P<star>(?<!\s)\*|\*(?!\s))"
    r"|(?P<underscore>_)"
    r"|(?P<bracket>[\[\]])"
    r"|(?P<brace>\})"
    r"|(?P<less><)"
    r"|(?P<entity>&(?=#|\w+;))"
    r"|(?P<exclamation>!$)"
)

# Python-Markdown looks for the end of each open bracket, which takes long for more than a few.
_MOST_BRACKETS = 20

_TAG_STARTS = frozenset("/!?" + ascii_letters)

# What would begin another kind of block. The group is the character to escape.
_BLOCK = re.compile(
    r"(?P<sign>[#>\[])"
    r"|(?P<bullet>[-+])(?=[\s+-]|$)"
    r"|(?:[0-9]+|[A-Za-z])(?P<delimiter>[.)])(?=\s|$)"
    r"|(?P<alert>!)(?=!!)"
    r"|(?P<entity>\?(?=\?\?)|=(?===)|~(?=~~))"
)


def escape(
    text: str, *, starts_block: bool = False, near_link: bool = False, ends_heading: bool = False
) -> str:
    """`text` as Markdown.

    `starts_block` says that it begins a paragraph, list item or note; `near_link`, that the same
    block holds a link of ours (so that brackets and braces matter); `ends_heading`, that it is the
    end of a heading (where `#` would be taken for a closing sign).
    """
    last_greater = text.rfind(">")
    brackets_matter = (
        near_link
        or any(pair in text for pair in ("](", "][", "] ["))
        or text.count("[") > _MOST_BRACKETS
    )

    def replaced(match: re.Match[str]) -> str:
        found = match[0]
        match match.lastgroup:
            case "less":
                at = match.start()
                opens_a_tag = at < last_greater or text[at + 1 : at + 2] in _TAG_STARTS
                return "&lt;" if opens_a_tag else found
            case "entity":
                return "&amp;"
            case "underscore":
                return found if _inside_word(text, match.start()) else f"\\{found}"
            case "brace" | "exclamation":  # `}` ends a link's attributes, `!` makes it a picture
                return f"\\{found}" if near_link else found
            case "bracket" if brackets_matter and text.startswith("]:", match.start()):
                return "&#93;"  # `\\]:` would still end a link definition
            case "bracket":
                return f"\\{found}" if brackets_matter else found
            case _:
                return f"\\{found}"

    escaped = _INLINE.sub(replaced, text)
    if ends_heading:
        body = escaped.rstrip("#")
        escaped = body + "\\#" * (len(escaped) - len(body))
    if starts_block and (block := _BLOCK.match(text)):
        escaped = _escape_block(block, escaped)
    return escaped


def link_text(text: str) -> str:
    """`text` between the brackets of a link."""
    return escape(text, near_link=True)


def link_address(url: str) -> str:
    """`url` between the parentheses of a link. (settings.py rejects spaces and angle brackets.)"""
    plain = url.replace("&", "&amp;") if re.search(r"&#?\w+;", url) else url
    return f"<{plain}>" if re.search(r"[()\[\]'*_]", plain) else plain


def _inside_word(text: str, index: int) -> bool:
    around = text[max(0, index - 1) : index] + text[index + 1 : index + 2]
    return len(around) == 2 and all(char.isalnum() for char in around)


def _escape_block(block: re.Match[str], escaped: str) -> str:
    group = block.lastgroup or ""
    at = block.start(group)
    # The inline escapes change nothing before the group, so `at` is right in both texts.
    char = block[group]
    if escaped.startswith("\\", at):
        return escaped  # an inline escape has done it
    if group == "entity":
        return f"{escaped[:at]}&#{ord(char)};{escaped[at + 1 :]}"
    return f"{escaped[:at]}\\{escaped[at:]}"
