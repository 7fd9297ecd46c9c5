"""Pages → site: the run of MkDocs, and what it needs to know of the manual."""

import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

# The theme announces its end of life at each build; ARCHITECTURE.md says what follows.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
# The engine's "now", so that the same source makes the same bytes whenever it is built.
os.environ.setdefault("SOURCE_DATE_EPOCH", "315532800")  # 1 January 1980, where zip files begin

from markupsafe import Markup, escape
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

from manual.core.model import Manual, plain
from manual.core.outputs import offline_words
from manual.core.project import Project
from manual.core.wording import wording_for
from manual.site.docs import MARKDOWN_SUFFIXES
from manual.write.markdown.pages import page_names
from manual.write.running_foot import running_foot


class SiteError(Exception):
    """The site cannot be built. The message says why, in the engine's words."""


def load(project: Project, **options: Any) -> MkDocsConfig:
    """mkdocs.yml as MkDocs reads it, with other values for some of its keys.

    Raises ConfigurationError or Abort, also for mistakes that MkDocs itself does not expect, such
    as a file that is a number. Raises OSError.
    """
    path = project.root / "mkdocs.yml"
    try:
        return load_config(str(path), **options)
    except (MkDocsException, OSError):
        raise
    except Exception as error:
        raise ConfigurationError(f"MkDocs cannot read {path}: {error}") from error


def configure(config: MkDocsConfig, manual: Manual) -> None:
    """Add to mkdocs.yml what comes from the manual: its name, language, edition and order of pages.

    The theme puts most of these into HTML unescaped, so they are escaped here. Where it does
    escape, Markup keeps them from being escaped twice.
    """
    language = manual.language.partition("-")[0].lower()
    wording = wording_for(manual.language)
    config.site_name = escape(manual.title)
    config.site_description = escape(manual.description or plain(manual.audience))
    edition = f"{wording.edition}: {manual.edition}"
    config.copyright = escape(plain(manual.audience)) + Markup("<br>") + escape(edition)
    config.extra["running_foot"] = running_foot(f"{manual.title} · {edition}")
    config.extra["offline"] = offline_words(manual) if config.extra.get("offline") else None
    # English buttons, where the theme does not speak the manual's language.
    config.theme["language"] = language if _theme_speaks(config, language) else "en"
    config.mdx_configs.setdefault("toc", {})["permalink_title"] = wording.link_here
    titles = [
        wording.front_page,
        *(part.title for part in manual.parts),
        wording.whole_manual,
        wording.downloads,
    ]
    config.nav = [
        *({escape(title): name} for title, name in zip(titles, page_names(manual), strict=True)),
        *hand_written_pages(Path(config.docs_dir), page_names(manual)),
    ]


def hand_written_pages(docs: Path, generated: Sequence[str]) -> list[str]:
    """The pages in docs/ that are not generated, by name. They follow the manual in the menu."""
    return sorted(
        path.relative_to(docs).as_posix()
        for path in docs.rglob("*")
        if path.suffix in MARKDOWN_SUFFIXES and path.is_file()
        if not path.name.startswith(".") and path.relative_to(docs).as_posix() not in generated
    )


def run_engine(manual: Manual, project: Project, folder: Path) -> None:
    """Build docs/ into an empty folder. The pages must have been written.

    Raises SiteError (a broken link, a mistake in mkdocs.yml) or OSError.
    """
    warnings = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    try:
        # (this function does what the hook does)
        config = load(project, site_dir=str(folder), strict=True, hooks=[])
        configure(config, manual)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    except UnicodeDecodeError as error:
        raise SiteError(f"a file in {project.docs.name}/ is not saved as UTF-8: {error}") from error
    except (Abort, ConfigurationError) as error:
        raise SiteError("\n".join([*warnings.messages, str(error)])) from error
    finally:
        logger.removeHandler(warnings)


class _Warnings(logging.Handler):
    """Keeps the warnings of MkDocs, which in strict mode are why it stops."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def _theme_speaks(config: MkDocsConfig, language: str) -> bool:
    return any(
        Path(folder, "partials", "languages", f"{language}.html").is_file()
        for folder in config.theme.dirs
    )
