"""What stands around the documents of an EPUB: container, package and cover picture → facts."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from manual.core.source import squeeze
from manual.verify.errors import UnexpectedError
from manual.verify.expected.facts import Fact
from manual.verify.html.dialects import ANY, OPTIONAL
from manual.verify.html.reader import (
    plain_text,
    require_attributes,
    require_children,
    require_empty,
)

CONTAINER = "urn:oasis:names:tc:opendocument:xmlns:container"
OPF = "http://www.idpf.org/2007/opf"
SVG = "http://www.w3.org/2000/svg"

_DC = "{http://purl.org/dc/elements/1.1/}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_WIDTH, _HEIGHT = 1600, 2400
_DRAWING = (
    {"width": str(_WIDTH), "height": str(_HEIGHT), "fill": "#0b5a63"},
    {
        "d": "M1080 1494c88 88 110 220 88 396M1344 1494c-88 88-110 220-88 396",
        "fill": "none",
        "stroke": "#5fb3bd",
        "stroke-width": "66",
        "stroke-linecap": "round",
    },
    {"d": "M160 300h240", "stroke": "#fff", "stroke-width": "14"},
)


def read_container(root: ET.Element) -> list[Fact]:
    """Where the package is. Raises UnexpectedError."""
    require_attributes(root, {"version": "1.0"})
    (files,) = require_children(root, "rootfiles")
    (file,) = require_children(files, "rootfile")
    require_attributes(files, {})
    require_attributes(file, {"full-path": ANY, "media-type": ANY})
    require_empty(file)
    return [Fact("package", file.get("full-path", ""), file.get("media-type", ""))]


def read_package(root: ET.Element) -> list[Fact]:
    """The facts of the package: what the book says of itself, its files, their order.

    Without its identifier, which only the whole book can tell. Raises UnexpectedError.
    """
    names = {"version": "3.0", "unique-identifier": "identifier", _LANGUAGE: ANY}
    require_attributes(root, names)
    metadata, manifest, spine = require_children(root, "metadata", "manifest", "spine")
    require_attributes(metadata, {})
    require_attributes(manifest, {})
    children = require_children(metadata)
    if not children or children[0].tag != f"{_DC}identifier":
        raise UnexpectedError("the book does not begin with its identifier")
    require_attributes(children[0], {"id": "identifier"})
    facts = [
        Fact("metadata", root.get(_LANGUAGE, ""), "language of the package"),
        *map(_metadata, children[1:]),
    ]
    for item in require_children(manifest):
        if item.tag != "item":
            raise UnexpectedError(f"<{item.tag}> stands in the list of files")
        allowed = {"id": ANY, "href": ANY, "media-type": ANY, "properties": OPTIONAL}
        require_attributes(item, allowed)
        require_empty(item)
        facts.append(
            Fact(
                "file",
                item.get("href", ""),
                item.get("media-type", ""),
                item.get("id", ""),
                item.get("properties", ""),
            )
        )
    require_attributes(spine, {"page-progression-direction": ANY})
    facts.append(Fact("reading order", spine.get("page-progression-direction", "")))
    for reference in require_children(spine):
        require_attributes(reference, {"idref": ANY})
        require_empty(reference)
        facts.append(Fact("reading order", reference.get("idref", ""), reference.tag))
    return facts


def _metadata(element: ET.Element) -> Fact:
    """One thing that a book says of itself."""
    if "name" in element.attrib:
        name, text = element.get("name", ""), element.get("content", "")
        require_attributes(element, {"name": name, "content": text})
        require_empty(element)
    elif element.tag == "meta":
        name, text = element.get("property", ""), plain_text(element)
        require_attributes(element, {"property": name})
    else:
        name, text = element.tag.replace(_DC, "dc:"), plain_text(element)
        require_attributes(element, {})
    return Fact("metadata", text, name)


def read_picture(root: ET.Element) -> list[Fact]:
    """The words on the cover, apart from white space. Raises UnexpectedError."""
    require_attributes(
        root,
        {
            "width": str(_WIDTH),
            "height": str(_HEIGHT),
            "viewBox": f"0 0 {_WIDTH} {_HEIGHT}",
            "role": "img",
        },
    )
    tags = ("title", "rect", "path", "path", "g", "g")
    title, *drawing, name, edition = require_children(root, *tags)
    require_attributes(title, {})
    for element, attributes in zip(drawing, _DRAWING, strict=True):
        require_attributes(element, attributes)
        require_empty(element)
    facts = [Fact("alternative text", plain_text(title))]
    bottom = 0.0
    for kind, group in (("title", name), ("edition", edition)):
        lines = list(_lines(group, bottom))
        if not lines:
            raise UnexpectedError(f"the cover lacks the {kind}")
        bottom = lines[-1][1]
        facts.append(Fact(kind, "".join("".join(text.split()) for text, _ in lines)))
    return facts


def _lines(group: ET.Element, bottom: float) -> Iterator[tuple[str, float]]:
    """The lines of a text, each with the height of its letters' feet, one below the other."""
    size = _number(group, "font-size")
    direction = group.get("direction", "")
    style = {"fill": "#fff", "font-family": "sans-serif", "font-weight": "bold"}
    require_attributes(group, {**style, "font-size": ANY, "direction": ANY})
    edge = 160 if direction == "ltr" else _WIDTH - 160
    for line in require_children(group):
        y = _number(line, "y")
        require_attributes(line, {"x": str(edge), "y": ANY})
        if line.tag != "text" or size < 1 or not bottom + 0.99 * size < y < _HEIGHT - size / 2:
            raise UnexpectedError(f"the line “{squeeze(line.text or '')}” is not seen")
        bottom = y
        yield plain_text(line), y


def _number(element: ET.Element, attribute: str) -> float:
    try:
        return float(element.get(attribute, ""))
    except ValueError as error:
        raise UnexpectedError(f"<{element.tag} {attribute}> is no number") from error
