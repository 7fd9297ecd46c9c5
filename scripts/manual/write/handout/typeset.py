"""Handout data → PDF, by Typst with the template handout.typ.

Every file is PDF/UA-1 (ISO 14289-1): Typst refuses to write one that is not.
"""

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from manual.write.handout.data import Data
from manual.write.handout.fonts import SHIPPED

# The same source makes the same bytes: every file is "made" at this time, as the site is (site.py).
_TIME = 315532800


class TypesetError(Exception):
    """Typst cannot set a handout; the message says why, in its words."""


def typeset(data: Data, fonts: Path | None = None) -> bytes:
    """A PDF of the data; `fonts` is a folder of further fonts. Raises TypesetError."""
    template = files("manual.write.handout").joinpath("handout.typ").read_bytes()
    try:
        made: Any = _compiler(fonts).compile(
            template,
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards="ua-1",
            timestamp=_TIME,
        )
    except typst.TypstError as error:
        said = "; ".join([error.message, *error.hints])
        raise TypesetError(
            f"Typst cannot make the handout {data['look']['name']}: {said}"
        ) from error
    return bytes(made)


@cache
def _compiler(fonts: Path | None) -> typst.Compiler:
    """One for all handouts: what it has read and laid out once, it keeps."""
    found = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in (SHIPPED, fonts) if folder],
    )
    return typst.Compiler(font_paths=found, ignore_system_fonts=True)
