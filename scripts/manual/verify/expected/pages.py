"""What the HTML pages must say: those of the site, and the single file."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from manual.core.layouts import LAYOUTS, Layout
from manual.core.model import CrossReference, Manual, Part, Section
from manual.core.outputs import FOLDER, Download, handout_links
from manual.core.references import References, Target
from manual.core.source import Span, squeeze
from manual.verify.expected.facts import CHROME, CHROME_LINK, Fact
from manual.verify.expected.walker import Shown, Walker


def facts_of_page(
    manual: Manual,
    references: References,
    part: Part | None,
    layouts: Collection[Layout] = LAYOUTS,
) -> list[Fact]:
    """Every fact of the page of `part`, or of the page with the whole manual (None), in order.

    `layouts` are those of the handouts that the site offers.
    """
    shown = manual.all_parts if part is None else (part,)
    page = Page(manual, references, shown=shown, layouts=layouts)
    if part is None:
        return list(page.whole())
    return list(page.front() if part is manual.introduction else page.part_page(part))


def facts_of_downloads(
    manual: Manual,
    references: References,
    files: Iterable[Download],
    layouts: Collection[Layout] = LAYOUTS,
) -> list[Fact]:
    """Every fact of the downloads page that offers these files, in order."""
    return list(Page(manual, references, layouts=layouts).downloads(files))


def facts_of_single_file(manual: Manual, references: References) -> list[Fact]:
    """Every fact of the file that holds the whole manual and its contents, in order."""
    page = Page(manual, references, labelled_headings=True, shown=manual.all_parts)
    return list(page.single_file())


@dataclass(slots=True)
class Page(Walker):
    """A page, and the parts that it shows: one, or all, or none."""

    shown: tuple[Part, ...] = ()
    layouts: Collection[Layout] = LAYOUTS

    def whole(self) -> Iterator[Fact]:
        """The page to print."""
        introduction = self.manual.introduction
        yield from self.head(self.manual.title, introduction)
        yield from self.all_parts()
        yield from self.links_back(introduction.id)

    def front(self) -> Iterator[Fact]:
        """The front page."""
        introduction = self.manual.introduction
        yield from self.head(self.manual.title, introduction)
        yield from self.blocks(introduction.blocks, introduction, 2)
        yield Fact(CHROME, self.wording.parts)
        yield from self.contents()
        yield self.link(self.wording.whole_manual, "print.html")
        yield self.link(self.wording.downloads, "downloads.html")
        yield from self.sections(introduction, introduction, 2)
        yield from self.sources()
        yield from self.foot(introduction)

    def part_page(self, part: Part) -> Iterator[Fact]:
        """The page of a part."""
        yield from self.head(part.title, part)
        if part.sections:
            dots = " ·" * (len(part.sections) - 1)
            yield Fact(CHROME, f"{self.wording.sections}:{dots}")
        for section in part.sections:
            yield self.chrome_link(section.title, f"#{section.id}", section.span)
        handouts = handout_links(self.manual, self.layouts)
        if handouts:
            yield Fact(CHROME, f"{self.wording.handouts}:{' ·' * len(handouts)}")
        for title, name in handouts:
            yield self.chrome_link(title, f"{FOLDER}/{name}")
        yield self.chrome_link(self.wording.downloads, "downloads.html")
        yield from self.blocks(part.blocks, part, 2)
        yield from self.sections(part, part, 2)
        yield from self.foot(part)

    def downloads(self, files: Iterable[Download]) -> Iterator[Fact]:
        """The page that offers these files."""
        manual = self.manual
        yield Fact("heading", self.wording.downloads, id="downloads", level=1)
        fact = Fact("audience", "", owner="downloads", span=manual.introduction.span)
        yield from self.text(fact, manual.audience)
        yield Fact("edition", squeeze(manual.edition), owner="downloads")
        if not self.layouts:
            yield Fact(CHROME, self.wording.without_handouts)
        for file in files:
            yield Fact(CHROME, file.details)
            yield self.chrome_link(file.title, f"{FOLDER}/{file.name}")
        yield from self.links_back("downloads")

    def single_file(self) -> Iterator[Fact]:
        """The single file."""
        introduction = self.manual.introduction
        yield from self.head(self.manual.title, introduction)
        yield Fact("navigation", self.wording.contents)
        yield Fact(CHROME, self.wording.contents)
        listed: list[Part | Section] = [*introduction.sections]
        for part in self.manual.parts:
            listed += [part, *part.sections]
        for node in listed:
            yield self.link(node.title, f"#{node.id}", node.span)
        yield from self.all_parts()
        yield self.chrome_link(self.wording.return_to_top, f"#{introduction.id}")

    def all_parts(self) -> Iterator[Fact]:
        """The whole manual below its head, on one page."""
        introduction = self.manual.introduction
        yield from self.blocks(introduction.blocks, introduction, 2)
        yield from self.sections(introduction, introduction, 2)
        for part in self.manual.parts:
            yield self.heading(part.title, part, 2)
            yield from self.blocks(part.blocks, part, 3)
            yield from self.sections(part, introduction, 3)
        yield from self.sources()

    def head(self, title: str, part: Part) -> Iterator[Fact]:
        """The heading of a page, its audience and, on the first page, its edition."""
        yield self.heading(title, part, 1)
        fact = Fact("audience", "", owner=part.id, span=part.span)
        yield from self.text(fact, self.manual.audience)
        if part is self.manual.introduction:
            yield Fact("edition", squeeze(self.manual.edition), owner=part.id)

    def sections(self, part: Part, top: Part, level: int) -> Iterator[Fact]:
        """The sections of a part, each with a link back to `top`."""
        for section in part.sections:
            yield self.heading(section.title, section, level)
            yield from self.blocks(section.blocks, section, level + 1)
            yield self.chrome_link(self.wording.return_to_top, f"#{top.id}")

    def contents(self) -> Iterator[Fact]:
        """Links to the parts and their sections."""
        for part in self.manual.parts:
            yield self.link(part.title, self.file(part), part.span)
            for section in part.sections:
                yield self.link(section.title, f"{self.file(part)}#{section.id}", section.span)

    def sources(self) -> Iterator[Fact]:
        """The outside links and the credits."""
        if self.manual.links:
            yield Fact(CHROME, self.wording.elsewhere)
        for link in self.manual.links:
            yield self.link(link.title, self.outside(link.url), link.span)
        if self.manual.credits:
            yield Fact(CHROME, self.wording.sources)
        for credit in self.manual.credits:
            yield from self.text(Fact("credit", "", span=credit[0].span), credit)

    def foot(self, part: Part) -> Iterator[Fact]:
        """The links at the foot of a page."""
        parts = self.manual.all_parts
        at = parts.index(part)
        around = [(self.wording.previous_part, other) for other in parts[max(1, at - 1) : at]]
        around += [(self.wording.next_part, other) for other in parts[at + 1 : at + 2]]
        words = ["·"] * bool(at) + [f"· {relation}:" for relation, _ in around]
        if words:
            yield Fact(CHROME, " ".join(words))
        yield self.chrome_link(self.wording.return_to_top, f"#{part.id}")
        if at:
            yield self.chrome_link(self.wording.front_page, "index.html")
        for _, other in around:
            yield self.chrome_link(other.title, self.file(other), other.span)

    def links_back(self, top: str) -> Iterator[Fact]:
        """The links at the foot of a page that stands alone."""
        yield Fact(CHROME, "·")
        yield self.chrome_link(self.wording.return_to_top, f"#{top}")
        yield self.chrome_link(self.wording.front_page, "index.html")

    def chrome_link(self, text: str, address: str, span: Span | None = None) -> Fact:
        """A link of our own."""
        return replace(self.link(text, address, span), kind=CHROME_LINK)

    def link(self, text: str, address: str, span: Span | None = None) -> Fact:
        """An entry in a list of links."""
        return Fact("link", squeeze(text), links=(address,), span=span)

    def reference(self, reference: CrossReference) -> Shown:
        """A reference shows the label as the manual gives it, whatever its case was."""
        target = self.references.target(reference)
        return (target.label, [self.address(target)]) if target else (reference.label, [""])

    def address(self, target: Target) -> str:
        """Where a link to the target must lead from this page."""
        part = target.part
        if part is None:
            return self.outside(target.url)
        if part in self.shown:
            return f"#{target.id}"
        file = self.file(part)
        return file if target.id == part.id else f"{file}#{target.id}"

    def outside(self, url: str) -> str:
        """How the output spells an outside address."""
        return url

    def file(self, part: Part) -> str:
        """The file of a part's page."""
        return "index.html" if part is self.manual.introduction else f"{part.id}.html"
