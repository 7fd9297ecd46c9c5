"""What a reader must find in a handout: the model as a flat list of facts, in reading order."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from manual.core.addresses import plain_address
from manual.core.model import (
    Block,
    CrossReference,
    Footnote,
    FootnoteReference,
    Manual,
    Note,
    Paragraph,
    Part,
    Section,
    Step,
    Text,
    Words,
    nodes_of,
)
from manual.core.references import References
from manual.core.source import Span, squeeze
from manual.core.wording import Wording, wording_for
from manual.verify.expected import Fact


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
    return list(_Handout(manual, references, frozenset(chosen), pages).facts())


@dataclass(slots=True)
class _Handout:
    manual: Manual
    references: References
    chosen: frozenset[str]
    pages: Mapping[str, int] | None
    done: set[str] = field(default_factory=set)  # footnotes that stand somewhere already
    held: list[tuple[Part, tuple[Section, ...]]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    starred: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for part in self.manual.all_parts:
            whole = not self.chosen or part.id in self.chosen
            sections = tuple(one for one in part.sections if whole or one.id in self.chosen)
            if whole or sections:
                self.held.append((part, sections))
        for part, sections in self.held:
            for owner in _nodes(part, sections):
                self.ids.add(owner.id)
                self.collect(owner.blocks)

    def collect(self, blocks: tuple[Block, ...]) -> None:
        for block in blocks:
            if isinstance(block, Step):
                self.ids.add(block.id)
                self.collect(block.blocks)
            if not isinstance(block, Footnote):
                self.star(block.text)

    def star(self, text: Text) -> None:
        for inline in text:
            if isinstance(inline, FootnoteReference):
                footnote = self.references.footnote(inline)
                if footnote and footnote.id not in self.starred:
                    self.starred.add(footnote.id)
                    self.star(footnote.text)

    @property
    def wording(self) -> Wording:
        return wording_for(self.manual.language)

    def facts(self) -> Iterator[Fact]:
        body = list(self.body())
        yield from self.front()
        yield from body
        yield from self.back()

    def front(self) -> Iterator[Fact]:
        manual, wording = self.manual, self.wording
        yield Fact("title", manual.title)
        yield Fact("paragraph", f"{wording.edition}: {manual.edition}")
        yield from self.text("paragraph", manual.audience, "", manual.introduction.span)
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
        for part, sections in self.held:
            title = self.title(part)
            yield Fact("heading", title, id=part.id, level=1, span=part.span)
            yield from self.blocks(part.blocks, title, part.name, 2)
            for section in sections:
                yield Fact("heading", section.title, id=section.id, level=2, span=section.span)
                yield from self.blocks(section.blocks, squeeze(section.title), section.name, 3)

    def back(self) -> Iterator[Fact]:
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
            yield from self.text("paragraph", credit, wording.sources, credit[0].span)

    def title(self, part: Part) -> str:
        first = part is self.manual.introduction
        return self.wording.introduction if first else squeeze(part.title)

    def entry(self, title: str, id: str, span: Span | None = None) -> Fact:
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
                name = self.title(owner) if isinstance(owner, Part) else owner.name
                yield from self.summarized(owner.blocks, owner.id, name)

    def summarized(self, blocks: tuple[Block, ...], owner: str, name: str) -> Iterator[Fact]:
        for block in blocks:
            if isinstance(block, Step):
                yield from self.summarized(block.blocks, block.id, block.label)
            elif isinstance(block, Note):
                (fact, *footnotes) = self.text(
                    "summary", block.text, "", block.span, name=block.word
                )
                here = owner in self.ids
                where = self.place(name, owner) if here else f"{name}{self.absent}"
                links = [link for link in fact.links if not link.startswith("fn_")]
                yield Fact(
                    "summary",
                    f"{fact.text} → {where}",
                    block.word,
                    links=(*links, owner) if here else tuple(links),
                    span=block.span,
                )
                yield from footnotes

    @property
    def absent(self) -> str:
        return f" ({self.wording.not_in_this_handout})"

    def place(self, name: str, id: str) -> str:
        if self.pages is None:
            return name
        return f"{name}, {self.wording.page} {self.pages.get(id, 0)}"

    def blocks(
        self, blocks: tuple[Block, ...], owner: str, label: str, level: int
    ) -> Iterator[Fact]:
        """Blocks under the heading or label `owner`, whose own label is `label`."""
        for block in blocks:
            match block:
                case Paragraph():
                    yield from self.text("paragraph", block.text, owner, block.span)
                case Note():
                    yield from self.text(
                        "note", block.text, owner, block.span, name=block.word, label=label
                    )
                case Footnote():
                    if block.id not in self.starred:
                        head = f"*{block.term}: "
                        yield from self.text("paragraph", block.text, owner, block.span, head=head)
                case Step():
                    lettered = block.level == 1
                    yield from self.text(
                        "step",
                        block.text,
                        "" if lettered else owner,
                        block.span,
                        name=block.marker,
                        id=block.id,
                        label=block.label,
                        level=level if lettered else 0,
                    )
                    yield from self.blocks(block.blocks, block.label, block.label, level)

    def text(
        self,
        kind: str,
        text: Text,
        owner: str,
        span: Span,
        *,
        name: str = "",
        id: str = "",
        label: str = "",
        level: int = 0,
        head: str = "",
    ) -> Iterator[Fact]:
        """A fact, and behind it the footnotes whose first star is in it."""
        words = [head]
        links: list[str] = []
        footnotes: list[Footnote] = []
        for inline in text:
            match inline:
                case Words():
                    words.append(inline.text)
                case FootnoteReference():
                    words.append("*" if self.pages is not None else "")
                    footnote = self.references.footnote(inline)
                    if footnote:
                        links.append(footnote.id)
                        if footnote.id not in self.done:
                            self.done.add(footnote.id)
                            footnotes.append(footnote)
                case CrossReference():
                    said, leads = self.reference(inline)
                    words.append(said)
                    links += leads
        said = squeeze("".join(words))
        yield Fact(kind, said, name, id, label, owner, tuple(links), level, span)
        for footnote in footnotes:
            yield from self.text(
                "footnote", footnote.text, "", footnote.span, name=footnote.term, id=footnote.id
            )

    def reference(self, inline: CrossReference) -> tuple[str, list[str]]:
        """What a reference says on paper, and where its links lead."""
        target = self.references.target(inline)
        if target is None:
            return inline.label, [""]
        if target.part is None:
            number = [link.title for link in self.manual.links].index(target.label) + 1
            return self.place(target.label, f"link_{number}"), [
                plain_address(target.url),
                f"link_{number}",
            ]
        if target.id not in self.ids:
            return f"{target.label}{self.absent}", []
        return self.place(target.label, target.id), [target.id]


def bookmarks_of(manual: Manual, references: References, chosen: Collection[str]) -> list[str]:
    """The bookmarks of a handout: its headings and lettered steps, in order."""
    facts = facts_of_handout(manual, references, chosen, None)
    return [
        f"{fact.name} {fact.text}".strip()
        for fact in facts
        if fact.kind == "heading" or (fact.kind == "step" and fact.level)
    ]


def _nodes(part: Part, sections: tuple[Section, ...]) -> list[Part | Section]:
    return [part, *sections]
