"""The rules of a good page, on a PDF read back: what is split, alone, cut off or overprinted."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from manual.core.layouts import Layout
from manual.core.wording import Wording
from manual.verify.pdf.facts import Found
from manual.verify.pdf.letters import Run
from manual.verify.pdf.tree import Document


def broken_rules(
    document: Document, facts: list[Found], layout: Layout, wording: Wording
) -> list[str]:
    """Every rule that a handout breaks, with its page."""
    notes = _split_notes(facts, document, layout, wording)
    furniture = [run for page in document.chrome for run in page]
    body = [run for found in facts for run in (*found.own, *found.runs)]
    return [
        *notes,
        *_notes_without_step(facts, layout),
        *_lone_headings(facts),
        *_cut_lines([*body, *furniture], document),
        *_overprinted([*body, *furniture]),
        *_empty_pages(facts, document),
    ]


def _pages(found: Found) -> list[int]:
    return sorted({run.page for run in found.runs if run.text.strip()})


def _shown(document: Document, page: int) -> str:
    """The letters outside the text on a page, without spaces."""
    return _bare("".join(run.text for run in document.chrome[page - 1]))


def _bare(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


def _split_notes(
    facts: list[Found], document: Document, layout: Layout, wording: Wording
) -> Iterator[str]:
    """A note stands on one page; one longer than a page goes on under its signal word."""
    for found in facts:
        if found.fact.kind not in ("note", "summary"):
            continue
        pages = _pages(found)
        if len(pages) == 1:
            continue
        named = f"the {found.fact.name} “{found.fact.text[:40]}…”"
        height = sum(_line_heights(found, page) for page in pages)
        if (
            height < 0.88 * (layout.height - layout.top - layout.bottom)
            and found.fact.kind == "note"
        ):
            yield f"{named} is split over the pages {pages}, and would fit on one"
        for page in pages[1:]:
            again = _bare(f"{found.fact.name}! ({wording.continued})")
            if found.fact.kind == "note" and again not in _shown(document, page):
                yield f"{named} goes on on page {page} without its signal word"


def _line_heights(found: Found, page: int) -> float:
    runs = [run for run in found.runs if run.page == page and run.text.strip()]
    return max(run.top for run in runs) - min(run.bottom for run in runs)


def _notes_without_step(facts: list[Found], layout: Layout) -> Iterator[str]:
    """A note begins on a page where its step stands, unless the step with all of its notes is
    longer than a page; then a label beside the note says whose it is.
    """
    last = {found.fact.owner: end for end, found in enumerate(facts) if found.fact.kind == "note"}
    for end, found in enumerate(facts):
        fact = found.fact
        if fact.kind != "note":
            continue
        begin = next(i for i in range(end, -1, -1) if _named(facts[i]) == fact.owner)
        page = _pages(found)[0]
        whole = facts[begin : last[fact.owner] + 1]
        if page in _pages(facts[begin]) or _fills_a_page(whole, layout):
            continue
        yield f"the {fact.name} “{fact.text[:40]}…” is on page {page}, {fact.owner} before it"


def _named(found: Found) -> str:
    fact = found.fact
    return {"step": fact.label, "heading": fact.text.strip()}.get(fact.kind, "")


def _fills_a_page(facts: list[Found], layout: Layout) -> bool:
    """Whether these, their headings above and the gaps between are too much for one page."""
    heights = 0.0
    runs = [run for found in facts for run in found.runs if run.text.strip()]
    for page in {run.page for run in runs}:
        on = [run for run in runs if run.page == page]
        heights += max(run.top for run in on) - min(run.bottom for run in on)
    return heights > 0.6 * (layout.height - layout.top - layout.bottom)


def _lone_headings(facts: list[Found]) -> Iterator[str]:
    """Behind a heading or lettered step, something of its own stands on the same page."""
    flow = [found for found in facts if found.fact.kind != "footnote"]
    for found, behind in pairwise(flow):
        fact = found.fact
        lettered = fact.kind == "step" and fact.level > 0
        # A lettered step with nothing below it is whole alone.
        alone_is_whole = lettered and (behind.fact.level > 0 or behind.fact.owner != fact.label)
        if (fact.kind == "heading" or lettered) and not alone_is_whole:
            if len(_pages(found)) > 1:
                continue  # itself longer than a page
            last, first = _pages(found)[-1], _pages(behind)[0]
            if last != first:
                yield f"“{fact.name} {fact.text[:40]}…” is alone at the foot of page {last}"


def _cut_lines(runs: list[Run], document: Document) -> Iterator[str]:
    """Every letter is on the paper, a little away from its edge."""
    edge = 12
    for run in runs:
        inside = run.left >= edge and run.right <= document.width - edge
        inside = inside and run.bottom >= edge and run.top <= document.height - edge
        if run.text.strip() and not inside:
            yield f"“{run.text[:40]}” is cut on page {run.page}"


def _overprinted(runs: list[Run]) -> Iterator[str]:
    """No letters stand on others. (Half of a line may overlap: accents, footnote stars.)"""
    by_page: dict[int, list[Run]] = defaultdict(list)
    for run in runs:
        if run.text.strip() and set(run.text.strip()) != {"."}:
            by_page[run.page].append(run)
    for page, placed in by_page.items():
        placed.sort(key=lambda run: run.left)
        for index, run in enumerate(placed):
            for other in placed[index + 1 :]:
                if other.left >= run.right - 1:
                    break
                across = min(run.right, other.right) - other.left
                overlap = min(run.top, other.top) - max(run.bottom, other.bottom)
                lower = min(run.top - run.bottom, other.top - other.bottom)
                if across > 1.5 and overlap > 0.5 * lower:
                    both = f"“{run.text[:30]}” and “{other.text[:30]}”"
                    yield f"{both} stand on each other on page {page}"


def _empty_pages(facts: list[Found], document: Document) -> Iterator[str]:
    """Every page has some of the text."""
    used = {page for found in facts for page in _pages(found)}
    for page in range(1, document.pages + 1):
        if page not in used:
            yield f"page {page} is empty"
