"""Bounds of how wide a text is, in ems, so that typesetting need not measure what is sure to fit.

They hold for all our fonts (a test compares them with the fonts).
"""

_MOST = {
    0.3: " ',.:;j",
    0.4: "!()-/I[\\]filt{|}",
    0.5: "*?crsz",
    0.6: '"#$+0123456789<=>FJLPSZ^_`abdegkopquvxy~',
    0.7: "ABCEGKRTVXYhn",
    0.8: "&DHNOQUw",
}
_LEAST = {
    0.2: " !,.:;Ifijl|",
    0.3: '"()-/J[\\]rt{}',
    0.4: "#$*+0123456789<=>?FLY^_`ceksvxyz~",
    0.5: "ABCEKPRSTVXZabdghnopqu",
    0.6: "&DGHNOQU",
    0.7: "MWw",
    0.8: "%@m",
}
_LATIN = 1.0
_OTHER = 2.5
_KERNED = 0.9  # kerned text takes at least this share of the sum of its letters' widths


def _by_char(groups: dict[float, str]) -> dict[str, float]:
    return {char: width for width, chars in groups.items() for char in chars}


_MOST_OF = _by_char(_MOST)
_LEAST_OF = _by_char(_LEAST)


def most(char: str) -> float:
    """The widest that a character can be, in ems."""
    return _MOST_OF.get(char) or (_LATIN if char < "\u0250" or "–" <= char <= "…" else _OTHER)


def least(char: str) -> float:
    """The narrowest that a character can be, in ems."""
    return _LEAST_OF.get(char, 0.0)


def extent(text: str) -> dict[str, float]:
    """How wide a text on one line is, in ems: `most` and `least`. Also how many `words` it has, and
    the most that the `longest` of them can take.
    """
    words = [sum(map(most, word)) for word in text.split()]
    spaces = max(0, len(words) - 1) * most(" ")
    return {
        "words": len(words),
        "most": round(sum(words) + spaces, 1),
        "longest": round(max(words, default=0), 1),
        "least": round(sum(map(least, "".join(text.split()))) * _KERNED, 1),
    }
