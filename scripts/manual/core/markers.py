"""The markers of the outline: `A)`, `1.`, `a.`, what number each is, and which comes next."""

import re

from manual.core.model import Level

MARKER = re.compile(
    r"(?:(?P<lettered>[A-Z]{1,2}\))|(?P<numbered>[0-9]{1,9}\.)|(?P<third>(?:[a-z]|aa)\.))(?=\s|$)"
)


def level_of(match: re.Match[str]) -> Level:
    """The level of a MARKER match."""
    return 1 if match["lettered"] else 2 if match["numbered"] else 3


def ordinal(marker: str) -> int:
    """1 for `A)`, `1.` and `a.`; 27 for `AA)`."""
    body = marker[:-1]
    if body.isdigit():
        return int(body)
    number = 0
    for char in body.upper():
        number = number * 26 + ord(char) - ord("A") + 1
    return number


def marker(level: Level, number: int) -> str:
    """The marker of a level for a number from 1: `marker(1, 27)` is `AA)`."""
    if level == 2:
        return f"{number}."
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters})" if level == 1 else f"{letters.lower()}."
