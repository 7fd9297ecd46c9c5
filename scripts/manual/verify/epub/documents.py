"""The documents of an EPUB → the facts that a reader finds in them.

As in html/reader.py, what no template writes is an error.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from manual.core.source import squeeze
from manual.core.wording import Wording
from manual.verify.errors import UnexpectedError
from manual.verify.expected.facts import Fact
from manual.verify.html.dialects import ANY, EPUB_TYPE, book_dialect
from manual.verify.html.reader import (
    plain_text,
    read_blocks,
    require_attributes,
    require_children,
    require_empty,
)

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_STYLE = {"rel": "stylesheet", "type": "text/css", "href": "style.css"}


def read_page(root: ET.Element, wording: Wording) -> list[Fact]:
    """The facts of the front page or of a part's, in order. Raises UnexpectedError."""
    title, body = _head_and_body(root)
    (section,) = require_children(body, "section")
    role = section.get(EPUB_TYPE, "")
    facts = read_blocks(section, book_dialect(wording))
    heading = facts[0].id if facts else ""
    attributes = {EPUB_TYPE: ANY, "role": f"doc-{role}", "aria-labelledby": heading}
    require_attributes(section, attributes)
    return [title, Fact("role", role), *facts]


def read_cover(root: ET.Element) -> list[Fact]:
    """The facts of the page that shows the cover. Raises UnexpectedError."""
    title, body = _head_and_body(root)
    (section,) = require_children(body, "section")
    require_attributes(section, {"class": "cover", EPUB_TYPE: "cover", "aria-label": ANY})
    (picture,) = require_children(section, "img")
    require_attributes(picture, {"src": "cover.svg", "alt": ANY, "role": "doc-cover"})
    require_empty(picture)
    return [title, Fact("cover", squeeze(picture.get("alt", "")), section.get("aria-label", ""))]


def read_navigation(root: ET.Element) -> list[Fact]:
    """The facts of the navigation document. Raises UnexpectedError."""
    title, body = _head_and_body(root)
    contents, landmarks = require_children(body, "nav", "nav")
    toc = {EPUB_TYPE: "toc", "role": "doc-toc", "aria-labelledby": "contents"}
    require_attributes(contents, toc)
    require_attributes(landmarks, {EPUB_TYPE: "landmarks"})
    heading, entries = require_children(contents, "h1", "ol")
    require_attributes(heading, {"id": "contents"})
    facts = [title, Fact("heading", plain_text(heading), level=1), *_entries(entries, 1)]
    (places,) = require_children(landmarks, "ol")
    require_attributes(places, {})
    for item in require_children(places):
        (link,) = require_children(item, "a")
        require_attributes(item, {})
        require_attributes(link, {EPUB_TYPE: ANY, "href": ANY})
        address = link.get("href", "")
        facts.append(Fact("landmark", plain_text(link), link.get(EPUB_TYPE, ""), links=(address,)))
    return facts


def _entries(ordered: ET.Element, level: int) -> Iterator[Fact]:
    """The entries of a table of contents, each with its depth."""
    require_attributes(ordered, {})
    if not len(ordered):
        raise UnexpectedError("a list of the contents is empty")
    for item in require_children(ordered):
        link, *below = require_children(item, *(["a", "ol"] if len(item) > 1 else ["a"]))
        if item.tag != "li":
            raise UnexpectedError(f"<{item.tag}> stands in a list of the contents")
        require_attributes(item, {})
        require_attributes(link, {"href": ANY})
        yield Fact("entry", plain_text(link), links=(link.get("href", ""),), level=level)
        for further in below:
            yield from _entries(further, level + 1)


def _head_and_body(root: ET.Element) -> tuple[Fact, ET.Element]:
    """What a document says of itself, and its body."""
    language, direction = root.get("lang", ""), root.get("dir", "")
    require_attributes(root, {"lang": ANY, _LANGUAGE: language, "dir": ANY})
    head, body = require_children(root, "head", "body")
    charset, title, style = require_children(head, "meta", "title", "link")
    for element, attributes in ((head, {}), (title, {}), (body, {}), (style, _STYLE)):
        require_attributes(element, attributes)
    require_attributes(charset, {"charset": "UTF-8"})
    require_empty(charset)
    require_empty(style)
    return Fact("title", plain_text(title), language, direction), body
