"""Whether a manual makes sense: each check is a small generator over the whole model.

Each check's docstring shows what is bad and what is good; tests/cases has a case for each code.
"""

from collections.abc import Callable, Iterator
from itertools import chain

from manual.core.diagnostics import Diagnostic
from manual.core.model import Manual
from manual.core.references import References
from manual.read.checks.labels import cross_references, footnotes
from manual.read.checks.steps import glued, lists_in_notes, markers, texts
from manual.read.checks.structure import contents, headings, lengths, names, titles

Check = Callable[[Manual, References], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    titles,
    lengths,
    contents,
    names,
    headings,
    markers,
    texts,
    glued,
    lists_in_notes,
    footnotes,
    cross_references,
)


def check(manual: Manual) -> Iterator[Diagnostic]:
    """Every problem that the checks find in the model."""
    references = References(manual)
    return chain.from_iterable(problems(manual, references) for problems in CHECKS)
