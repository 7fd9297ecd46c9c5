"""An address as authors write it → the same address in plain characters, as the format of books
wants it. Browsers do this on their own: https://url.spec.whatwg.org/#url-writing.
"""

import re
import unicodedata
from urllib.parse import quote

_ADDRESS = re.compile(
    r"(?P<scheme>[^:]*:)(?P<authority>//(?P<user>[^/?#]*@)?(?P<host>[^/?#]*?)(?P<port>:\d*)?(?=[/?#]|$))?"
    r"(?P<rest>[^#]*)(?P<hash>#?)(?P<fragment>.*)"
)
_SAFE = "%:/?@!$&'()*+,;=~"  # and letters, digits, `-._`, which quote() never touches
_STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


def plain_address(url: str) -> str:
    """The address with what no address may hold percent-encoded, and its host in ASCII.

    `url` is one that settings.py lets through.
    """
    match = _ADDRESS.fullmatch(url)
    if match is None:
        raise AssertionError("a checked manual has addresses with a scheme")
    authority = ""
    if match["authority"]:
        user = f"{_quoted(match['user'][:-1]).replace('@', '%40')}@" if match["user"] else ""
        authority = f"//{user}{_host(match['host'])}{match['port'] or ''}"
    rest = _quoted(match["rest"]) + match["hash"] + _quoted(match["fragment"])
    return match["scheme"] + authority + rest


def _quoted(text: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", text), safe=_SAFE)


def _host(host: str) -> str:
    """`exämple.org` → `xn--exmple-cua.org`. Letters of a host's name have no case or width."""
    if host.isascii():
        return host
    labels = re.split("[.。]", unicodedata.normalize("NFKC", host).lower())
    return ".".join(
        label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in labels
    )
