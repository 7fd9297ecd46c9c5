"""The running foot of a page that is printed from a browser."""

import re

from manual.core.source import squeeze

# A longer text would run off the sheet.
_LIMIT = 150


def running_foot(text: str) -> str:
    """A style rule that prints a text and the page number at the foot of each sheet, so that a
    stray sheet still says which manual and which edition it comes from.
    """
    text = squeeze(text)
    shown = text if len(text) <= _LIMIT else f"{text[: _LIMIT - 1]}…"
    # Escaped this way, any character may stand in it: https://www.w3.org/TR/css-syntax-3/#consume-escaped-code-point
    string = re.sub(r"[^A-Za-z0-9 ]", lambda match: f"\\{ord(match[0]):x} ", shown)
    number = 'counter(page) " / " counter(pages)'
    return f'@page{{@bottom-left{{content:"{string}"}}@bottom-right{{content:{number}}}}}'
