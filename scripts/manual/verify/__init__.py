"""Built outputs → proof: every word, step and safety note of the model is in each, in order.

Each output is read back by code that shares no writing with what wrote it, as a list of facts
(facts.py), and held against the facts of the model. (Both sides ask references.py what a label
leads to, and wording.py for the words of menus.) A new output plugs in with one function in
`OUTPUTS`.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from manual.core.diagnostics import Code, Diagnostic, errors_in
from manual.core.made import files_of_persons, problems_of
from manual.core.model import Manual
from manual.core.references import References
from manual.verify.files.archive import verify_archive, verify_copies
from manual.verify.files.downloads import download_lines
from manual.verify.files.offline import verify_offline
from manual.verify.html.pages import verify_pages
from manual.verify.html.search_index import verify_search_index
from manual.verify.pdf.handouts import verify_handouts

# What verify_site can find: the codes of built outputs are the last ones.
OUTPUT_CODES = tuple(Code)[tuple(Code).index(Code.LOST) :]

Output = Callable[[Manual, References, Path], Iterator[Diagnostic]]


def _verify_pages(manual: Manual, references: References, site: Path) -> Iterator[Diagnostic]:
    yield from verify_pages(manual, references, site, download_lines(manual, site))


def _own_files(_: Manual, __: References, site: Path) -> Iterator[Diagnostic]:
    yield from problems_of(site, files_of_persons(site))


# What a built site holds; each function takes the manual, its references and the site's folder.
OUTPUTS: tuple[Output, ...] = (
    _verify_pages,
    verify_search_index,
    verify_handouts,
    verify_copies,
    verify_offline,
    verify_archive,
    _own_files,
)


class DiffersError(Exception):
    """An output is not what the manual says; `diagnostics` say where."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__(f"{len(diagnostics)} differences")
        self.diagnostics = diagnostics


def prove(manual: Manual, site: Path) -> None:
    """As verify_site, but raises DiffersError when anything differs."""
    diagnostics = verify_site(manual, site)
    if errors_in(diagnostics):
        raise DiffersError(diagnostics)


def verify_site(manual: Manual, site: Path) -> list[Diagnostic]:
    """Hold every output in a built site against the manual.

    Returns what differs, each with the output and its page in the message and the source as its
    place. An empty list is the proof.
    """
    references = References(manual)
    return [found for output in OUTPUTS for found in output(manual, references, site)]
