"""Handout data → PDF, by Typst with the template in typst/, which begins in handout.typ.

Every file is PDF/UA-1 (ISO 14289-1): Typst refuses to write one that is not.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from manual.core.characters import without_idle_directions
from manual.write.handout.data import Data
from manual.write.handout.fonts import SHIPPED, fonts_in

_TEMPLATE = Path(__file__).parent / "typst"
# The same source makes the same bytes: every file is "made" at this time, as the site is (site.py).
_TIME = 315532800
# A soft hyphen would be drawn where a line ends, and words are copied from the PDF whole. A byte
# order mark has no place in PDF/UA.
_LEFT_OUT = {0x00AD: None, 0xFEFF: None}


class TypesetError(Exception):
    """Typst cannot set a handout; the message gives Typst's reason."""


def typeset(data: Data, fonts: Path | None = None) -> bytes:
    """A PDF of the data; `fonts` is a folder of further fonts. Raises TypesetError."""
    try:
        # Passed as bytes: Typst resolves symbolic links in a path, and those that some installers
        # make lead out of the root.
        pdf: Any = _compiler(fonts, fonts_in(fonts)).compile(
            (_TEMPLATE / "handout.typ").read_bytes(),
            format="pdf",
            sys_inputs={"data": _as_json(data)},
            pdf_standards="ua-1",
            timestamp=_TIME,
        )
    except typst.TypstError as error:
        reason = "; ".join([error.message, *error.hints])
        raise TypesetError(
            f"Typst cannot make the handout {data['look']['name']}: {reason}"
        ) from error
    return bytes(pdf)


def _as_json(data: Data) -> str:
    text = json.dumps(data, ensure_ascii=False).translate(_LEFT_OUT)
    return without_idle_directions(text)


@lru_cache(maxsize=2)
def _compiler(fonts: Path | None, _state: object) -> typst.Compiler:
    """One compiler for all handouts with these fonts: it caches what it has read and laid out."""
    folders = [str(folder) for folder in (SHIPPED, fonts) if folder]
    return typst.Compiler(
        root=_TEMPLATE,
        font_paths=typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=folders
        ),
        ignore_system_fonts=True,
    )
