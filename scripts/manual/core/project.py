"""The folders of a manual."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Project:
    """The folders of the manual in `root`."""

    root: Path

    @property
    def source(self) -> Path:
        """What the instructor writes."""
        return self.root / "source_manual"

    @property
    def docs(self) -> Path:
        """Where pages go, beside the hand-written ones."""
        return self.root / "docs"

    @property
    def site(self) -> Path:
        """The built site."""
        return self.root / "site"
