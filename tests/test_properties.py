"""What holds for any manual and any text, tried on random ones."""

import re
import tempfile
from pathlib import Path
from urllib.parse import unquote

from ada_url import URL
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from manual.build import read_manual
from manual.core.addresses import plain_address
from manual.core.diagnostics import as_github, as_json, as_text, errors_in
from manual.core.source import Source, squeeze
from manual.read.reader import read_part
from manual.read.settings import read_settings
from manual.verify.html.pages import article_of
from manual.verify.html.tree import parse_html
from manual.write.markdown.escape import escape, link_address
from manuals import ROOT, write
from outlines import HOSTILE, manuals, squash, unparsed
from rendering import facts_in_pages, to_html

settings.register_profile("default", deadline=None, max_examples=100, print_blob=True)
settings.load_profile("default")

# What settings.py lets into an address.
URL_TAILS = st.lists(
    st.sampled_from([*"abX01-._~:/?#[]@!$&'()*+,;=%é漢", "&amp;", "&#39;", "__a__", "(b)"]),
    max_size=9,
).map("".join)

# A URI with a host: https://www.rfc-editor.org/rfc/rfc3986#appendix-A
_CHAR = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})"
URI = re.compile(
    rf"https://{_CHAR}*(?:\[[0-9a-f:]+\])?{_CHAR}*(?:\?(?:{_CHAR}|\?)*)?(?:#(?:{_CHAR}|\?)*)?"
)

LINES = st.lists(st.sampled_from([*HOSTILE, "A)", "B)", "1.", "2.", "a.", "# ", "## ", "[[x]]"]))


@given(manuals())
def test_every_outline_survives_to_the_pages(files: dict[str, str | bytes]) -> None:
    """Every text, marker, label, id, note and link of any manual is in its HTML, in order."""
    with tempfile.TemporaryDirectory() as folder:
        manual, _ = read_manual(write(Path(folder), files))
    assume(manual is not None)
    assert manual is not None
    for expected, found in facts_in_pages(manual):
        assert found == expected


@given(st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=5), st.sampled_from(["", " "]))
def test_escaped_text_renders_as_it_was_typed(pieces: list[str], between: str) -> None:
    """Any text, escaped for a paragraph, a heading or a list item, comes out as typed."""
    text = squeeze(between.join(pieces)).strip()
    assume(text)
    start = escape(text, starts_block=True)
    inside = escape(text, ends_heading=True)
    page = f"# Title\n\n{start}\n\n## {inside} {{#a}}\n\n1. {start}\n\n!!! note\n    {start}\n"
    article = article_of(parse_html(to_html(page)))
    assert article is not None
    heading = article.find("h2")
    assert heading is not None
    heading.remove(heading[-1])  # the permalink
    shown = [
        heading,
        *article.findall("p"),
        *article.findall("ol/li"),
        *article.findall("div/p[2]"),
    ]
    assert [squeeze("".join(element.itertext())) for element in shown] == [text] * 4


@given(URL_TAILS)
@example("Psoas_(muscle)")
@example("it's?a=1&amp;b=2")
def test_an_address_leads_where_it_says(tail: str) -> None:
    """A link's address in HTML is, character for character, the one in manual.yml."""
    url = f"https://example.org/{tail}"
    article = article_of(parse_html(to_html(f"# T\n\nSee [x]({link_address(url)})!")))
    assert article is not None
    anchor = article.find("p/a")
    assert anchor is not None
    assert anchor.get("href") == url


@given(st.sampled_from(["example.org", "exämple.org:8080", "u:[é]@[::1]", "例え.jp"]), URL_TAILS)
def test_a_plain_address_leads_where_the_author_says(host: str, tail: str) -> None:
    """Books and PDFs hold a URI, by the letter, that browsers take for the author's address."""
    url = f"https://{host}/{tail}"
    plain = plain_address(url)
    assert URI.fullmatch(plain)
    assert plain_address(plain) == plain
    assert unquote(URL(plain).href) == unquote(URL(url).href)


@given(st.text() | LINES.map("\n".join) | LINES.map(" ".join))
@example("\x00\x1c\u2028\ufeff# A\r\n1.")
@example("[[[[a]]]] [[ ]] [[")
def test_reading_never_fails_and_loses_nothing(text: str) -> None:
    """Whatever the text, there is a part, and every character but white space is in it."""
    part, diagnostics = read_part(Source("any.txt", text), "Any", "any")
    assert squash(unparsed(part)) == squash(text)
    for rendering in (as_text, as_json, as_github):
        assert isinstance(rendering(diagnostics), str)


@given(LINES.map("\n".join), st.text())
def test_a_manual_of_any_texts_is_read_or_diagnosed(text: str, settings_text: str) -> None:
    """Any files make a manual or errors, and never an exception."""
    with tempfile.TemporaryDirectory() as folder:
        files: dict[str, str | bytes] = {
            "part.txt": text.encode(errors="replace"),
            "introduction.txt": text.encode(errors="replace"),
        }
        manual, diagnostics = read_manual(write(Path(folder), files))
        assert (manual is None) == errors_in(diagnostics)
        assert as_text(diagnostics).count("\n") == 4 * len(diagnostics)
        files["manual.yml"] = settings_text.encode(errors="replace")
        manual, diagnostics = read_manual(write(Path(folder), files))
        assert manual is not None or diagnostics


@given(st.text() | LINES.map("\n".join))
@example("title: &a [*a]")
@example("? [")
@example("\ud800")
@example('title: "\\UFFFFFFFF"')
@example("%YAML 1." + "9" * 5000)
def test_settings_never_fail(text: str) -> None:
    """Whatever manual.yml says, there are settings and diagnostics."""
    _, diagnostics = read_settings(Source("manual.yml", text))
    assert isinstance(as_text(diagnostics), str)


def test_a_problem_of_a_torn_file_stands_in_it() -> None:
    """manual.yml cut off anywhere, a line end or an open quote behind it: spans stay inside it."""
    text = (ROOT / "source_manual/manual.yml").read_text(encoding="utf-8")
    for length in range(len(text) + 1):
        for end in ("", "\n", '"', "\n---\n"):
            source = Source("manual.yml", text[:length] + end)
            for problem in read_settings(source)[1]:
                assert 0 <= problem.span.start <= problem.span.end <= len(source.text), end
