"""The stages in order: source → model → pages and downloads → site → verified.

The command, the hook of MkDocs, the tests and the benchmarks all build by these.
"""

from collections.abc import Callable
from pathlib import Path

from manual.core.diagnostics import Diagnostic, errors_in, in_source_order
from manual.core.files import new_folder
from manual.core.made import Made
from manual.core.model import Manual
from manual.core.outputs import SINGLE, book_name, copy_lines, handout_line
from manual.core.project import Project
from manual.read.checks import check
from manual.read.folder import read_folder
from manual.site.archive import write_archive
from manual.site.docs import replace_generated, rivals
from manual.site.finishing import finish_site
from manual.site.offline import write_offline
from manual.site.own_files import keep_own_files
from manual.verify import prove
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


def page_problems(
    manual: Manual, project: Project, *, with_handouts: bool = True
) -> list[Diagnostic]:
    """Why a manual without errors cannot be written into docs/ all the same: hand-written files
    that stand in the way of its pages, characters that no font of the handouts has.
    """
    in_the_way = rivals(project, page_names(manual))
    fonts = added_fonts(project.source)
    return in_the_way + (list(unprintable(manual, fonts)) if with_handouts else [])


def write_pages(
    manual: Manual, project: Project, *, with_handouts: bool = True
) -> list[Diagnostic]:
    """Write the pages and the files to download into docs/.

    Returns why nothing is written: see page_problems. Raises OSError or TypesetError.
    """
    if problems := page_problems(manual, project, with_handouts=with_handouts):
        return problems
    fonts = added_fonts(project.source)
    handouts = list(standard_set(manual, fonts)) if with_handouts else []
    copies = {SINGLE: make_single_file(manual), book_name(manual): make_epub(manual)}
    lines = [
        *(
            handout_line(manual, handout.layout, handout.pages, len(handout.data))
            for handout in handouts
        ),
        *copy_lines(manual, {name: len(data) for name, data in copies.items()}),
    ]
    files = {**{handout.name: handout.data for handout in handouts}, **copies}
    pages = render_pages(manual, lines, [handout.layout for handout in handouts])
    return replace_generated(project, pages, files)


def build(manual: Manual, project: Project, say: Callable[[str], None]) -> list[Diagnostic]:
    """Build docs/ into a site, prove it, and put it into the place of the old one. The pages must
    have been written. `say` is told what is being done.

    Returns warnings: files of a person's in the site, which are kept. Raises SiteError,
    DiffersError, OwnFilesError or OSError, and leaves the old site as it was.
    """
    with new_folder(project.site.resolve()) as folder:
        say("building the site")
        build_site(manual, project, folder)
        say("verifying: every word, step and note, in order")
        prove(manual, folder)
        record_site(project, folder)
        return keep_own_files(project.site, folder)


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


def record_site(project: Project, folder: Path) -> None:
    """Put the files of a built site on the list of what builds have made. Raises OSError."""
    files = {
        f"{project.site.name}/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    Made(project.root).add(files)
