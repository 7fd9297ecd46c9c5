"""What stands at the foot of each sheet when a page is printed from a browser."""

import re

from manual.core.source import squeeze

# More would run out of the margin of a sheet of paper.
_RUNNING_FOOT_LIMIT = 150


def running_foot(text: str) -> str:
    """The style that writes a text at the foot of each sheet of paper, with the page's number, so
    that a sheet on its own says what it is of and how old it is.
    """
    text = squeeze(text)
    shown = text if len(text) <= _RUNNING_FOOT_LIMIT else f"{text[: _RUNNING_FOOT_LIMIT - 1]}…"
    # Whatever the character: https://www.w3.org/TR/css-syntax-3/#consume-escaped-code-point
    string = re.sub(r"[^A-Za-z0-9 ]", lambda match: f"\\{ord(match[0]):x} ", shown)
    number = 'counter(page) " / " counter(pages)'
    return f'@page{{@bottom-left{{content:"{string}"}}@bottom-right{{content:{number}}}}}'
