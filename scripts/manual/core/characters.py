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
    """The first character that is invisible and changes how a text reads."""
    return _INVISIBLE.search(text)


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
