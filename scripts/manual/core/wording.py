"""The few words that the writers add to an author's text, by language: words/en.toml and so on."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's words: its file has a key for each, and no others."""

    # pages
    return_to_top: str
    front_page: str
    sections: str
    parts: str
    whole_manual: str
    link_here: str
    next_part: str
    previous_part: str
    elsewhere: str
    sources: str
    edition: str
    back_to_text: str
    # handouts
    introduction: str
    contents: str
    safety_notes: str
    chosen: str
    page: str  # before a page's number, short
    page_long: str
    of: str  # page 3 of 12
    continued: str
    not_in_this_handout: str
    # downloads
    downloads: str
    handouts: str
    without_handouts: str
    handout: str
    large_print: str
    booklet: str
    one_page: str
    pages: str
    for_handout: str
    for_large_print: str
    for_booklet: str
    one_file: str
    for_one_file: str
    book: str
    for_book: str
    whole_site: str
    for_whole_site: str
    read_me: tuple[str, ...]  # what to do with the unpacked site, line by line
    # finding
    find: str
    find_clear: str
    find_none: str
    find_some: str  # {count} is how many were found
    find_first: str  # and {shown}, how many of them are listed
    # the book
    cover: str
    accessibility: str  # what helps readers with disabilities in a book, in one or two sentences
    # the offline copy
    ready_offline: str
    not_offline: str
    no_room: str
    not_here: str
    new_edition: str
    corrected_edition: str
    load_now: str
    close: str


LANGUAGES = {
    file.name.removesuffix(".toml"): file for file in (files("manual.core") / "words").iterdir()
}

# The scripts that run from right to left, and the languages for which one of them is the usual one.
_SCRIPTS = frozenset(
    ("adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa")
)
_RIGHT_TO_LEFT = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi")
)


def direction(language: str) -> str:
    """`rtl` for a code such as `he` or `pa-Arab`, whose lines begin at the right; else `ltr`."""
    code, *rest = language.lower().split("-")
    script = next((tag for tag in rest if len(tag) == 4 and tag.isalpha()), "")
    return "rtl" if (script in _SCRIPTS if script else code in _RIGHT_TO_LEFT) else "ltr"


def pdf_language(language: str) -> str:
    """What a PDF by Typst says of a language code: its language and, of two letters, its region."""
    code, _, rest = language.partition("-")
    region = next((part.upper() for part in rest.split("-") if len(part) == 2), "")
    return "-".join(filter(None, (code.lower(), region)))


def wording_for(language: str) -> Wording:
    """The words of a language code such as `de` or `pt-BR`; English where there are none."""
    code = _without_region(language)
    return _read(code if code in LANGUAGES else "en")


@cache
def _read(language: str) -> Wording:
    words = tomllib.loads(LANGUAGES[language].read_text(encoding="utf-8"))
    return Wording(**words | {"read_me": tuple(words["read_me"])})


def _without_region(language: str) -> str:
    return language.partition("-")[0].lower()
