"""What labels and stars lead to: one table, which every writer and every check looks up."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain

from manual.core.model import (
    Block,
    CrossReference,
    Footnote,
    FootnoteReference,
    Link,
    Manual,
    Part,
    Section,
    Step,
    blocks_of,
    label_key,
    walk,
)
from manual.core.source import Span

# A suggestion compares a label with all others. Past this many comparisons there are no more
# suggestions, so that a manual full of wrong labels is still reported at once.
_MOST_COMPARISONS = 200_000


@dataclass(frozen=True, slots=True)
class Target:
    """What a label leads to: an `id` on the page of `part`, or an outside `url`."""

    label: str
    span: Span
    part: Part | None = None
    id: str = ""
    url: str = ""
    is_step: bool = False


class References:
    """The table of a manual. Look-ups ignore case and spacing, and return None for the unknown."""

    def __init__(self, manual: Manual) -> None:
        self._targets: dict[str, Target] = {}
        self._by_tail: dict[str, list[str]] = defaultdict(list)
        for target in targets_of(manual):
            self._targets.setdefault(label_key(target.label), target)
            if target.is_step:
                self._by_tail[label_key(target.label.rpartition(" ")[2])].append(target.label)
        self._comparisons = 0
        self._footnotes: dict[FootnoteReference, tuple[int, Footnote]] = {}
        self._stars: dict[str, list[FootnoteReference]] = defaultdict(list)
        for part in manual.all_parts:
            self._match_stars(part)

    def target(self, reference: CrossReference) -> Target | None:
        """Where a cross-reference leads."""
        return self._targets.get(label_key(reference.label))

    def footnote(self, star: FootnoteReference) -> Footnote | None:
        """The definition of the term before a star."""
        found = self._footnotes.get(star)
        return found[1] if found else None

    def star_number(self, star: FootnoteReference) -> tuple[int, Footnote]:
        """Which star of its definition this is, from 1, and the definition. Raises KeyError."""
        return self._footnotes[star]

    def star_id(self, star: FootnoteReference) -> str:
        """The id of a star, for the link back from its footnote. Raises KeyError."""
        number, footnote = self.star_number(star)
        return f"ref_{footnote.id}" + (f"_{number}" if number > 1 else "")

    def star_ids(self, footnote: Footnote) -> list[str]:
        """The ids of all stars that lead to a definition."""
        return [self.star_id(star) for star in self.stars_of(footnote)]

    def stars_of(self, footnote: Footnote) -> list[FootnoteReference]:
        """Every star that leads to a definition, in reading order."""
        return self._stars.get(footnote.id, [])

    def with_tail(self, label: str) -> list[str]:
        """The labels of all steps that end in `label`, as `Belly E.1` does in `E.1`."""
        return self._by_tail.get(label_key(label), [])

    def nearest(self, label: str) -> str | None:
        """The label that is most like a misspelt one."""
        self._comparisons += len(self._targets)
        if self._comparisons > _MOST_COMPARISONS:
            return None
        found = get_close_matches(label_key(label), self._targets, n=1, cutoff=0.5)
        return self._targets[found[0]].label if found else None

    def _match_stars(self, part: Part) -> None:
        """Pair each star with a definition: of its own section, else of the part before its
        sections, else the only one in the part.
        """
        containers = [part.blocks, *(section.blocks for section in part.sections)]
        scopes = [_definitions(blocks) for blocks in containers]
        # A definition in another section counts where it is the part's only one of the term.
        counts = Counter(chain.from_iterable(scopes))
        footnotes = chain.from_iterable(scope.items() for scope in scopes)
        elsewhere = {term: footnote for term, footnote in footnotes if counts[term] == 1}
        elsewhere |= scopes[0]
        longest = max(map(len, counts), default=0)
        for blocks, scope in zip(containers, scopes, strict=True):
            for block in walk(blocks):
                for inline in block.text:
                    if isinstance(inline, FootnoteReference):
                        # (with what stands before the longest term: it may be inside a word)
                        phrase = label_key(inline.phrase)[-longest - 1 :]
                        footnote = _definition(phrase, scope) or _definition(phrase, elsewhere)
                        if footnote:
                            stars = self._stars[footnote.id]
                            stars.append(inline)
                            self._footnotes[inline] = (len(stars), footnote)


def targets_of(manual: Manual) -> Iterator[Target]:
    """Everything that has a label, in reading order."""
    for part in manual.all_parts:
        yield Target(part.name, part.span, part, part.id)
        for section in part.sections:
            yield Target(section.name, section.span, part, section.id)
        for block in blocks_of(part):
            if isinstance(block, Step):
                yield Target(block.label, block.span, part, block.id, is_step=True)
    for link in manual.links:
        yield Target(link.title, link.span, url=link.url)


def named(manual: Manual) -> Iterator[tuple[str, Part | Section | Link]]:
    """Every part, section and outside link with the name that `[[name]]` would use."""
    for part in manual.all_parts:
        yield part.name, part
        for section in part.sections:
            yield section.name, section
    for link in manual.links:
        yield link.title, link


def _definitions(blocks: tuple[Block, ...]) -> dict[str, Footnote]:
    """The footnotes among blocks, by term. The first of a term counts."""
    footnotes = [block for block in walk(blocks) if isinstance(block, Footnote)]
    return {label_key(footnote.term): footnote for footnote in reversed(footnotes)}


def _definition(phrase: str, scope: dict[str, Footnote]) -> Footnote | None:
    """The longest term that the phrase before a star, a key, ends with, as whole words."""
    for start in range(len(phrase)):
        footnote = scope.get(phrase[start:])
        inside_a_word = start and phrase[start - 1].isalnum() and phrase[start].isalnum()
        if footnote and not inside_a_word:
            return footnote
    return None
