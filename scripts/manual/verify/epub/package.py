"""What stands around the documents of an EPUB: container, package and cover picture → facts."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from manual.core.source import squeeze
from manual.verify.epub.documents import elements, only, plain_text, see
from manual.verify.errors import UnexpectedError
from manual.verify.expected import Fact

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
    see(root, {"version": "1.0"})
    (files,) = only(root, "rootfiles")
    (file,) = only(files, "rootfile")
    see(files, {})
    path, kind = file.get("full-path", ""), file.get("media-type", "")
    see(file, {"full-path": path, "media-type": kind})
    return [Fact("package", path, kind)]


def read_package(root: ET.Element) -> list[Fact]:
    """The facts of the package: what the book says of itself, its files, their order.

    Without its identifier, which only the whole book can tell. Raises UnexpectedError.
    """
    language = root.get(_LANGUAGE, "")
    see(root, {"version": "3.0", "unique-identifier": "identifier", _LANGUAGE: language})
    metadata, manifest, spine = only(root, "metadata", "manifest", "spine")
    see(metadata, {})
    see(manifest, {})
    identifier, *others = elements(metadata)
    see(identifier, {"id": "identifier"})
    if identifier.tag != f"{_DC}identifier":
        raise UnexpectedError("the book does not begin with its identifier")
    facts = [Fact("metadata", language, "language of the package"), *map(_metadata, others)]
    for item in elements(manifest):
        if item.tag != "item":
            raise UnexpectedError(f"<{item.tag}> stands in the list of files")
        optional = {"properties": item.get("properties", "")} if "properties" in item.attrib else {}
        names = {name: item.get(name, "") for name in ("id", "href", "media-type")}
        see(item, names | optional)
        label = optional.get("properties", "")
        facts.append(Fact("file", names["href"], names["media-type"], names["id"], label))
    flow = spine.get("page-progression-direction", "")
    see(spine, {"page-progression-direction": flow})
    facts.append(Fact("reading order", flow))
    for reference in elements(spine):
        see(reference, {"idref": reference.get("idref", "")})
        facts.append(Fact("reading order", reference.get("idref", ""), reference.tag))
    return facts


def _metadata(element: ET.Element) -> Fact:
    """One thing that a book says of itself."""
    if "name" in element.attrib:
        name, text = element.get("name", ""), element.get("content", "")
        see(element, {"name": name, "content": text})
        only(element)
    elif element.tag == "meta":
        name, text = element.get("property", ""), plain_text(element)
        see(element, {"property": name})
    else:
        name, text = element.tag.replace(_DC, "dc:"), plain_text(element)
        see(element, {})
    return Fact("metadata", text, name)


def read_picture(root: ET.Element) -> list[Fact]:
    """The words on the cover, apart from white space. Raises UnexpectedError."""
    see(
        root,
        {
            "width": str(_WIDTH),
            "height": str(_HEIGHT),
            "viewBox": f"0 0 {_WIDTH} {_HEIGHT}",
            "role": "img",
        },
    )
    title, *drawing, name, edition = only(root, "title", "rect", "path", "path", "g", "g")
    see(title, {})
    for element, attributes in zip(drawing, _DRAWING, strict=True):
        see(element, attributes)
        only(element)
    facts = [Fact("alternative text", plain_text(title))]
    bottom = 0.0
    for kind, group in (("title", name), ("edition", edition)):
        lines = list(_lines(group, bottom))
        bottom = lines[-1][1]
        facts.append(Fact(kind, "".join("".join(text.split()) for text, _ in lines)))
    return facts


def _lines(group: ET.Element, bottom: float) -> Iterator[tuple[str, float]]:
    """The lines of a text, each with the height of its letters' feet, one below the other."""
    size = _number(group, "font-size")
    direction = group.get("direction", "")
    style = {"fill": "#fff", "font-family": "sans-serif", "font-weight": "bold"}
    see(group, {**style, "font-size": group.get("font-size", ""), "direction": direction})
    edge = 160 if direction == "ltr" else _WIDTH - 160
    for line in elements(group):
        y = _number(line, "y")
        see(line, {"x": str(edge), "y": line.get("y", "")})
        if line.tag != "text" or size < 1 or not bottom + 0.99 * size < y < _HEIGHT - size / 2:
            raise UnexpectedError(f"the line “{squeeze(line.text or '')}” is not seen")
        bottom = y
        yield plain_text(line), y


def _number(element: ET.Element, attribute: str) -> float:
    try:
        return float(element.get(attribute, ""))
    except ValueError as error:
        raise UnexpectedError(f"<{element.tag} {attribute}> is no number") from error
