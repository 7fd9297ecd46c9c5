"""What each page writes at the foot of a sheet of paper: title, edition, number."""

import re
import xml.etree.ElementTree as ET

from manual.core.model import Manual
from manual.core.source import squeeze
from manual.core.wording import wording_for
from manual.verify.errors import UnexpectedError

_RUNNING_FOOT = re.compile(
    r'@page\{@bottom-left\{content:"(?P<text>(?:[A-Za-z0-9 ]|\\[0-9a-f]{1,6} )*)"\}'
    r'@bottom-right\{content:counter\(page\) " / " counter\(pages\)\}\}'
)
_SHORTEST_CUT = 100  # characters of a running foot that is too long for the margin


def running_foot_in(root: ET.Element, manual: Manual) -> str:
    """The style with the running foot, which must hold title and edition or a good part of them.

    Raises UnexpectedError.
    """
    styles = [style.text or "" for style in root.iter("style")]
    match = next(filter(None, map(_RUNNING_FOOT.fullmatch, styles)), None)
    if not match:
        raise UnexpectedError("there is no running foot for paper")
    text = re.sub(r"\\([0-9a-f]+) ", lambda escape: chr(int(escape[1], 16)), match["text"])
    edition = f"{wording_for(manual.language).edition}: {manual.edition}"
    expected = squeeze(f"{manual.title} · {edition}")
    is_cut = len(text) >= _SHORTEST_CUT and text.endswith("…") and expected.startswith(text[:-1])
    if text != expected and not is_cut:
        raise UnexpectedError(f"the running foot for paper says “{text[:60]}”")
    return match[0]


def strip_running_foot(root: ET.Element) -> None:
    """Remove the style that running_foot_in has judged: it selects no element."""
    for head in root.iterfind("head"):
        for style in head.findall("style"):
            if _RUNNING_FOOT.fullmatch(style.text or ""):
                head.remove(style)
                return
