"""An address as authors write it → the same address in the characters that a URL may hold.

Browsers do not need that; the formats of books and PDFs do.
"""

import re
from urllib.parse import quote

from ada_url import URL

_START = re.compile("^([a-z]+:(?://[^/]*)?)")  # the scheme, and the host with what belongs to it
_SAFE = "%:/?@!$&'()*+,;=~"  # and letters, digits, `-._`, which quote() never touches


def plain_address(url: str) -> str:
    """The address as a browser reads it, with what browsers let pass percent-encoded: `[`, `]`, a
    second `#`, and a `%` that encodes nothing.

    `url` is one that settings.py lets through. Raises ValueError for what is no URL.
    """
    href = re.sub("%(?![0-9A-Fa-f]{2})", "%25", URL(url).href)
    _, start, rest = _START.split(href)
    before, sign, fragment = rest.partition("#")
    return start + quote(before, _SAFE) + sign + quote(fragment, _SAFE)
