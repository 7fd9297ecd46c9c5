"""Manual → the data that handout.typ sets: plain JSON, every text as it is."""

from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import Any, assert_never

from manual.core.addresses import plain_address
from manual.core.layouts import KEYWORD, Layout
from manual.core.markers import ordinal
from manual.core.model import (
    Block,
    CrossReference,
    Footnote,
    FootnoteReference,
    Inline,
    Manual,
    Note,
    Paragraph,
    Part,
    Section,
    Step,
    Text,
    Words,
    blocks_of,
    nodes_of,
)
from manual.core.references import References
from manual.core.source import spaced, squeeze
from manual.core.wording import wording_for
from manual.write.handout.text_width import extent

Data = dict[str, Any]


def handout_data(
    manual: Manual,
    layout: Layout,
    chosen: Collection[Part | Section] = (),
    fonts: Collection[str] = (),
) -> Data:
    """What handout.typ needs for a handout of the manual, or of some `chosen` parts and sections.

    `fonts` are the families to fall back on, after ours. A handout of chosen sections has what
    stands before the sections in their part, because it holds for them; and in its summary the
    safety notes of the introduction, which hold for everything.
    """
    return _Writer(manual, frozenset(one.id for one in chosen)).data(layout, fonts)


@dataclass(slots=True)
class _Writer:
    manual: Manual
    chosen: frozenset[str]
    references: References = field(init=False)
    footnoted: set[str] = field(default_factory=set)
    here: set[str] = field(default_factory=set)  # the ids of what the handout holds
    reachable: set[str] = field(default_factory=set)  # footnotes that a star in the text leads to

    def __post_init__(self) -> None:
        self.references = References(self.manual)
        for part in self.parts():
            self.here.add(part.id)
            self.here.update(section.id for section in part.sections)
            blocks = list(blocks_of(part))
            self.here.update(block.id for block in blocks if isinstance(block, Step | Footnote))
            for block in blocks:
                if not isinstance(block, Footnote):
                    self.reach(block.text)

    def reach(self, text: Text) -> None:
        for inline in text:
            if isinstance(inline, FootnoteReference):
                footnote = self.references.footnote(inline)
                if footnote and footnote.id not in self.reachable:
                    self.reachable.add(footnote.id)
                    self.reach(footnote.text)

    def parts(self) -> list[Part]:
        """What the handout holds, the introduction first."""
        if not self.chosen:
            return list(self.manual.all_parts)
        held = []
        for part in self.manual.all_parts:
            sections = tuple(section for section in part.sections if section.id in self.chosen)
            if part.id in self.chosen:
                held.append(part)
            elif sections:
                held.append(replace(part, sections=sections))
        return held

    def data(self, layout: Layout, fonts: Collection[str]) -> Data:
        manual = self.manual
        language, _, region = manual.language.partition("-")
        edition, wording = squeeze(manual.edition), wording_for(manual.language)
        held = self.parts()
        chosen = [
            node.name
            for part in manual.all_parts
            for node in nodes_of(part)
            if node.id in self.chosen
        ]
        return {
            "look": {**asdict(layout), "margin": layout.margin, "two_sided": layout.folded},
            "fonts": list(fonts),
            "lang": language.lower(),
            "region": region.upper() if len(region) == 2 else None,
            "words": asdict(wording),
            "title": squeeze(manual.title),
            "edition": edition,
            "foot_extent": extent(
                f"{wording.edition}: {edition} {wording.page_long} 0000 {wording.of} 0000"
            ),
            "description": squeeze(manual.description),
            "keywords": [KEYWORD, layout.name, *sorted(self.chosen)],
            "chosen": chosen,
            "audience": self.text(manual.audience),
            "parts": [self.part(part) for part in held],
            "running": list(self.running(held)),
            "notes": list(self.summary()),
            "links": [
                {
                    "id": f"link_{number}",
                    "title": squeeze(link.title),
                    "url": plain_address(link.url),
                }
                for number, link in enumerate(manual.links, 1)
            ],
            "credits": [{"text": self.text(credit)} for credit in manual.credits],
        }

    def running(self, held: list[Part]) -> Iterator[Data]:
        """What running heads name, in order: the id of each heading, its part and its section."""
        for part in held:
            yield {"id": part.id, "part": part.name, "section": None}
            for section in part.sections:
                yield {"id": section.id, "part": part.name, "section": section.name}
        wording = wording_for(self.manual.language)
        if self.manual.links:
            yield {"id": "running_elsewhere", "part": wording.elsewhere, "section": None}
        if self.manual.credits:
            yield {"id": "running_sources", "part": wording.sources, "section": None}

    def part(self, part: Part) -> Data:
        return {
            "id": part.id,
            "name": part.name,
            "title": squeeze(self.title(part)),
            "extent": extent(self.title(part)),
            "opening": part is not self.manual.introduction,
            "blocks": self.blocks(part.blocks, part, 2),
            "sections": [
                {
                    "id": section.id,
                    "name": section.name,
                    "title": squeeze(section.title),
                    "extent": extent(section.title),
                    "blocks": self.blocks(section.blocks, section, 3),
                }
                for section in part.sections
            ],
        }

    def title(self, part: Part) -> str:
        if part.id == self.manual.introduction.id:
            return wording_for(self.manual.language).introduction
        return part.title

    def blocks(
        self, blocks: tuple[Block, ...], owner: Part | Section | Step, level: int
    ) -> list[Data]:
        return [
            self.block(block, owner, level)
            for block in blocks
            if not (isinstance(block, Footnote) and block.id in self.reachable)
        ]

    def block(self, block: Block, owner: Part | Section | Step, level: int) -> Data:
        text = self.text(block.text)
        takes = self.room_for(text)
        match block:
            case Paragraph():
                return {"kind": "paragraph", "text": text, "extent": takes}
            case Note():
                return {
                    "kind": "note",
                    "word": block.word,
                    "text": text,
                    "extent": takes,
                    "owner": _label(owner),
                }
            case Footnote():  # no star leads to it but its own
                term = squeeze(block.term)
                return {"kind": "footnote", "term": term, "text": text, "extent": takes}
            case Step():
                return {
                    "kind": "step" if block.level == 1 else "item",
                    "level": level,
                    "marker": block.marker,
                    "number": ordinal(block.marker),
                    "id": block.id,
                    **_label(block),
                    "text": text,
                    "extent": takes,
                    "blocks": self.blocks(block.blocks, block, level),
                }
            case _:
                assert_never(block)

    def summary(self) -> Iterator[Data]:
        """Every note that the handout holds, and those of the introduction at any rate."""
        introduction = self.manual.introduction
        held = self.parts()
        for part in held if introduction.id in self.here else [introduction, *held]:
            for owner in nodes_of(part):
                yield from self.notes(owner.blocks, owner)

    def notes(self, blocks: tuple[Block, ...], owner: Part | Section | Step) -> Iterator[Data]:
        for block in blocks:
            if isinstance(block, Note):
                yield {
                    "word": block.word,
                    "text": self.text(block.text),
                    "place": squeeze(
                        self.title(owner) if isinstance(owner, Part) else _name(owner)
                    ),
                    "id": owner.id if owner.id in self.here else None,
                }
            elif isinstance(block, Step):
                yield from self.notes(block.blocks, block)

    def text(self, text: Text) -> list[Data]:
        return [self.inline(inline) for inline in text]

    def room_for(self, text: list[Data]) -> dict[str, float]:
        """The extent of a text, with the pages of its references."""
        wording = wording_for(self.manual.language)
        behind = {
            "words": "",
            # (the page and its number stay on one line)
            "reference": f", {wording.page}_00000 ({wording.not_in_this_handout})",
        }
        return extent(
            "".join(
                "*" if run["kind"] == "star" else run["text"] + behind[run["kind"]] for run in text
            )
        )

    def inline(self, inline: Inline) -> Data:
        match inline:
            case Words():
                return {"kind": "words", "text": spaced(inline.text)}
            case CrossReference():
                target = self.references.target(inline)
                if target is None:
                    raise AssertionError("a checked manual has no unknown reference")
                run: Data = {"kind": "reference", "text": squeeze(target.label), "id": target.id}
                if target.id not in self.here:
                    run["id"] = None
                if target.part is None:
                    number = [link.title for link in self.manual.links].index(target.label) + 1
                    run |= {"url": plain_address(target.url), "id": f"link_{number}"}
                return run
            case FootnoteReference():
                footnote = self.references.footnote(inline)
                if footnote is None:
                    raise AssertionError("a checked manual has no star without a definition")
                run = {"kind": "star", "id": footnote.id}
                if footnote.id not in self.footnoted:
                    self.footnoted.add(footnote.id)
                    within = self.text(footnote.text)
                    run |= {"term": squeeze(footnote.term), "text": within}
                    run["extent"] = self.room_for(within)
                return run
            case _:
                assert_never(inline)


def _label(owner: Part | Section | Step) -> Data:
    label = _name(owner)
    return {"label": label, "label_extent": extent(label)}


def _name(owner: Part | Section | Step) -> str:
    return owner.label if isinstance(owner, Step) else owner.name
