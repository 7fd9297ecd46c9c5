"""Lets `mkdocs build` and `mkdocs serve` do alone what `manual build` does for a site.

No page depends on it: it only calls what `manual build` calls.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.livereload import LiveReloadServer

from manual.build import complete_site, read_manual, record_site, write_pages
from manual.core.diagnostics import as_text
from manual.core.made import own_files
from manual.core.model import Manual
from manual.core.project import Project
from manual.site.engine import configure, load
from manual.verify import DiffersError, prove
from manual.write.handout.typeset import TypesetError

_log = logging.getLogger("mkdocs.hooks")


@dataclass(slots=True)
class _Session:
    """What is kept from one event to the next: whether MkDocs serves, the last good manual."""

    serving: bool = False
    last_good: Manual | None = None


_session = _Session()


def on_startup(command: str, **_: object) -> None:
    """Remember whether this is `mkdocs serve`, which puts a script of its own into each page."""
    _session.serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Write the pages and add what the manual says.

    With errors, raises Abort with the diagnostics; while serving, says them and goes on with the
    last good pages, because the server would answer no request after a failed build.
    """
    project = Project(Path(config.config_file_path).parent)
    if not _session.serving and (own := own_files(project.site)):
        raise Abort(
            f"site/{own[0]}: no build has made this file, or somebody has changed it since; "
            "`mkdocs build` would delete it, and `manual build` keeps it"
        )
    manual, diagnostics = read_manual(project)
    if manual is not None:
        try:
            problems = write_pages(manual, project)
        except TypesetError as error:
            raise Abort(str(error)) from error
        diagnostics += problems
        manual = None if problems else manual
    if manual is not None:
        _session.last_good = manual
    elif _session.serving and _session.last_good is not None:
        manual = _session.last_good
    else:
        raise Abort(as_text(diagnostics))
    if diagnostics:
        _log.error("source_manual:\n%s", as_text(diagnostics))
    if _session.serving:
        config.extra["offline"] = False  # what is edited must never be shown from a copy
    configure(config, manual)
    return config


def on_serve(
    server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., None]
) -> LiveReloadServer:
    """Answer a mistake in mkdocs.yml with a sentence: of all that a build raises while serving,
    MkDocs shows only Abort without a traceback.
    """
    project = Project(Path(config.config_file_path).parent)

    def build() -> None:
        try:
            load(project)
            builder()
        except MkDocsException as error:
            raise Abort(str(error)) from error

    server.builder = build
    return server


def on_post_build(config: MkDocsConfig) -> None:
    """Finish the built files and write what keeps them offline; unless MkDocs serves, hold them
    against the manual.

    Raises Abort with what differs.
    """
    manual = _session.last_good
    if manual is None:
        raise Abort("the manual was not read")  # on_config raises first
    site = Path(config.site_dir)
    complete_site(manual, site, serving=_session.serving)
    if not _session.serving:
        try:
            prove(manual, site)
        except DiffersError as error:
            raise Abort(as_text(error.diagnostics)) from error
        record_site(Project(Path(config.config_file_path).parent), site)
