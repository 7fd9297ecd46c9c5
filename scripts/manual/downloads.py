"""What a reader can take along: the files in the site's downloads/, and a line about each."""

from dataclasses import dataclass

from manual.download_names import (
    FOLDER,
    SINGLE,
    book_name,
    copy_lines,
    handout_details,
    handout_title,
)
from manual.epub import make_epub
from manual.files import write_whole
from manual.handout.handouts import standard_set
from manual.model import Manual
from manual.project import Project
from manual.single_file import make_single_file
from manual.wording import wording_for


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take along: its name in downloads/, and what the downloads page says of it."""

    name: str
    title: str
    details: str
    is_whole_site: bool = False  # made from the finished site (archive.py)


def write_downloads(manual: Manual, project: Project) -> list[Download]:
    """Make every file and put it into docs/downloads/, from where the site has it.

    Returns them in the order of the downloads page. Raises TypesetError or OSError.
    """
    folder = project.docs / FOLDER
    folder.mkdir(exist_ok=True)
    made = []
    wording = wording_for(manual.language)
    for handout in standard_set(manual, project):
        write_whole(folder / handout.name, handout.data)
        title = handout_title(handout.layout, wording)
        details = handout_details(handout.layout, handout.pages, len(handout.data), wording)
        made.append(Download(handout.name, title, details))
    copies = {SINGLE: make_single_file(manual), book_name(manual): make_epub(manual)}
    for name, data in copies.items():
        write_whole(folder / name, data)
    sizes = {name: len(data) for name, data in copies.items()}
    for title, name, details in copy_lines(manual, sizes):
        made.append(Download(name, title, details, is_whole_site=name not in copies))
    return made
