"""One thing that an output says."""

from dataclasses import dataclass, field

from manual.core.source import Span

CHROME = "chrome"  # our words around the author's
CHROME_LINK = "chrome link"  # and a link among them


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that an output says.

    `kind` is heading, step, note, footnote, paragraph, audience, edition, link, credit, CHROME or
    CHROME_LINK in pages; other outputs have a few more. `name` is what marks it: a step's marker, a
    note's signal word, a footnote's term. `owner` is the step, section or part that it belongs to:
    its id or, on paper, its label. `links` are the addresses that its text leads to. The span is
    where the source says it, and is not compared.
    """

    kind: str
    text: str
    name: str = ""
    id: str = ""
    label: str = ""
    owner: str = ""
    links: tuple[str, ...] = ()
    level: int = 0  # of headings: 1 for <h1>
    span: Span | None = field(default=None, compare=False)
