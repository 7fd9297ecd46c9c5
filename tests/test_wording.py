"""The words of each language."""

import re
import tomllib
from dataclasses import fields
from importlib.resources import files

import pytest

from manual.core.wording import LANGUAGES, Wording, direction, wording_for


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word(language: str) -> None:
    """A language's file has each key of `Wording`, in its order, and no other; none is empty."""
    words = tomllib.loads(LANGUAGES[language].read_text(encoding="utf-8"))
    assert list(words) == [field.name for field in fields(Wording)]
    assert all(words.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_leave_the_same_gaps(language: str) -> None:
    """What is filled in, such as `{count}`, stands in the same words in every language."""
    for field in fields(Wording):
        gaps, expected = (
            sorted(re.findall(r"{\w*}", str(getattr(wording_for(code), field.name))))
            for code in (language, "en")
        )
        assert gaps == expected, field.name


def test_other_languages_have_english_words() -> None:
    """A region makes no other language; a language with no words of ours has those of English."""
    assert wording_for("de-AT") == wording_for("de") != wording_for("en")
    assert wording_for("tlh") == wording_for("../en") == wording_for("en")


def test_the_theme_agrees_on_the_direction_of_writing() -> None:
    """What the theme writes from right to left, we do: manual.yml refuses it, so no site has it."""
    languages = files("material") / "templates/partials/languages"
    turned = {
        path.name.removesuffix(".html")
        for path in languages.iterdir()
        if '"direction": "rtl"' in path.read_text(encoding="utf-8")
    }
    assert {code for code in turned if direction(code) == "ltr"} == {"ku-IQ"}  # it is never chosen
    assert turned >= {"ar", "he"}


def test_a_script_turns_a_language_round() -> None:
    """A script in a code counts more than its language's usual one; a region counts for nothing."""
    codes = ("he", "AR-EG", "ks", "pa-Arab-PK", "ks-Deva", "pa-PK", "de", "")
    rtl = [code for code in codes if direction(code) == "rtl"]
    assert rtl == ["he", "AR-EG", "ks", "pa-Arab-PK"]
