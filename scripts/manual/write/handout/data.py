"""Manual → the data that handout.typ sets: plain JSON, every text as it is."""

from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from manual.core.addresses import plain_address
from manual.core.layouts import KEYWORD, Layout
from manual.core.model import Manual, Part, Section, nodes_of
from manual.core.source import spaced, squeeze
from manual.core.wording import Wording, pdf_language, wording_for
from manual.write.handout.fonts import lacking
from manual.write.handout.text_width import extent
from manual.write.views import View, manual_view, unknown

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
    view, wording = manual_view(manual), wording_for(manual.language)
    view["introduction"]["title"] = wording.introduction
    ids = {node.id for node in chosen}
    held = _held([view["introduction"], *view["parts"]], ids)
    writer = _Writer(view, wording, held)
    language, _, region = pdf_language(manual.language).partition("-")
    edition = squeeze(manual.edition)
    foot = f"{wording.edition}: {edition} {wording.page_long} 0000 {wording.of} 0000"
    nodes = [node for part in manual.all_parts for node in nodes_of(part)]
    return {
        "look": {**asdict(layout), "margin": layout.margin, "two_sided": layout.folded},
        "fonts": list(fonts),
        "lacking_in_serif": lacking(manual, "SourceSerif4"),
        "lacking_in_sans": lacking(manual, "SourceSans3"),
        "lang": language,
        "region": region or None,
        "words": asdict(wording),
        "title": squeeze(manual.title),
        "edition": edition,
        "foot_extent": extent(foot),
        "description": squeeze(manual.description),
        "keywords": [KEYWORD, layout.name, *sorted(ids)],
        "chosen": [node.name for node in nodes if node.id in ids],
        "audience": writer.runs(view["audience"]),
        "parts": [writer.part(part) for part in held],
        "running": list(writer.running()),
        "notes": list(writer.summary()),
        "links": [
            {"id": f"link_{number}", "title": squeeze(link.title), "url": plain_address(link.url)}
            for number, link in enumerate(manual.links, 1)
        ],
        "credits": [{"text": writer.runs(credit)} for credit in view["credits"]],
    }


def _held(parts: list[View], chosen: set[str]) -> list[View]:
    """What the handout holds of the parts, where only some parts and sections are chosen."""
    held = []
    for part in parts:
        sections = [section for section in part["sections"] if section["id"] in chosen]
        if not chosen or part["id"] in chosen:
            held.append(part)
        elif sections:
            held.append({**part, "sections": sections})
    return held


def _flat(blocks: list[View]) -> Iterator[View]:
    """The blocks with the steps of a list instead of the list."""
    for block in blocks:
        yield from block["steps"] if block["kind"] == "list" else (block,)


def _walk(blocks: list[View]) -> Iterator[View]:
    """Every block below, in reading order."""
    for block in _flat(blocks):
        yield block
        yield from _walk(block.get("blocks", []))


def _blocks_of(part: View) -> Iterator[View]:
    for node in (part, *part["sections"]):
        yield from _walk(node["blocks"])


@dataclass(slots=True)
class _Writer:
    """Writes what is held. A footnote goes where its first star is written."""

    manual: View
    wording: Wording
    held: list[View]
    footnotes: dict[str, View] = field(init=False)  # all of the manual, by id
    here: set[str] = field(init=False)  # the ids of what the handout holds
    cited: set[str] = field(init=False)  # footnotes that a star in the text leads to
    written: set[str] = field(default_factory=set)  # footnotes

    def __post_init__(self) -> None:
        self.footnotes = {
            block["id"]: block
            for part in (self.manual["introduction"], *self.manual["parts"])
            for block in _blocks_of(part)
            if block["kind"] == "footnote"
        }
        blocks = [block for part in self.held for block in _blocks_of(part)]
        steps = [block for block in blocks if "blocks" in block]
        nodes = [node for part in self.held for node in (part, *part["sections"])]
        self.here = {node["id"] for node in (*nodes, *steps)}
        self.cited = set()
        texts = [block["text"] for block in blocks if block["kind"] != "footnote"]
        while texts:
            for inline in texts.pop():
                if inline["kind"] == "star" and inline["footnote"] not in self.cited:
                    self.cited.add(inline["footnote"])
                    texts.append(self.footnotes[inline["footnote"]]["text"])

    def running(self) -> Iterator[Data]:
        """What running heads name, in order: the id of each heading, its part and its section."""
        for part in self.held:
            yield {"id": part["id"], "part": part["name"], "section": None}
            for section in part["sections"]:
                yield {"id": section["id"], "part": part["name"], "section": section["name"]}
        if self.manual["links"]:
            yield {"id": "running_elsewhere", "part": self.wording.elsewhere, "section": None}
        if self.manual["credits"]:
            yield {"id": "running_sources", "part": self.wording.sources, "section": None}

    def summary(self) -> Iterator[Data]:
        """Every note that the handout holds, and those of the introduction in any case."""
        introduction = self.manual["introduction"]
        for part in self.held if introduction["id"] in self.here else [introduction, *self.held]:
            yield from self.notes(part, part["title"])
            for section in part["sections"]:
                yield from self.notes(section, section["name"])

    def notes(self, owner: View, place: str) -> Iterator[Data]:
        """The notes below a part's or a section's heading, or a step."""
        for block in _flat(owner["blocks"]):
            if block["kind"] == "note":
                yield {
                    "word": block["word"],
                    "text": self.runs(block["text"]),
                    "place": squeeze(place),
                    "id": owner["id"] if owner["id"] in self.here else None,
                }
            elif "blocks" in block:
                yield from self.notes(block, block["label"])

    def part(self, part: View) -> Data:
        return {
            **self.node(part, 2),
            "opening": part is not self.manual["introduction"],
            "sections": [self.node(section, 3) for section in part["sections"]],
        }

    def node(self, node: View, level: int) -> Data:
        """A part without its sections, or a section; `level` is that of its lettered steps."""
        return {
            "id": node["id"],
            "name": node["name"],
            "title": squeeze(node["title"]),
            "extent": extent(node["title"]),
            "blocks": self.blocks(node["blocks"], node["name"], level),
        }

    def blocks(self, blocks: list[View], owner: str, level: int) -> list[Data]:
        """Blocks that belong to what is called `owner`, without the footnotes that go elsewhere."""
        return [
            self.block(block, owner, level)
            for block in _flat(blocks)
            if not (block["kind"] == "footnote" and block["id"] in self.cited)
        ]

    def block(self, block: View, owner: str, level: int) -> Data:
        data = {"kind": block["kind"], **self.measured(self.runs(block["text"]))}
        match block["kind"]:
            case "paragraph":
                return data
            case "note":
                return {**data, "word": block["word"], "owner": _labelled(owner)}
            case "footnote":  # no star leads to it but its own
                return {**data, "term": squeeze(block["term"])}
            case "step" | "item":
                return {
                    **data,
                    **_labelled(block["label"]),
                    "level": level,
                    "marker": block["marker"],
                    "number": block["number"],
                    "id": block["id"],
                    "blocks": self.blocks(block["blocks"], block["label"], level),
                }
            case kind:
                return unknown(kind)

    def measured(self, runs: list[Data]) -> Data:
        """A text's runs with its extent, the page numbers of its references included."""
        wording = self.wording
        behind = {
            "words": "",
            # (the page and its number stay on one line)
            "reference": f", {wording.page}_00000 ({wording.not_in_this_handout})",
        }
        whole = "".join(
            "*" if run["kind"] == "star" else run["text"] + behind[run["kind"]]
            for run in runs
            if "unmarked" not in run
        )
        return {"text": runs, "extent": extent(whole)}

    def runs(self, text: list[View]) -> list[Data]:
        """The runs of a text. A footnote that begins in another one stands behind that, unmarked:
        at a page's end, Typst loses footnotes that are inside others.
        """
        runs = []
        for run in map(self.run, text):
            inner = run.pop("inner", [])
            runs += [run, *({**footnote, "unmarked": True} for footnote in inner)]
        return runs

    def run(self, inline: View) -> Data:
        match inline["kind"]:
            case "words":
                return {"kind": "words", "text": spaced(inline["text"])}
            case "reference":
                target = inline["target"]
                run = {"kind": "reference", "text": squeeze(target.label)}
                if target.part is None:
                    number = [link.title for link in self.manual["links"]].index(target.label) + 1
                    return {**run, "id": f"link_{number}", "url": plain_address(target.url)}
                return {**run, "id": target.id if target.id in self.here else None}
            case "star":
                footnote = self.footnotes[inline["footnote"]]
                run = {"kind": "star", "id": footnote["id"]}
                if footnote["id"] in self.written:
                    return run
                self.written.add(footnote["id"])
                texts = self.runs(footnote["text"])
                inner = [each for each in texts if "term" in each]
                shown = [
                    {"kind": "star", "id": each["id"]} if "term" in each else each
                    for each in texts
                    if "unmarked" not in each
                ]
                term = squeeze(footnote["term"])
                return {**run, "term": term, **self.measured(shown), "inner": inner}
            case kind:
                return unknown(kind)


def _labelled(label: str) -> Data:
    return {"label": label, "label_extent": extent(label)}
