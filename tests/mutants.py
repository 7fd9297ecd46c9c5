"""Mutants: texts of an output with one thing damaged. Whatever verifies the output must catch each.

This file has the means to make them and to try them; what can be damaged is listed in
page_mutants.py, site_mutants.py, single_mutants.py and epub_mutants.py.
"""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

# Yields mutants of a text, one place at a time.
Damage = Callable[[str], Iterator[str]]
# pytest's record_property.
Record = Callable[[str, object], None]

MOST_PLACES = 4  # per damage and file, spread over the file

_OTHER_WORD = {"CAUTION": "IMPORTANT", "IMPORTANT": "CAUTION", "WARNING": "NOTE", "NOTE": "WARNING"}


def try_all(
    damages: Mapping[str, Damage],
    files: Mapping[str, str],
    is_caught: Callable[[str, str], bool],
    record: Record,
) -> list[str]:
    """Try each damage on each of `files` (name → text), at a few places; none may escape.

    `is_caught` takes a file's name and a text to stand in it; the texts that are there must pass.
    `record` counts the mutants for the summary of the run. Returns the damages that have no place
    in any of the files.
    """
    assert [name for name, text in files.items() if is_caught(name, text)] == []
    tried, escaped, idle = 0, [], []
    for damage_name, damage in damages.items():
        before = tried
        for name, text in files.items():
            for number, mutant in enumerate(spread(damage(text))):
                assert mutant != text, damage_name
                tried += 1
                if not is_caught(name, mutant):
                    escaped.append(f"{damage_name} ({name}, {number})")
        idle += [damage_name] * (tried == before)
    record("mutants", (tried, tried - len(escaped)))
    assert escaped == []
    assert tried >= len(damages) / 2
    return idle


def spread(mutants: Iterable[str]) -> list[str]:
    """At most MOST_PLACES of them, from all over."""
    found = list(mutants)
    return found[:: max(1, -(-len(found) // MOST_PLACES))]


def replaced(pattern: str, template: str) -> Damage:
    """Replace each match in turn; the template is as for re.sub."""
    return _changed(re.compile(pattern), lambda match: match.expand(template))


def each(pattern: re.Pattern[str], change: Callable[[str], str]) -> Damage:
    """Change each match in turn."""
    return _changed(pattern, lambda match: change(match[0]))


def _changed(pattern: re.Pattern[str], change: Callable[[re.Match[str]], str]) -> Damage:
    def damage(text: str) -> Iterator[str]:
        for match in pattern.finditer(text):
            changed = change(match)
            if changed != match[0]:
                yield text[: match.start()] + changed + text[match.end() :]

    return damage


def swapped(pattern: re.Pattern[str]) -> Damage:
    """Swap each match with the next one, where the two differ."""

    def damage(text: str) -> Iterator[str]:
        for first, second in itertools.pairwise(pattern.finditer(text)):
            if first[0] != second[0]:
                between = text[first.end() : second.start()]
                swap = second[0] + between + first[0]
                yield text[: first.start()] + swap + text[second.end() :]

    return damage


def another_signal_word(note: str) -> str:
    """The markup of a note as that of a note with another signal word."""
    word = re.search(r'aria-label="([A-Z]+)"', note)
    assert word
    other = _OTHER_WORD[word[1]]
    return note.replace(word[1], other).replace(word[1].lower(), other.lower(), 1)


def always(change: Callable[[str], str]) -> Damage:
    """Change the text as a whole: one mutant of each text."""
    return lambda text: iter([change(text)])


def cut_in_half(text: str) -> Iterator[str]:
    """Keep only the first half."""
    yield text[: len(text) // 2]


def with_rules(*rules: str) -> dict[str, Damage]:
    """Append one rule at a time to a style sheet; each damage has its rule as its name."""
    return {rule: _appended(rule) for rule in rules}


def _appended(rule: str) -> Damage:
    return always(lambda sheet: f"{sheet}\n{rule}")
