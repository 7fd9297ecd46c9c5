"""What the documents of an EPUB must say: the manual → facts for each file in it."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote

from manual.core.model import Manual, Note, Part, blocks_of, plain
from manual.core.references import References
from manual.core.source import squeeze
from manual.core.wording import direction, wording_for
from manual.verify.expected.facts import CHROME, Fact
from manual.verify.expected.pages import Page

FOLDER = "EPUB/"
STYLE = f"{FOLDER}style.css"
_XHTML = "application/xhtml+xml"
_FEATURES = (
    *("alternativeText", "ARIA", "displayTransformability", "readingOrder"),
    *("structuralNavigation", "tableOfContents", "unlocked"),
)


def expected_files(manual: Manual, references: References) -> dict[str, list[Fact]]:
    """Every file of the book in order, with its facts; the media type and the styles have none."""
    book = _Book(manual, references)
    files: dict[str, list[Fact]] = {
        "mimetype": [],
        "META-INF/container.xml": [
            Fact("package", f"{FOLDER}package.opf", "application/oebps-package+xml")
        ],
        f"{FOLDER}package.opf": list(book.package()),
        f"{FOLDER}nav.xhtml": list(book.navigation()),
        STYLE: [],
        f"{FOLDER}cover.svg": list(book.picture()),
        f"{FOLDER}cover.xhtml": list(book.cover()),
    }
    for part in manual.all_parts:
        page = _Page(manual, references, part=part)
        files[FOLDER + page.file(part)] = [book.title(page.title), *page.body()]
    return files


def with_plain_addresses(facts: list[Fact]) -> list[Fact]:
    """The facts with outside addresses in one spelling.

    In a book, hosts are in ASCII and what no address may hold is percent-encoded: here, the first
    are decoded, and the second is not encoded.
    """
    return [replace(fact, links=tuple(map(_spelt_out, fact.links))) for fact in facts]


@dataclass(slots=True)
class _Page(Page):
    """A document of the book: a page of the site, without its links around."""

    @property
    def shown(self) -> Part:
        """The part that the document shows."""
        if self.part is None:
            raise AssertionError("a book has no page with the whole manual")
        return self.part

    @property
    def title(self) -> str:
        """The document's title."""
        is_front = self.shown is self.manual.introduction
        return self.manual.title if is_front else self.shown.title

    def body(self) -> Iterator[Fact]:
        """Every fact of the document's body, in order."""
        part = self.shown
        is_front = part is self.manual.introduction
        yield Fact("role", "introduction" if is_front else "chapter")
        yield from self.head(self.title, part)
        yield from self.blocks(part.blocks, part, 2)
        if is_front and self.manual.parts:
            yield Fact(CHROME, squeeze(self.wording.parts), id="parts_")
            yield from self.contents()
        for section in part.sections:
            yield self.heading(section.title, section, 2)
            yield from self.blocks(section.blocks, section, 3)
        if is_front:
            yield from self.sources()

    def file(self, part: Part) -> str:
        """Plain names: not every reading system knows others, and a part may have any."""
        number = self.manual.all_parts.index(part)
        return f"part-{number}.xhtml" if number else "front.xhtml"


@dataclass(frozen=True, slots=True)
class _Book:
    manual: Manual
    references: References

    @property
    def pages(self) -> list[_Page]:
        return [_Page(self.manual, self.references, part=part) for part in self.manual.all_parts]

    @property
    def words_on_cover(self) -> tuple[str, str]:
        edition = f"{wording_for(self.manual.language).edition}: {self.manual.edition}"
        return squeeze(self.manual.title), squeeze(edition)

    def title(self, title: str) -> Fact:
        language = self.manual.language
        return Fact("title", squeeze(title), language, direction(language))

    def package(self) -> Iterator[Fact]:
        manual = self.manual
        wording = wording_for(manual.language)
        audience = plain(manual.audience)
        said = [
            ("language of the package", manual.language),
            ("dc:title", manual.title),
            ("dc:language", manual.language),
            ("dc:description", manual.description or audience),
            ("dcterms:modified", "1980-01-01T00:00:00Z"),
            ("dcterms:audience", audience),
            ("schema:bookEdition", manual.edition),
            ("schema:accessMode", "textual"),
            ("schema:accessModeSufficient", "textual"),
            *(("schema:accessibilityFeature", feature) for feature in _FEATURES),
            ("schema:accessibilityHazard", "none"),
            ("schema:accessibilitySummary", wording.accessibility),
            ("cover", "cover-image"),
        ]
        for name, text in said:
            yield Fact("metadata", squeeze(text), name)
        yield Fact("file", "nav.xhtml", _XHTML, "nav", "nav")
        yield Fact("file", "style.css", "text/css", "style")
        yield Fact("file", "cover.svg", "image/svg+xml", "cover-image", "cover-image")
        yield Fact("file", "cover.xhtml", _XHTML, "cover")
        for page in self.pages:
            has_signs = any(isinstance(block, Note) for block in blocks_of(page.shown))
            name = page.file(page.shown).removesuffix(".xhtml")
            yield Fact("file", page.file(page.shown), _XHTML, name, "svg" if has_signs else "")
        yield Fact("reading order", direction(manual.language))
        for name in (
            "cover",
            *(page.file(page.shown).removesuffix(".xhtml") for page in self.pages),
        ):
            yield Fact("reading order", name, "itemref")

    def navigation(self) -> Iterator[Fact]:
        wording = wording_for(self.manual.language)
        yield self.title(self.manual.title)
        yield Fact("heading", wording.parts, level=1)
        for page in self.pages:
            part = page.shown
            yield Fact(
                "entry", squeeze(page.title), links=(page.file(part),), level=1, span=part.span
            )
            for section in part.sections:
                links = (f"{page.file(part)}#{section.id}",)
                title = squeeze(section.title)
                yield Fact("entry", title, links=links, level=2, span=section.span)
        yield Fact("landmark", wording.cover, "cover", links=("cover.xhtml",))
        title = squeeze(self.manual.title)
        yield Fact("landmark", title, "bodymatter", links=("front.xhtml",))
        if self.manual.parts:
            yield Fact("landmark", wording.parts, "toc", links=("front.xhtml#parts_",))

    def picture(self) -> Iterator[Fact]:
        title, edition = self.words_on_cover
        yield Fact("alternative text", f"{title}. {edition}")
        yield Fact("title", "".join(title.split()))
        yield Fact("edition", "".join(edition.split()))

    def cover(self) -> Iterator[Fact]:
        yield self.title(self.manual.title)
        alternative = ". ".join(self.words_on_cover)
        yield Fact("cover", alternative, wording_for(self.manual.language).cover)


_OUTSIDE = re.compile(
    r"(?P<scheme>[a-zA-Z]+:)(?://(?P<user>[^/?#]*@)?(?P<host>[^/?#]*))?(?P<rest>.*)"
)
# Bytes beyond ASCII, and the characters `[`, `]`, `#` and `%`.
_ENCODED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+|%(?:5[BbDd]|2[35])")


def _spelt_out(address: str) -> str:
    match = _OUTSIDE.fullmatch(address)
    if not match:
        return address
    host = unicodedata.normalize("NFKC", match["host"] or "")
    if not host.isascii():
        host = host.lower().replace("。", ".")
    labels = (_decoded(label) for label in host.split("."))
    around = [
        match["scheme"],
        (match["user"] or "").replace("%40", "@"),
        ".".join(labels),
        match["rest"],
    ]
    return _ENCODED.sub(lambda found: unquote(found[0], errors="surrogateescape"), "|".join(around))


def _decoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii", "replace").decode("punycode")
    except ValueError:
        return label
