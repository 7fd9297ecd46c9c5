"""A manual's folder: source_manual/ → (manual, diagnostics)."""

import errno
import os
import re
import unicodedata
from pathlib import Path

from manual.core.characters import character_name, invisible, turns_letters, unshowable
from manual.core.diagnostics import Code, Diagnostic, Severity
from manual.core.files import first_line
from manual.core.model import Manual, Paragraph, Part, Words, part_name, slug
from manual.core.project import Project
from manual.core.source import Source, Span
from manual.read.reader import read_part
from manual.read.settings import Scalar, Settings, read_settings

SETTINGS = "manual.yml"
INTRODUCTION = "introduction"


def read_folder(project: Project) -> tuple[Manual | None, list[Diagnostic]]:
    """Read the manual, which is None where manual.yml cannot be read.

    The diagnostics are about files, settings and lines; whether the manual makes sense is for
    checks/.
    """
    files = _Files(project)
    manual = files.manual()
    return manual, files.diagnostics


class _Files:
    """Reads the folder; every file that cannot be read is a diagnostic."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.diagnostics: list[Diagnostic] = []

    def manual(self) -> Manual | None:
        source = self.read(SETTINGS, None)
        if source is None:
            return None
        settings, diagnostics = read_settings(source)
        self.diagnostics += diagnostics
        if settings.parts or not diagnostics:
            self.unnamed_files(settings)
        introduction = self.part(INTRODUCTION, None)
        parts = [
            self.part(named.value, named.span)
            for named in settings.parts
            if self.is_file_name(named)
        ]
        return Manual(
            title=settings.title,
            edition=settings.edition,
            language=settings.language,
            description=settings.description,
            audience=settings.audience,
            credits=settings.credits,
            links=settings.links,
            introduction=introduction,
            parts=tuple(parts),
        )

    def part(self, stem: str, named_at: Span | None) -> Part:
        """One part. A file that cannot be read is an empty part and a diagnostic."""
        name, part_id = part_name(stem), slug(stem)
        source = self.read(f"{stem}.txt", named_at)
        if source is None:
            # A stand-in that passes every check, so that the other parts are checked all the same,
            # with their references to this one.
            nowhere = named_at or Span(Source(f"{self.project.source.name}/{stem}.txt", ""), 0, 0)
            stand_in = Paragraph((Words(name, nowhere),), nowhere)
            return Part(name, part_id, name if named_at else "", (stand_in,), (), nowhere)
        part, diagnostics = read_part(source, name, part_id)
        self.diagnostics += diagnostics
        return part

    def is_file_name(self, named: Scalar) -> bool:
        """Whether a part's name is a file of source_manual; a path is a problem."""
        if not re.search(r"[/\\\0]", named.value):
            return True
        self.problem(
            Code.BAD_VALUE,
            f"`{named.value}` is a path, and a part is a file in {self.project.source.name} itself",
            "write the file's name without folders and without `.txt`",
            named.span,
        )
        return False

    def unnamed_files(self, settings: Settings) -> None:
        stems = (INTRODUCTION, *(part.value for part in settings.parts))
        named = {unicodedata.normalize("NFC", stem) for stem in stems}
        try:
            names = sorted(entry.name for entry in os.scandir(self.project.source))
        except OSError:
            return  # read() has reported that manual.yml is not there
        for name in names:
            stem, extension = os.path.splitext(name)
            unnamed = unicodedata.normalize("NFC", stem) not in named or extension != ".txt"
            if extension.lower() == ".txt" and unnamed and not name.startswith("."):
                head = first_line(self.project.source / name)
                span = Span(Source(f"{self.project.source.name}/{name}", head), 0, 0)
                self.problem(
                    Code.UNNAMED_FILE,
                    f"manual.yml does not name the part `{stem}`",
                    f"add `- {stem}` under `parts:` in manual.yml, or move the file away"
                    if extension == ".txt"
                    else f"rename the file, so that it ends in `.txt`, as in `{stem}.txt`",
                    span,
                )

    def read(self, name: str, named_at: Span | None) -> Source | None:
        """A file as text: UTF-8, with or without a byte order mark."""
        shown = f"{self.project.source.name}/{name}"
        start = Span(Source(shown, ""), 0, 0)
        try:
            data = self.file(name).read_bytes()
        except FileNotFoundError:
            self.problem(
                Code.MISSING_FILE,
                f"there is no file {shown}",
                "write the file, or take its name out of manual.yml"
                if named_at
                else "every manual has this file: see NOTATION.md",
                named_at or start,
            )
            return None
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            self.problem(
                Code.UNREADABLE_FILE,
                f"the system does not let us read {shown}: {reason}",
                "see that it is an ordinary file that you may read",
                named_at or start,
            )
            return None
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.not_utf8(shown, data, error)
            return None
        source = Source(shown, text)
        self.bad_characters(source)
        return source

    def file(self, name: str) -> Path:
        """The path of a file in source_manual. Raises OSError where it leads out of the folder.

        Names that differ only in Unicode composition are the same: some systems store `ä` as two
        characters.
        """
        folder = self.project.source
        path = folder / name
        if not path.exists() and folder.is_dir():
            wanted = unicodedata.normalize("NFC", name)
            names = [entry.name for entry in os.scandir(folder)]
            alike = [entry for entry in names if unicodedata.normalize("NFC", entry) == wanted]
            path = folder / alike[0] if alike else path
        if path.exists() and not path.resolve().is_relative_to(folder.resolve()):
            raise OSError(errno.EXDEV, "it is a link that leads out of the folder")
        return path

    def not_utf8(self, shown: str, data: bytes, error: UnicodeDecodeError) -> None:
        before = data[: error.start].decode("utf-8-sig", errors="replace")
        source = Source(shown, data.decode("utf-8-sig", errors="replace"))
        self.problem(
            Code.NOT_UTF8,
            f"the file is not UTF-8: byte {data[error.start]:#04x} cannot be read",
            "save the file again as UTF-8 (in the editor's Save As, under Encoding)",
            Span(source, len(before), len(before) + 1),
        )

    def bad_characters(self, source: Source) -> None:
        """Report the first unshowable and the first invisible character of each line."""
        for line in source.lines():
            if line.text.isascii() and line.text.isprintable():
                continue
            if bad := unshowable(line.text):
                self.problem(
                    Code.CONTROL_CHARACTER,
                    f"a control character stands here ({character_name(bad[0])})",
                    "delete it: no page and no printer can show it",
                    Span(source, line.start + bad.start(), line.start + bad.end()),
                )
            if unseen := invisible(line.text):
                turns = turns_letters(unseen[0])
                self.problem(
                    Code.INVISIBLE_CHARACTER,
                    f"an invisible character stands here ({character_name(unseen[0])})"
                    + (", which shows the letters behind it backwards" if turns else ""),
                    "delete it" if turns else "delete it, unless you know what it is for",
                    Span(source, line.start + unseen.start(), line.start + unseen.end()),
                    Severity.ERROR if turns else Severity.WARNING,
                )

    def problem(
        self, code: Code, message: str, help: str, span: Span, severity: Severity = Severity.ERROR
    ) -> None:
        self.diagnostics.append(Diagnostic(code, message, help, span, severity))
