"""What a PDF handout must say."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from manual.core.addresses import plain_address
from manual.core.model import (
    Block,
    CrossReference,
    Footnote,
    FootnoteReference,
    Manual,
    Note,
    Part,
    Section,
    Step,
    Text,
    nodes_of,
)
from manual.core.references import References
from manual.core.source import Span, squeeze
from manual.verify.expected.facts import Fact
from manual.verify.expected.walker import Owner, Shown, Walker


def facts_of_handout(
    manual: Manual,
    references: References,
    chosen: Collection[str],
    pages: Mapping[str, int] | None,
) -> list[Fact]:
    """Every fact of a handout of the `chosen` parts and sections (their ids; none: of all).

    `pages` says on which page each id is, for the page numbers behind references; None: without
    these and without stars, as in bookmarks.
    """
    handout = _Handout(
        manual, references, labelled_headings=True, chosen=frozenset(chosen), pages=pages
    )
    return list(handout.facts())


def bookmarks_of(manual: Manual, references: References, chosen: Collection[str]) -> list[str]:
    """The bookmarks of a handout: its headings and lettered steps, in order."""
    facts = facts_of_handout(manual, references, chosen, None)
    return [
        f"{fact.name} {fact.text}".strip()
        for fact in facts
        if fact.kind == "heading" or (fact.kind == "step" and fact.level)
    ]


@dataclass(slots=True)
class _Handout(Walker):
    chosen: frozenset[str] = frozenset()
    pages: Mapping[str, int] | None = None
    printed: set[str] = field(default_factory=set)  # footnotes that stand somewhere already
    held: list[tuple[Part, tuple[Section, ...]]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    starred: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for part in self.manual.all_parts:
            whole = not self.chosen or part.id in self.chosen
            sections = tuple(node for node in part.sections if whole or node.id in self.chosen)
            if whole or sections:
                self.held.append((part, sections))
        for part, sections in self.held:
            for owner in _nodes(part, sections):
                self.ids.add(owner.id)
                self.collect(owner.blocks)

    def collect(self, blocks: tuple[Block, ...]) -> None:
        """Note the steps that the handout holds, and the footnotes that its stars lead to."""
        for block in blocks:
            if isinstance(block, Step):
                self.ids.add(block.id)
                self.collect(block.blocks)
            if not isinstance(block, Footnote):
                self.collect_stars(block.text)

    def collect_stars(self, text: Text) -> None:
        for inline in text:
            if isinstance(inline, FootnoteReference):
                footnote = self.references.footnote(inline)
                if footnote and footnote.id not in self.starred:
                    self.starred.add(footnote.id)
                    self.collect_stars(footnote.text)

    def facts(self) -> Iterator[Fact]:
        body = list(self.body())  # first: a footnote stands at its first star there
        yield from self.front()
        yield from body
        yield from self.back()

    def front(self) -> Iterator[Fact]:
        """The title page, the contents, and the summary of safety notes."""
        manual, wording = self.manual, self.wording
        yield Fact("title", manual.title)
        yield Fact("paragraph", f"{wording.edition}: {manual.edition}")
        yield from self.text("paragraph", manual.audience, manual.introduction.span)
        if self.chosen:
            nodes = [node for part in manual.all_parts for node in nodes_of(part)]
            names = [node.name for node in nodes if node.id in self.chosen]
            yield Fact("paragraph", f"{wording.chosen}: {', '.join(names)}")
        yield Fact("heading", wording.contents, level=1)
        notes = list(self.summary())
        if notes:
            yield self.entry(wording.safety_notes, "safety-notes")
        for part, sections in self.held:
            yield self.entry(self.title(part), part.id, part.span)
            for section in sections:
                yield self.entry(section.title, section.id, section.span)
        if manual.links:
            yield self.entry(wording.elsewhere, "elsewhere")
        if manual.credits:
            yield self.entry(wording.sources, "sources")
        if notes:
            yield Fact("heading", wording.safety_notes, id="safety-notes", level=1)
            yield from notes

    def body(self) -> Iterator[Fact]:
        """The parts and sections."""
        for part, sections in self.held:
            yield self.heading(self.title(part), part, 1)
            yield from self.blocks(part.blocks, part, 2)
            for section in sections:
                yield self.heading(section.title, section, 2)
                yield from self.blocks(section.blocks, section, 3)

    def back(self) -> Iterator[Fact]:
        """The outside links and the credits."""
        manual, wording = self.manual, self.wording
        if manual.links:
            yield Fact("heading", wording.elsewhere, id="elsewhere", level=1)
        for number, link in enumerate(manual.links, 1):
            url = plain_address(link.url)
            yield Fact(
                "paragraph",
                f"{link.title} {url}",
                id=f"link_{number}",
                links=(url,),
                owner=wording.elsewhere,
                span=link.span,
            )
        if manual.credits:
            yield Fact("heading", wording.sources, id="sources", level=1)
        for credit in manual.credits:
            yield from self.text("paragraph", credit, credit[0].span, owner=wording.sources)

    def title(self, part: Part) -> str:
        """The heading of a part."""
        first = part is self.manual.introduction
        return self.wording.introduction if first else squeeze(part.title)

    def entry(self, title: str, id: str, span: Span | None = None) -> Fact:
        """An entry of the contents, with its page."""
        page = self.pages.get(id, 0) if self.pages else 0
        return Fact("contents", title, str(page), links=(id,), span=span)

    def summary(self) -> Iterator[Fact]:
        """Each note of the handout and each of the introduction, with its step and page."""
        introduction = self.manual.introduction
        held = self.held
        if introduction.id not in self.ids:
            held = [(introduction, introduction.sections), *held]
        for part, sections in held:
            for owner in _nodes(part, sections):
                yield from self.summarized(owner.blocks, owner)

    def summarized(self, blocks: tuple[Block, ...], owner: Owner) -> Iterator[Fact]:
        """The notes among the blocks of `owner`, as the summary lists them."""
        for block in blocks:
            if isinstance(block, Step):
                yield from self.summarized(block.blocks, block)
            elif isinstance(block, Note):
                (fact, *footnotes) = self.text("summary", block.text, block.span)
                name = self.title(owner) if isinstance(owner, Part) else _label(owner)
                here = owner.id in self.ids
                place = self.place(name, owner.id) if here else f"{name}{self.absent}"
                links = [link for link in fact.links if not link.startswith("fn_")]
                yield Fact(
                    "summary",
                    f"{fact.text} → {place}",
                    block.word,
                    links=(*links, owner.id) if here else tuple(links),
                    span=block.span,
                )
                yield from footnotes

    @property
    def absent(self) -> str:
        return f" ({self.wording.not_in_this_handout})"

    def place(self, name: str, id: str) -> str:
        """A name and, behind it, the page that it is on."""
        if self.pages is None:
            return name
        return f"{name}, {self.wording.page} {self.pages.get(id, 0)}"

    def behind(self, text: Text) -> Iterator[Fact]:
        """The footnotes whose first star is in the text."""
        first = []
        for inline in text:
            if isinstance(inline, FootnoteReference):
                footnote = self.references.footnote(inline)
                if footnote and footnote.id not in self.printed:
                    self.printed.add(footnote.id)
                    first.append(footnote)
        for footnote in first:
            yield from self.text(
                "footnote", footnote.text, footnote.span, name=footnote.term, id=footnote.id
            )

    def note(self, note: Note, owner: Owner) -> Iterator[Fact]:
        """A note says which part, section or step it belongs to."""
        yield from self.text(
            "note",
            note.text,
            note.span,
            name=note.word,
            label=_label(owner),
            owner=self.owner_name(owner),
        )

    def footnote(self, footnote: Footnote, owner: Owner) -> Iterator[Fact]:
        """A definition stands behind its first star; without one, it is a paragraph in place."""
        if footnote.id not in self.starred:
            fact, *footnotes = self.text(
                "paragraph", footnote.text, footnote.span, owner=self.owner_name(owner)
            )
            yield replace(fact, text=squeeze(f"*{footnote.term}: {fact.text}"))
            yield from footnotes

    def owner_name(self, owner: Owner) -> str:
        """What paper shows above the blocks: a heading, or the label of a step."""
        match owner:
            case Part():
                return self.title(owner)
            case Section():
                return squeeze(owner.title)
            case Step():
                return owner.label

    def star(self, star: FootnoteReference) -> Shown:
        """A star leads to the footnote on its page; bookmarks have none."""
        footnote = self.references.footnote(star)
        shown = "*" if self.pages is not None else ""
        return shown, [footnote.id] if footnote else []

    def reference(self, reference: CrossReference) -> Shown:
        """What a reference shows on paper, and where its links lead."""
        target = self.references.target(reference)
        if target is None:
            return reference.label, [""]
        if target.part is None:
            number = [link.title for link in self.manual.links].index(target.label) + 1
            entry = f"link_{number}"
            return self.place(target.label, entry), [plain_address(target.url), entry]
        if target.id not in self.ids:
            return f"{target.label}{self.absent}", []
        return self.place(target.label, target.id), [target.id]


def _label(owner: Owner) -> str:
    return owner.label if isinstance(owner, Step) else owner.name


def _nodes(part: Part, sections: tuple[Section, ...]) -> list[Part | Section]:
    return [part, *sections]
