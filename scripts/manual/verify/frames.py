"""Documents, element by element: for what stands around the manual's own text."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import NamedTuple

from manual.core.source import squeeze
from manual.verify.errors import UnexpectedError

_CODE = ("script", "style")  # where every space counts


class Frame(NamedTuple):
    """An element: how deep it stands, its tag, its attributes, its text."""

    depth: int
    tag: str
    attributes: dict[str, str]
    text: str = ""


def require_frames(root: ET.Element, expected: Iterable[Frame], inside: str = "") -> None:
    """Raises UnexpectedError unless a document holds just these elements, in order.

    What stands in the element `inside` is somebody else's to judge.
    """
    for frame, found in zip_longest(expected, _frames(root, 0, inside)):
        if frame != found:
            place = f"<{frame.tag}>" if frame else "nothing"
            shown = f"<{found.tag}> {found.text[:40]}".strip() if found else "nothing"
            raise UnexpectedError(f"{shown} stands where {place} must stand")


def _frames(element: ET.Element, depth: int, inside: str) -> Iterator[Frame]:
    if element.tag == inside:
        yield Frame(depth, element.tag, element.attrib)
        return
    text = element.text or ""
    yield Frame(depth, element.tag, element.attrib, text if element.tag in _CODE else squeeze(text))
    for child in element:
        yield from _frames(child, depth + 1, inside)
        if (child.tail or "").strip():
            raise UnexpectedError(f"words stand loose in <{element.tag}>")
