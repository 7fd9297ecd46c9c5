"""The command `manual`: each verb is one function."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from manual.build import build, read_manual, write_pages
from manual.core.diagnostics import Diagnostic, Severity, as_github, as_json, as_text, errors_in
from manual.core.files import clear_leftovers, write_whole
from manual.core.layouts import LAYOUTS, Layout
from manual.core.model import Manual, Note, Step, blocks_of
from manual.core.outputs import FOLDER, handout_name
from manual.core.project import Project
from manual.core.references import References
from manual.site.own_files import OwnFilesError
from manual.verify import DiffersError, verify_site
from manual.verify.pdf.handouts import layout_of, verify_handout
from manual.verify.pdf.printed import verify_printed
from manual.write.handout.fonts import added_fonts, unprintable
from manual.write.handout.handouts import make_handout
from manual.write.handout.selection import select
from manual.write.handout.typeset import TypesetError
from manual.write.markdown.pages import page_names

_FORMATS: dict[str, Callable[[list[Diagnostic]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a verb on the manual in the current folder. Returns the exit status."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        # A console of another encoding must not turn a message into a traceback.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        status: int = options.run(Project(Path.cwd()), options)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"error: {where}{error.strerror or error}", file=sys.stderr)
        return 1
    except TypesetError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    return status


def _check(project: Project, options: argparse.Namespace) -> int:
    manual, diagnostics = read_manual(project)
    if manual is not None:
        diagnostics += unprintable(manual, added_fonts(project.source))
    sys.stdout.write(_FORMATS[options.format](diagnostics))
    if not errors_in(diagnostics) and manual is not None and options.format == "text":
        print(_summary(manual))
    return 1 if errors_in(diagnostics) else 0


def _pages(project: Project, _: argparse.Namespace) -> int:
    manual = _read(project)
    if manual is None or not _write(manual, project):
        return 1
    return 0


def _build(project: Project, options: argparse.Namespace) -> int:
    from manual.site.engine import SiteError  # MkDocs is slow to import: only here

    manual = _read(project)
    if manual is None or not _write(manual, project, with_handouts=not options.without_handouts):
        return 1
    site = project.site
    try:
        sys.stderr.write(as_text(build(manual, project, _say)))
    except (SiteError, DiffersError, OwnFilesError) as error:
        text = f"{error}\n" if isinstance(error, SiteError) else as_text(error.diagnostics)
        sys.stderr.write(f"{text}The site in {site.name}/ stays as it was.\n")
        return 1
    print(
        f"\nMade:\n"
        f"  {site / 'index.html'}\n"
        f"      the site: open it by double click, or upload the folder {site.name}/\n"
        f"  {site / 'print.html'}\n"
        f"      the whole manual on one page, to print\n"
        f"  {site / FOLDER}\n"
        f"      handouts as PDF, a book for reading apps, one file to send, the site as a zip"
    )
    return 0


def _verify(project: Project, options: argparse.Namespace) -> int:
    manual, diagnostics = read_manual(project)
    if manual is not None:
        diagnostics = (
            [found for name in options.files for found in _verify_pdf(manual, Path(name))]
            if options.files
            else verify_site(manual, project.site)
        )
    sys.stdout.write(_FORMATS[options.format](diagnostics))
    if manual is not None and not errors_in(diagnostics) and options.format == "text":
        print(_summary(manual))
        where = ", ".join(options.files) or f"{project.site.name}/"
        print(f"Every word of it is in {where}, in order, at its place.")
    return 1 if errors_in(diagnostics) else 0


def _verify_pdf(manual: Manual, path: Path) -> Iterator[Diagnostic]:
    """Hold a PDF against the manual: a handout, or a page that a browser printed."""
    references, data = References(manual), path.read_bytes()
    if layout := layout_of(data):
        return verify_handout(manual, references, data, path.name, layout)
    return verify_printed(manual, references, data, path.name)


def _serve(project: Project, options: argparse.Namespace) -> int:
    import logging

    from mkdocs.commands.serve import serve
    from mkdocs.exceptions import MkDocsException

    from manual.site.engine import load  # also quiets the theme's announcement

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        load(project)
        serve(str(project.root / "mkdocs.yml"), livereload=True, dev_addr=options.address)
    except MkDocsException as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _read(project: Project) -> Manual | None:
    """Read the manual, and print what is wrong with it."""
    _say(f"reading {project.source.name}")
    manual, diagnostics = read_manual(project)
    sys.stderr.write(as_text(diagnostics))
    if manual is None:
        count = sum(found.severity is Severity.ERROR for found in diagnostics)
        print(
            f"{_count(count, 'error')}; nothing was written, "
            "and what was there before stays as it was.",
            file=sys.stderr,
        )
    else:
        _say(_summary(manual))
    return manual


def _write(manual: Manual, project: Project, *, with_handouts: bool = True) -> bool:
    """Write the pages and handouts, and print which."""
    problems = write_pages(manual, project, with_handouts=with_handouts)
    sys.stderr.write(as_text(problems))
    if not problems:
        _say(f"pages in {project.docs.name}: {', '.join(page_names(manual))}")
        handouts = f"{len(LAYOUTS)} PDF handouts and " if with_handouts else "no handouts, "
        _say(f"downloads in {project.docs.name}/{FOLDER}: {handouts}copies")
    return not problems


def _handout(project: Project, options: argparse.Namespace) -> int:
    """Make handouts: the standard set, or one of the paper and sections that are asked for."""
    manual = _read(project)
    if manual is None:
        return 1
    fonts = added_fonts(project.source)
    if problems := list(unprintable(manual, fonts)):
        sys.stderr.write(as_text(problems))
        return 1
    references = References(manual)
    chosen, unknown = select(manual, references, options.sections)
    for message in unknown:
        print(f"error: {message}", file=sys.stderr)
    if unknown:
        return 1
    layouts, folder = _layouts(options), Path(options.to)
    for layout in layouts:
        path = folder / handout_name(manual, layout, chosen)
        if path.exists() and layout_of(path.read_bytes()) is None:
            print(
                f"error: {path}: this file is no handout of ours, and stays as it is\n"
                "    help: give it another name, or name another folder with --to",
                file=sys.stderr,
            )
            return 1
    made = []
    for layout in layouts:
        handout = make_handout(manual, fonts, layout, chosen)
        differences = list(verify_handout(manual, references, handout.data, handout.name, layout))
        if differences:
            sys.stderr.write(as_text(differences))
            print("Nothing was written; the last good handouts stay.", file=sys.stderr)
            return 1
        made.append(handout)
    folder.mkdir(parents=True, exist_ok=True)
    for handout in made:
        clear_leftovers(folder / handout.name)
        write_whole(folder / handout.name, handout.data)
        print(f"{folder / handout.name}: {_count(handout.pages, 'page')}")
    return 0


def _layouts(options: argparse.Namespace) -> list[Layout]:
    """The layouts that the options ask for; without any, all of them."""
    if not (options.paper or options.large_print or options.booklet or options.sections):
        return list(LAYOUTS)
    name = options.paper or "letter"
    if options.large_print:
        name = f"large-print-{name}"
    elif options.booklet:
        name = f"booklet-{name}"
    return [layout for layout in LAYOUTS if layout.name == name]


def _summary(manual: Manual) -> str:
    blocks = [block for part in manual.all_parts for block in blocks_of(part)]
    steps = sum(isinstance(block, Step) for block in blocks)
    notes = sum(isinstance(block, Note) for block in blocks)
    sections = sum(len(part.sections) for part in manual.parts)
    return (
        f"{manual.title}, {manual.edition}: {_count(len(manual.parts), 'part')}, "
        f"{_count(sections, 'section')}, {_count(steps, 'step')}, {_count(notes, 'safety note')}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _say(text: str) -> None:
    """Progress, for whoever waits."""
    print(text, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="manual",
        description="Makes a searchable, printable site from the manual in the current folder.",
    )
    verbs = parser.add_subparsers(required=True, metavar="VERB")

    build = verbs.add_parser("build", help="the pages, then the site, verified")
    build.add_argument(
        "--without-handouts", action="store_true", help="make no PDFs; the site says so"
    )
    build.set_defaults(run=_build)

    pages = verbs.add_parser("pages", help="only the Markdown pages in docs/")
    pages.set_defaults(run=_pages)

    check = verbs.add_parser("check", help="only report what is wrong in source_manual/")
    check.add_argument("--format", choices=_FORMATS, default="text")
    check.set_defaults(run=_check)

    handout = verbs.add_parser(
        "handout",
        help="PDF handouts: all of them, or one on the paper and of the sections you name",
    )
    handout.add_argument("--paper", choices=("letter", "a4"), help="default: letter")
    kind = handout.add_mutually_exclusive_group()
    kind.add_argument("--large-print", action="store_true", help="18 point letters")
    kind.add_argument("--booklet", action="store_true", help="two pages a side, to fold and staple")
    handout.add_argument(
        "--to", metavar="FOLDER", default=".", help="where to write them; default: the current one"
    )
    handout.add_argument(
        "sections", nargs="*", metavar="SECTION", help="only these parts and sections, by name"
    )
    handout.set_defaults(run=_handout)

    verify = verbs.add_parser("verify", help="hold the built site against the source")
    verify.add_argument("--format", choices=_FORMATS, default="text")
    verify.add_argument(
        "files", nargs="*", metavar="PDF", help="handouts, or pages printed from a browser, instead"
    )
    verify.set_defaults(run=_verify)

    serve = verbs.add_parser("serve", help="show the site, and reload it on every edit")
    serve.add_argument("--address", default="127.0.0.1:8000", help="default: %(default)s")
    serve.set_defaults(run=_serve)
    return parser
