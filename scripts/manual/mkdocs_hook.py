"""Lets `mkdocs build` and `mkdocs serve` do alone what `manual build` does for a site.

No page depends on it: it only calls what `manual build` calls.
"""

import sys
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from manual.diagnostics import as_text
from manual.finish import finish_site
from manual.pages import write_pages
from manual.project import Project, read_manual
from manual.site import configure

_serving = False


def on_startup(command: str, **_: object) -> None:
    """Remember whether this is `mkdocs serve`, which puts a script of its own into each page."""
    global _serving
    _serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Write the pages and add what the manual says. Raises Abort with the diagnostics."""
    project = Project(Path(config.config_file_path).parent)
    manual, diagnostics = read_manual(project)
    if manual is not None:
        _, in_the_way = write_pages(manual, project)
        diagnostics += in_the_way
    if manual is None or in_the_way:
        raise Abort(as_text(diagnostics))
    sys.stderr.write(as_text(diagnostics))
    configure(config, manual)
    return config


def on_post_build(config: MkDocsConfig) -> None:
    """Finish the built files."""
    finish_site(Path(config.site_dir), policy=not _serving)
