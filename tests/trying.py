"""Manuals that try a typesetter: long steps, notes, words, names and footnotes, mixtures."""

import random
from collections.abc import Callable

_SENTENCE = (
    "press gently along the muscle and wait until the breath is calm while the client rests "
    "hand thumb crest pulse slowly toward midline two fingers deep again lateral medial then"
)


def prose(words: int, seed: int = 1) -> str:
    """So many words of nonsense that looks like instructions."""
    chosen = random.Random(seed).choices(_SENTENCE.split(), k=words)  # noqa: S311
    return " ".join(chosen).capitalize() + "."


def _items(number: int, words: int) -> str:
    return "".join(f"   {index}. {prose(words, index)}\n" for index in range(1, number + 1))


def _thirds(number: int, words: int) -> str:
    return "".join(f"      {chr(96 + i)}. {prose(words, i)}\n" for i in range(1, number + 1))


def _long_step() -> str:
    """A lettered step longer than a page, with notes in its middle and at its end."""
    return (
        f"A) {prose(30)}\n{_items(25, 14)}\nCAUTION! {prose(40)}\n\n"
        + "".join(f"   {i}. {prose(14, i)}\n" for i in range(26, 50))
        + f"\nIMPORTANT! {prose(60)}\n\nB) {prose(12)}\n\nWARNING! {prose(15)}\n"
    )


def _long_item() -> str:
    """A numbered step longer than a page, with a note of its own at its end."""
    return (
        f"A) {prose(10)}\n   1. {prose(20)}\n{_thirds(26, 30)}      WARNING! {prose(30)}\n"
        f"   2. {prose(10)}\nNOTE! {prose(9)}\n"
    )


def _long_notes() -> str:
    """Notes of up to three pages, each followed by more."""
    return "".join(
        f"{letter}) {prose(12)}\n   1. {prose(9)}\n\n{word}! {prose(words)}\n\n"
        for letter, word, words in zip(
            "ABCD", ("CAUTION", "IMPORTANT", "WARNING", "NOTE"), (700, 1600, 420, 120), strict=True
        )
    )


def _long_texts() -> str:
    """A lettered step, a numbered step and a paragraph of more than a page."""
    return f"A) {prose(900)}\n   1. {prose(900)}\n\n   {prose(900)}\n\nCAUTION! {prose(30)}\n"


def _long_words() -> str:
    """Words longer than any line, everywhere."""
    word = "Sternocleidomastoideus" * 14
    return (
        f"A) {word}\n   1. {word}\n      a. {word} and {word}\n         CAUTION! {word}\n\n"
        f"IMPORTANT! See the law* {word}.\n\n*law: {word}\n\nB) {'W' * 90} {'i' * 300}\n"
    )


def _footnotes() -> str:
    """Footnotes on every step, some longer than the page has room for."""
    return "".join(
        f"{chr(64 + i)}) {prose(10, i)} Rule{i}* holds.\n   1. {prose(12, i)}\n\n"
        f"CAUTION! {prose(20, i)} Law{i}* too.\n\n"
        f"*Rule{i}: {prose(40 * i, i)}\n*Law{i}: {prose(30, i)}\n\n"
        for i in range(1, 13)
    )


def _notes_in_a_row() -> str:
    """More notes on one step than a page holds."""
    notes = "".join(f"CAUTION! {prose(25, i)}\n\n" for i in range(18))
    return f"A) {prose(10)}\n\n{notes}B) {prose(8)}\n   1. {prose(9)}\n{notes}"


def _mixed(seed: int) -> Callable[[], str]:
    """Steps, notes, paragraphs and lists of random lengths, so that pages end anywhere."""

    def text() -> str:
        dice = random.Random(seed)  # noqa: S311
        out = []
        for letter in "ABCDEFGHIJKL":
            out.append(f"{letter}) {prose(dice.randint(2, 40), dice.randint(1, 99))}\n")
            for number in range(1, dice.randint(0, 7) + 1):
                out.append(f"   {number}. {prose(dice.randint(2, 45), dice.randint(1, 99))}\n")
                if dice.random() < 0.25:
                    out.append(_thirds(dice.randint(1, 5), dice.randint(2, 20)))
                if dice.random() < 0.15:
                    out.append(f"      WARNING! {prose(dice.randint(4, 60))}\n")
            if dice.random() < 0.5:
                word = dice.choice(("CAUTION", "IMPORTANT", "NOTE"))
                out.append(f"\n{word}! {prose(dice.randint(4, 120))}\n")
            out.append("\n")
        return "".join(out)

    return text


# name → the text of its section
TRYING: dict[str, Callable[[], str]] = {
    "long step": _long_step,
    "long item": _long_item,
    "long notes": _long_notes,
    "long texts": _long_texts,
    "long words": _long_words,
    "footnotes": _footnotes,
    "notes in a row": _notes_in_a_row,
    "mixed": _mixed(0),
}
# More of the last kind, for audits.
MORE_TRYING = {f"mixed {seed}": _mixed(seed) for seed in range(1, 11)}


def trying(name: str) -> dict[str, str | bytes]:
    """The files of a manual that is trying in the named way, under a short name and a long one."""
    text = (TRYING | MORE_TRYING)[name]()
    long = "Transverse friction massage of deep fibres and their tendons"
    return {
        "try.txt": f"# {prose(25)}\n\n## First of all\n\n{prose(60)}\n\n{text}\n"
        f"## {long}: {prose(12)}\n\n{text}\n\n## Last\n\nA) See [[{long} A]], [[First A]].\n"
    }
