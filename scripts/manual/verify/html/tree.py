"""An HTML file → an element tree, strictly: what does not nest is an error, not a guess."""

import re
import xml.etree.ElementTree as ET
from html import unescape
from html.parser import HTMLParser

from manual.verify.errors import UnreadableError

# https://html.spec.whatwg.org/#void-elements
VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track")
) | {"param", "wbr"}

_USUAL_TAG = re.compile(
    r'<(?P<tag>[a-z][a-z0-9]*)(?P<attributes>(?:\s+[a-z][a-z:-]*(?:="[^"]*")?)*)\s*>'
)
_ATTRIBUTE = re.compile(r'\s+([a-z][a-z:-]*)(?:="([^"]*)")?')
# What stands in these is not markup, which the library must know.
_RAW_TEXT = frozenset(("iframe", "noembed", "noframes", "plaintext", "script", "style", "textarea"))
_RAW_TEXT |= {"title", "xmp"}


def parse_html(text: str, strict: bool = True) -> ET.Element:
    """The root element of a page, with tags in lower case.

    Not `strict`, what does not nest is put up with, for pages that somebody wrote by hand: every
    element is there, if not in its place. Strict, it raises UnreadableError.
    """
    parser = _Parser(strict)
    parser.feed(text)
    parser.close()
    return parser.root()


class _Parser(HTMLParser):
    def __init__(self, strict: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.strict = strict
        self.top = ET.Element("#document")
        self.stack = [self.top]

    def updatepos(self, i: int, j: int) -> int:  # noqa: ARG002
        """Count no lines: nobody asks where in a file of HTML something stands."""
        return j

    def parse_starttag(self, i: int) -> int:
        """Read a tag that is written in the usual way at once; leave any other to the library."""
        match = _USUAL_TAG.match(self.rawdata, i)
        if not match or match["tag"] in _RAW_TEXT:
            return super().parse_starttag(i)
        attrs: list[tuple[str, str | None]] = [
            (name, unescape(value) if "&" in value else value)
            for name, value in _ATTRIBUTE.findall(match["attributes"])
        ]
        self.handle_starttag(match["tag"], attrs)
        return match.end()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = ET.SubElement(self.stack[-1], tag, {name: value or "" for name, value in attrs})
        if tag not in VOID:
            self.stack.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        ET.SubElement(self.stack[-1], tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        if not self.strict:
            at = next((i for i in range(len(self.stack) - 1, 0, -1) if self.stack[i].tag == tag), 0)
            if at:
                del self.stack[at:]
            return
        if self.stack[-1].tag != tag:
            raise UnreadableError(f"</{tag}> closes <{self.stack[-1].tag}>")
        self.stack.pop()

    def handle_data(self, data: str) -> None:
        parent = self.stack[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + data
        else:
            parent.text = (parent.text or "") + data

    def root(self) -> ET.Element:
        if self.strict and len(self.stack) > 1:
            raise UnreadableError(f"<{self.stack[-1].tag}> is never closed")
        found = self.top.find("html")
        if found is None and not self.strict:
            return self.top
        if found is None:
            raise UnreadableError("there is no <html>")
        beside = (self.top.text or "") + "".join(one.tail or "" for one in self.top)
        if self.strict and (len(self.top) > 1 or beside.strip()):
            raise UnreadableError("something stands beside <html>")
        return found
