"""What stands around the manual's own text in an EPUB, element by element."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from manual.core.model import Manual, Note, Part, blocks_of, plain
from manual.core.source import squeeze
from manual.core.wording import direction, wording_for
from manual.verify.errors import UnexpectedError
from manual.verify.expected.book import document_name
from manual.verify.frames import Frame, require_frames
from manual.verify.html.dialects import EPUB_TYPE
from manual.verify.html.reader import plain_text, require_children

FOLDER = "EPUB/"
PACKAGE = f"{FOLDER}package.opf"
_XHTML = "application/xhtml+xml"
_DC = "{http://purl.org/dc/elements/1.1/}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_FEATURES = (
    *("alternativeText", "ARIA", "displayTransformability", "readingOrder"),
    *("structuralNavigation", "tableOfContents", "unlocked"),
)
_WIDTH, _HEIGHT = 1600, 2400
_DRAWING = (
    ("rect", {"width": str(_WIDTH), "height": str(_HEIGHT), "fill": "#0b5a63"}),
    (
        "path",
        {
            "d": "M1080 1494c88 88 110 220 88 396M1344 1494c-88 88-110 220-88 396",
            "fill": "none",
            "stroke": "#5fb3bd",
            "stroke-width": "66",
            "stroke-linecap": "round",
        },
    ),
    ("path", {"d": "M160 300h240", "stroke": "#fff", "stroke-width": "14"}),
)


def container() -> Iterator[Frame]:
    """Where the package is."""
    yield Frame(0, "container", {"version": "1.0"})
    yield Frame(1, "rootfiles", {})
    kind = "application/oebps-package+xml"
    yield Frame(2, "rootfile", {"full-path": PACKAGE, "media-type": kind})


def package(manual: Manual, identifier: str) -> Iterator[Frame]:
    """What the book says of itself, its files, and their order."""
    wording, language = wording_for(manual.language), manual.language
    audience = squeeze(plain(manual.audience))
    names = {"version": "3.0", "unique-identifier": "identifier", _LANGUAGE: language}
    yield Frame(0, "package", names)
    yield Frame(1, "metadata", {})
    yield Frame(2, f"{_DC}identifier", {"id": "identifier"}, identifier)
    yield Frame(2, f"{_DC}title", {}, squeeze(manual.title))
    yield Frame(2, f"{_DC}language", {}, language)
    yield Frame(2, f"{_DC}description", {}, squeeze(manual.description) or audience)
    for name, text in (
        ("dcterms:modified", "1980-01-01T00:00:00Z"),
        ("dcterms:audience", audience),
        ("schema:bookEdition", squeeze(manual.edition)),
        ("schema:accessMode", "textual"),
        ("schema:accessModeSufficient", "textual"),
        *(("schema:accessibilityFeature", feature) for feature in _FEATURES),
        ("schema:accessibilityHazard", "none"),
        ("schema:accessibilitySummary", wording.accessibility),
    ):
        yield Frame(2, "meta", {"property": name}, text)
    yield Frame(2, "meta", {"name": "cover", "content": "cover-image"})
    yield Frame(1, "manifest", {})
    yield _item("nav", "nav.xhtml", properties="nav")
    yield _item("style", "style.css", "text/css")
    yield _item("cover-image", "cover.svg", "image/svg+xml", properties="cover-image")
    yield _item("cover", "cover.xhtml")
    names_of_parts = []
    for part in manual.all_parts:
        file = document_name(manual, part)
        names_of_parts.append(file.removesuffix(".xhtml"))
        has_signs = any(isinstance(block, Note) for block in blocks_of(part))
        yield _item(names_of_parts[-1], file, properties="svg" if has_signs else "")
    yield Frame(1, "spine", {"page-progression-direction": direction(language)})
    for name in ("cover", *names_of_parts):
        yield Frame(2, "itemref", {"idref": name})


def _item(id: str, href: str, media_type: str = _XHTML, properties: str = "") -> Frame:
    attributes = {"id": id, "href": href, "media-type": media_type}
    return Frame(2, "item", attributes | ({"properties": properties} if properties else {}))


def navigation(manual: Manual) -> Iterator[Frame]:
    """The contents, and the landmarks."""
    wording = wording_for(manual.language)
    yield from _head(manual, manual.title)
    toc = {EPUB_TYPE: "toc", "role": "doc-toc", "aria-labelledby": "contents"}
    yield Frame(2, "nav", toc)
    yield Frame(3, "h1", {"id": "contents"}, wording.parts)
    yield Frame(3, "ol", {})
    for part in manual.all_parts:
        file, title = document_name(manual, part), _title(manual, part)
        yield Frame(4, "li", {})
        yield Frame(5, "a", {"href": file}, title)
        if part.sections:
            yield Frame(5, "ol", {})
        for section in part.sections:
            yield Frame(6, "li", {})
            yield Frame(7, "a", {"href": f"{file}#{section.id}"}, squeeze(section.title))
    yield Frame(2, "nav", {EPUB_TYPE: "landmarks"})
    yield Frame(3, "ol", {})
    places = [
        ("cover", "cover.xhtml", wording.cover),
        ("bodymatter", "front.xhtml", squeeze(manual.title)),
    ]
    if manual.parts:
        places.append(("toc", "front.xhtml#parts_", wording.parts))
    for kind, address, text in places:
        yield Frame(4, "li", {})
        yield Frame(5, "a", {EPUB_TYPE: kind, "href": address}, text)


def cover(manual: Manual) -> Iterator[Frame]:
    """The page that shows the cover."""
    yield from _head(manual, manual.title)
    name = wording_for(manual.language).cover
    yield Frame(2, "section", {"class": "cover", EPUB_TYPE: "cover", "aria-label": name})
    alternative = ". ".join(_words_on_cover(manual))
    yield Frame(3, "img", {"src": "cover.svg", "alt": alternative, "role": "doc-cover"})


def document(manual: Manual, part: Part) -> Iterator[Frame]:
    """What stands around the text of a part."""
    yield from _head(manual, _title(manual, part))
    role = "introduction" if part is manual.introduction else "chapter"
    attributes = {EPUB_TYPE: role, "role": f"doc-{role}", "aria-labelledby": part.id}
    yield Frame(2, "section", attributes)


def _title(manual: Manual, part: Part) -> str:
    return squeeze(manual.title if part is manual.introduction else part.title)


def _head(manual: Manual, title: str) -> Iterator[Frame]:
    language = manual.language
    names = {"lang": language, _LANGUAGE: language, "dir": direction(language)}
    yield Frame(0, "html", names)
    yield Frame(1, "head", {})
    yield Frame(2, "meta", {"charset": "UTF-8"})
    yield Frame(2, "title", {}, squeeze(title))
    yield Frame(2, "link", {"rel": "stylesheet", "type": "text/css", "href": "style.css"})
    yield Frame(1, "body", {})


def _words_on_cover(manual: Manual) -> tuple[str, str]:
    edition = f"{wording_for(manual.language).edition}: {manual.edition}"
    return squeeze(manual.title), squeeze(edition)


def require_picture(root: ET.Element, manual: Manual) -> None:
    """Raises UnexpectedError unless the cover shows title and edition, whole and in sight."""
    words = _words_on_cover(manual)
    size = {"width": str(_WIDTH), "height": str(_HEIGHT), "viewBox": f"0 0 {_WIDTH} {_HEIGHT}"}
    frames = [Frame(0, "svg", {**size, "role": "img"}), Frame(1, "title", {}, ". ".join(words))]
    groups = [Frame(1, "g", group.attrib) for group in root.iter("g")]
    drawing = [Frame(1, tag, attributes) for tag, attributes in _DRAWING]
    require_frames(root, [*frames, *drawing, *groups], inside="g")
    if len(groups) != len(words):
        raise UnexpectedError("the cover shows a title and an edition")
    bottom = 0.0
    for text, group in zip(words, root.iter("g"), strict=True):
        lines = list(_lines(group, direction(manual.language), bottom))
        if "".join("".join(line.split()) for line, _ in lines) != "".join(text.split()):
            raise UnexpectedError(f"the cover shows something else than “{text}”")
        bottom = lines[-1][1]


def _lines(group: ET.Element, direction: str, bottom: float) -> Iterator[tuple[str, float]]:
    """The lines of a text, each with the height of its letters' feet, one below the other."""
    size = _number(group, "font-size")
    style = {"fill": "#fff", "font-family": "sans-serif", "font-weight": "bold"}
    if group.attrib != {**style, "font-size": group.get("font-size"), "direction": direction}:
        raise UnexpectedError(f"a text on the cover has the attributes {group.attrib}")
    edge = str(160 if direction == "ltr" else _WIDTH - 160)
    for line in require_children(group):
        y = _number(line, "y")
        is_placed = line.tag == "text" and line.attrib == {"x": edge, "y": line.get("y")}
        if not is_placed or size < 1 or not bottom + 0.99 * size < y < _HEIGHT - size / 2:
            raise UnexpectedError(f"the line “{squeeze(line.text or '')}” is out of sight")
        bottom = y
        yield plain_text(line), y


def _number(element: ET.Element, attribute: str) -> float:
    try:
        return float(element.get(attribute, ""))
    except ValueError as error:
        raise UnexpectedError(f"<{element.tag} {attribute}> is no number") from error
