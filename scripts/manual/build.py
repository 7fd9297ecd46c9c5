"""The stages in order: source → model → pages and downloads → site → verified.

The command, the hook of MkDocs, the tests and the benchmarks all build by these.
"""

from pathlib import Path

from manual.core.diagnostics import Diagnostic, errors_in, in_source_order
from manual.core.model import Manual
from manual.core.outputs import SINGLE, book_name, copy_lines, handout_line
from manual.core.project import Project
from manual.read.checks import check
from manual.read.folder import read_folder
from manual.site.archive import write_archive
from manual.site.docs import replace_generated, rivals
from manual.site.finishing import finish_site
from manual.site.offline import write_offline
from manual.write.epub.book import make_epub
from manual.write.handout.fonts import added_fonts, unprintable
from manual.write.handout.handouts import standard_set
from manual.write.markdown.pages import page_names, render_pages
from manual.write.single.single_file import make_single_file


def read_manual(project: Project) -> tuple[Manual | None, list[Diagnostic]]:
    """Read and check the manual. It is None when a diagnostic is an error."""
    manual, diagnostics = read_folder(project)
    if manual is not None:
        diagnostics += check(manual)
    diagnostics = in_source_order(diagnostics)
    return None if errors_in(diagnostics) else manual, diagnostics


def page_problems(manual: Manual, project: Project) -> list[Diagnostic]:
    """Why a manual without errors cannot be written into docs/ all the same: hand-written files
    that stand in the way of its pages, characters that no font of the handouts has.
    """
    in_the_way = rivals(project.docs, page_names(manual))
    return in_the_way + list(unprintable(manual, added_fonts(project.source)))


def write_pages(manual: Manual, project: Project) -> tuple[list[Path], list[Diagnostic]]:
    """Write the pages and the files to download into docs/.

    Returns the pages, in reading order, or else why nothing is written: see page_problems. Raises
    OSError or TypesetError.
    """
    if problems := page_problems(manual, project):
        return [], problems
    handouts = list(standard_set(manual, added_fonts(project.source)))
    copies = {SINGLE: make_single_file(manual), book_name(manual): make_epub(manual)}
    lines = [
        *(
            handout_line(manual, handout.layout, handout.pages, len(handout.data))
            for handout in handouts
        ),
        *copy_lines(manual, {name: len(data) for name, data in copies.items()}),
    ]
    files = {**{handout.name: handout.data for handout in handouts}, **copies}
    return replace_generated(project.docs, render_pages(manual, lines), files), []


def complete_site(manual: Manual, site: Path, *, serving: bool = False) -> None:
    """Finish a site that MkDocs has built, pack it, and write what keeps it offline.

    While `serving`, its pages may run the server's scripts, and nothing is packed. Raises OSError.
    """
    finish_site(site, policy=not serving)
    if not serving:
        write_archive(manual, site)
    write_offline(manual, site)  # last: it lists every file


def build_site(manual: Manual, project: Project, folder: Path) -> None:
    """Build docs/ into an empty folder, complete. The pages must have been written.

    Raises SiteError or OSError.
    """
    from manual.site.engine import run_engine  # MkDocs is slow to import: only here

    run_engine(manual, project, folder)
    complete_site(manual, folder)
