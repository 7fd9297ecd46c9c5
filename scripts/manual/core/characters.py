"""Characters that mislead: invisible ones, and look-alikes from other scripts.

A signal word or marker that contains one would be read as ordinary text, and a caution would be
lost in a line. So near misses are looked for in the skeleton of a text: the plain letters that it
looks like.
"""

import re
import unicodedata

# Control characters, line separators, surrogates and noncharacters: no output can show them.
_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)

# They reverse the order of letters, or stand between letters unseen. (Joiners, soft hyphens and
# direction marks belong to the spelling of many languages, and are left alone.)
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u180e\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")

# They direct how letters from right to left stand among others: https://www.unicode.org/reports/tr9/
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Of them, this one turns letters around that stand from left to right.
_TURNS_LETTERS = re.compile("\u202e")

# https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point
_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)

_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}

# Capital letters of other scripts that look like those of the signal words and markers.
# After the confusables of Unicode Technical Standard 39.
_LOOKALIKES = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХԌԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧᎪᏴᏟᎬᎻᎫᏦᏞᎷΝᏢᎡᏚᎢᏙᏔᏃՕՍоаерсухіѕ",
        "ABESIJKMHOPCTYXGQWABEZHIKMNOPTYXABCEHJKLMNPRSTVWZOUoaepcyxis",
        strict=True,
    )
)


def unshowable(text: str) -> re.Match[str] | None:
    """The first character that no output can show."""
    return _UNSHOWABLE.search(text)


def invisible(text: str) -> re.Match[str] | None:
    """The first character that is invisible and changes how a text reads; above all one that
    turns letters around.
    """
    return _TURNS_LETTERS.search(text) or _INVISIBLE.search(text)


def turns_letters(char: str) -> bool:
    """Whether a character makes the letters behind it stand in the opposite order."""
    return _TURNS_LETTERS.match(char) is not None


def without_idle_directions(text: str) -> str:
    """The text without characters that direct letters from right to left, where it has none.

    (They could only put its digits and signs in another order.)
    """
    others = _DIRECTIONS.sub("", text)
    is_directed = any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in others)
    return text if is_directed else others


def has_no_glyph(char: str) -> bool:
    """Whether a character takes no ink: spaces, and what only directs other characters."""
    is_space = unicodedata.category(char) in ("Zs", "Zl", "Zp", "Cc") and char != "\u1680"
    return is_space or _IGNORABLE.match(char) is not None


def letters(text: str) -> str:
    """A text as paper shows it: without spaces and all else that takes no ink, ligatures spelt out.

    (PDF readers spell them out too, and guess where spaces are.)
    """
    spelt_out = text.translate(_LIGATURES)
    return "".join(char for char in spelt_out if not has_no_glyph(char))


def character_name(char: str) -> str:
    """`U+200B`, with its Unicode name where it has one."""
    name = unicodedata.name(char, "")
    return f"U+{ord(char):04X}{f', {name.lower()}' if name else ''}"


def skeleton(text: str) -> tuple[str, list[int]]:
    """The plain letters that a text looks like, and the index in the text of each.

    Invisible characters are dropped; look-alike and compatibility forms (full width, styled) become
    plain letters.
    """
    if text.isascii():
        return text, list(range(len(text)))
    plain: list[str] = []
    origins: list[int] = []
    for index, char in enumerate(text):
        if char.isascii():
            letters = char
        elif unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f":
            continue
        else:
            letters = _LOOKALIKES.get(char) or unicodedata.normalize("NFKC", char)
        plain += letters
        origins += [index] * len(letters)
    return "".join(plain), origins
