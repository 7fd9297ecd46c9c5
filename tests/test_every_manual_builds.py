"""What `manual check` accepts builds, and verify finds nothing to say about it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from manual.build import page_problems, read_manual
from manual.core.diagnostics import as_text
from manual.core.layouts import LAYOUTS
from manual.core.model import Manual
from manual.core.project import Project
from manual.core.references import References
from manual.verify.compare import compare
from manual.verify.epub.book import verify_epub
from manual.verify.html.single_file import verify_single_file
from manual.verify.pdf.handouts import verify_handout
from manual.write.epub.book import make_epub
from manual.write.handout.handouts import make_handout
from manual.write.markdown.pages import DOWNLOADS, render_pages
from manual.write.single.single_file import make_single_file
from manuals import SETTINGS, the_manual, write
from projects import built
from random_manuals import every_character, random_manual
from rendering import facts_in_pages, to_html

# Letters with labels in the margin, large print with labels in the text, and a booklet.
_LAYOUTS = (LAYOUTS[0], LAYOUTS[2], LAYOUTS[5])

# More seeds for audits, in tests of so many.
_TRIALS = [range(8), *(range(start, start + 30) for start in range(8, 308, 30))]

trials = pytest.mark.parametrize(
    "seeds",
    [_TRIALS[0], *(pytest.param(seeds, marks=pytest.mark.audit) for seeds in _TRIALS[1:])],
    ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}",
)


def accepted(project: Project) -> Manual | None:
    """The manual of a project, where `manual check` has nothing against it."""
    manual, _ = read_manual(project)
    return None if manual is None or page_problems(manual, project) else manual


def findings(manual: Manual) -> Iterator[str]:
    """What verify says of each output of a manual; Markdown comes to HTML without a whole site."""
    references = References(manual)
    for expected, facts in facts_in_pages(manual):
        yield from (as_text([each]) for each in compare(expected, facts, "a page"))
    found = [*verify_single_file(manual, references, make_single_file(manual), "the single file")]
    found += verify_epub(manual, references, make_epub(manual), "the book")
    for layout in _LAYOUTS:
        data = make_handout(manual, None, layout).data
        found += verify_handout(manual, references, data, layout.name, layout)
    yield from (as_text([each]) for each in found)


@trials
def test_a_random_manual_builds(seeds: range, tmp_path: Path) -> None:
    """Whatever a manual holds: it is refused, or every output says what it says."""
    said: list[str] = []
    tried = 0
    for seed in seeds:
        root = tmp_path / str(seed)
        manual = accepted(write(root, random_manual(seed)))
        if manual is not None:
            tried += 1
            said += (f"seed {seed}: {each}" for each in findings(manual))
        shutil.rmtree(root)
    assert not said, "\n".join(said)
    assert tried > 0.8 * len(seeds), "too few are accepted to try much"


@pytest.mark.parametrize(
    "seed", [3, *(pytest.param(seed, marks=pytest.mark.audit) for seed in range(400, 410))]
)
def test_a_random_site_builds(seed: int, tmp_path: Path) -> None:
    """The whole way of a random manual, if check accepts it, ends in a proven site."""
    project = write(tmp_path / "random", random_manual(seed))
    if accepted(project):
        site = built(tmp_path / "copy", project.source) / "site"
        assert (site / "index.html").is_file()
    else:
        assert seed >= 400, "the seed of each commit must try something"


def _step(text: str) -> dict[str, str | bytes]:
    return {"p.txt": f"# P\n\n## Belly\n\nSo {text}\n\nA) Press {text} again.\n   1. {text}\n"}


def _settings(more: str, part: str = "p") -> dict[str, str | bytes]:
    return {**_step("gently"), "manual.yml": f"{SETTINGS}  - {part}\n{more}"}


def _hyphens(language: str) -> dict[str, str | bytes]:
    text = "4-6 well-known x-ray -\u0306\u0306 " * 40
    settings = f"{SETTINGS}  - p\nlanguage: {language}\n"
    return {"p.txt": f"# P\n\n## Belly\n\nA) {text}\n", "manual.yml": settings}


def _section(name: str) -> dict[str, str | bytes]:
    text = f"# P\n\n## {name}\n\nA) Press. See [[{name}]], [[{name} A.1]].\n   1. Then.\n"
    return {"p.txt": f"{text}\nCAUTION! Not hard.\n"}


def _part(name: str) -> dict[str, str | bytes]:
    return {**_step("gently"), f"{name}.txt": f"# Title\n\nSee [[{name}]] and [[Belly A.1]].\n"}


_REPEATED = "# P\n\n## S\n\nA) Take C* and again C* and C+*.\n\n*C: see C+*.\n\n*C+: plus.\n"
# Footnotes in footnotes, at the end of a page somewhere.
_NESTED = "# P\n\n" + "".join(
    f"## S{n}\n\nSo law* it is.\n\n*law: See rule* now.\n\n*rule: so it is.\n\n" for n in range(40)
)
_LONG = "Do\u00adnau\u00addampf\u00adschiff\u00adfahrts\u00adge\u00adsell\u00adschaft" * 12

ALONE: dict[str, dict[str, str | bytes]] = {
    "section Fuß": _section("Fuß"),
    "section Bíceps": _section("Bíceps"),
    "section in two forms": _section("Bi\u0301ceps"),
    "part Hüfte": _part("Hüfte"),
    "part café": _part("café"),
    "ligatures": _step("o\ufb03ce \ufb00 \ufb01x \ufb02 \ufb04 and ffi fi"),
    "zh-Hant": _settings("language: zh-Hant\n"),
    "de-CH-1996": _settings("language: de-CH-1996\n"),
    **{f"hyphens in {code}": _hyphens(code) for code in ("en", "es", "pl", "pt-BR", "cs")},
    "soft hyphens alone": _step("a \u00ad b \u00ad\u00ad c"),
    "soft hyphens in long words": _step(f"{_LONG} and a\u00adb"),
    "right-to-left mark": _step("a \u200f b\u200fc \u200f4 6\u200f (d) \u200f. , \u200f"),
    "other direction marks": _step("\u061c4-6 \u202b(a) 4 6\u202c \u2067b. c\u2069 \u200e"),
    "combining marks": _step("q\u0301 q\u0308 q\u0323x q\u0323q\u0323 q\u030c\u0303 q\u0323"),
    "a mark on nothing": _step("\u0301 and \u0323\u0301"),
    "accents of their own": _step("ḃ ḋ ḗ ḣ Ḃ ṁ ḃḃ"),
    "accents and more": _step("Ẳ\u0327 Ẳ\u0327Ẳ\u0327 e\u0323\u0302 î\u0303\u0303 Ṁ\u0301"),
    "wide accents": _step("a\u035eb a\u0361b a\u035cb a\u0315 o\u031b"),
    "symbols": _step("☺ ♥ ✔ 🔒"),
    "symbols as emoji": _step("☺\ufe0f ♥\ufe0f ✔\ufe0f 🔒\ufe0f and ☺\ufe0e"),
    "symbols with marks": _step("🤖\u032f 🤖\u032f🤖\u032f 🔒\u0301 ☺\ufe0f\u0301"),
    "marks on letters of another font": _step("↔\u0302 ∟\u0358↔\u0302\u0302H q\u0338 ✔\u0301"),
    "repeated footnotes": {"p.txt": _REPEATED},
    "footnotes in footnotes": {"p.txt": _NESTED},
    "unseen characters": _step("a\u034fb \u115f \u3164 \uffa0 x\u17b4 \ufe00 \ufeff \U000e0041 z"),
    "an address of any script": _settings("links:\n  - title: T\n    url: https://例え.jp/漢\n"),
    "every character": every_character(),
}


@pytest.mark.parametrize("files", ALONE.values(), ids=ALONE)
def test_each_of_these_builds(files: dict[str, str | bytes], tmp_path: Path) -> None:
    """What once was refused at the end of a build, or lost, builds."""
    project = write(tmp_path, files)
    manual = the_manual(project.root)
    assert page_problems(manual, project) == []
    assert [*findings(manual)] == []


def test_the_audience_can_refer_to_the_introduction(tmp_path: Path) -> None:
    """On the downloads page too, a reference leads to the page that it names."""
    settings = SETTINGS.replace("Only for trained hands.", '"See [[Rules]] and [[Introduction]]."')
    files: dict[str, str | bytes] = {
        **_step("gently"),
        "introduction.txt": "Welcome.\n\n## Rules\n\nRead on.\n",
        "manual.yml": f"{settings}  - p\n",
    }
    manual = the_manual(write(tmp_path, files).root)
    assert [*findings(manual)] == []
    downloads = to_html(render_pages(manual)[DOWNLOADS])
    assert 'href="index.html#rules"' in downloads
    assert 'href="index.html">Introduction' in downloads
