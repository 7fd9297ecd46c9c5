"""What the documents of an EPUB must say: the manual → facts for each file in it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from manual.core.addresses import plain_address
from manual.core.model import Manual, Note, Part, blocks_of, plain
from manual.core.references import References
from manual.core.source import squeeze
from manual.core.wording import direction, wording_for
from manual.verify.expected import Fact, Page

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
    plain_urls = {link.url: plain_address(link.url) for link in manual.links}
    for page in book.pages:
        facts = (
            replace(fact, links=tuple(plain_urls.get(url, url) for url in fact.links))
            for fact in page.page()
        )
        files[FOLDER + page.file] = [book.title(page.title), *facts]
    return files


@dataclass(frozen=True, slots=True)
class _Page(Page):
    """A document of the book: a page of the site, without its ways around."""

    @property
    def shown(self) -> Part:
        """The part that the document shows."""
        if self.part is None:
            raise AssertionError("a book has no page with the whole manual")
        return self.part

    @property
    def file(self) -> str:
        """The name of the document's file."""
        return self._page_of(self.shown)

    @property
    def title(self) -> str:
        """The document's title."""
        is_front = self.shown is self.manual.introduction
        return self.manual.title if is_front else self.shown.title

    def page(self) -> Iterator[Fact]:
        """Every fact of the document's body, in order."""
        part = self.shown
        is_front = part is self.manual.introduction
        yield Fact("role", "introduction" if is_front else "chapter")
        yield from self._head(self.title, part)
        yield from self._blocks(part.blocks, part.id, 2)
        if is_front and self.manual.parts:
            yield Fact("ours", squeeze(self.wording.parts), id="parts_")
            yield from self._contents()
        for section in part.sections:
            yield self._heading(section.title, section, 2)
            yield from self._blocks(section.blocks, section.id, 3)
        if is_front:
            yield from self._sources()

    def _page_of(self, part: Part) -> str:
        number = self.manual.all_parts.index(part)
        return f"part-{number}.xhtml" if number else "front.xhtml"


@dataclass(frozen=True, slots=True)
class _Book:
    manual: Manual
    references: References

    @property
    def pages(self) -> list[_Page]:
        return [_Page(self.manual, self.references, part) for part in self.manual.all_parts]

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
            name = page.file.removesuffix(".xhtml")
            yield Fact("file", page.file, _XHTML, name, "svg" if has_signs else "")
        yield Fact("reading order", direction(manual.language))
        for name in ("cover", *(page.file.removesuffix(".xhtml") for page in self.pages)):
            yield Fact("reading order", name, "itemref")

    def navigation(self) -> Iterator[Fact]:
        wording = wording_for(self.manual.language)
        yield self.title(self.manual.title)
        yield Fact("heading", wording.parts, level=1)
        for page in self.pages:
            part = page.shown
            yield Fact("entry", squeeze(page.title), links=(page.file,), level=1, span=part.span)
            for section in part.sections:
                links = (f"{page.file}#{section.id}",)
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
