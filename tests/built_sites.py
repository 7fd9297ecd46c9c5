"""A built site held against its manual: all of its pages, or one that a test has damaged."""

import functools
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from manual.core.diagnostics import Diagnostic
from manual.core.model import Manual
from manual.core.references import References
from manual.verify.expected.pages import facts_of_page
from manual.verify.files.downloads import download_lines
from manual.verify.html.links import dead_links, foreign_requests
from manual.verify.html.pages import article_of, compare_page, pages_of, verify_pages
from manual.verify.html.running_foot import strip_running_foot
from manual.verify.html.search_index import verify_search_index
from manual.verify.html.tree import parse_html
from manual.verify.html.visibility import hidden_elements


class BuiltSite:
    """A site in a folder, and the manual that it was built from."""

    def __init__(self, manual: Manual, folder: Path) -> None:
        self.manual = manual
        self.folder = folder
        self.references = References(manual)
        self._downloads = tuple(download_lines(manual, folder))  # PDFs are slow to read

    def copied(self, folder: Path) -> "BuiltSite":
        """A copy in `folder/site`, with its source, to be damaged."""
        shutil.copytree(self.folder.parent / "source_manual", folder / "source_manual")
        return BuiltSite(self.manual, Path(shutil.copytree(self.folder, folder / "site")))

    @contextmanager
    def replaced(self, name: str, text: str) -> Iterator[None]:
        """Another text in one of its files, until the block ends."""
        path = self.folder / name
        before = path.read_bytes()
        path.write_text(text, encoding="utf-8")
        try:
            yield
        finally:
            path.write_bytes(before)

    @property
    def page_names(self) -> list[str]:
        """The pages that show the manual's text, by the names of their files."""
        return ["index.html", "print.html", *(f"{part.id}.html" for part in self.manual.parts)]

    def text_of(self, name: str) -> str:
        """What a file of the site holds."""
        return (self.folder / name).read_text(encoding="utf-8")

    def differences(self, manual: Manual | None = None) -> Iterator[Diagnostic]:
        """What verify finds in all pages and in the search data, held against the site's manual or
        another one.
        """
        manual = manual or self.manual
        references = References(manual)
        yield from verify_pages(manual, references, self.folder, self._downloads)
        yield from verify_search_index(manual, references, self.folder)

    def differences_in(self, name: str, text: str) -> Iterator[Diagnostic]:
        """What verify finds in one page, if `text` stood in it and all other pages were sound."""
        where = f"{self.folder.name}/{name}"
        expected = facts_of_page(self.manual, self.references, pages_of(self.manual)[name])
        page = parse_html(text)
        yield from compare_page(self.manual, expected, page, where)
        strip_running_foot(page)
        article = article_of(page)
        articles = {} if article is None else {name: article}
        yield from hidden_elements({name: page}, articles, self.folder)
        yield from dead_links(self._pages | {name: page}, self._has_file, self.folder.name)
        yield from foreign_requests({name: page}, self.folder)

    @functools.cached_property
    def _pages(self) -> dict[str, ET.Element]:
        return {
            path.relative_to(self.folder).as_posix(): parse_html(path.read_text("utf-8"))
            for path in self.folder.rglob("*.html")
        }

    def _has_file(self, name: str) -> bool:
        return (self.folder / name).is_file()
