"""Every case in tests/cases: what a source says goes in, and exactly what is written comes out.

A case file holds `>>> name` for each input file (`(escaped)` reads Python escapes, for bytes that
no editor shows) and `<<< what` for each output: `diagnostics`, `model`, or a page such as
`psoas.md`. `pytest --update-cases` rewrites the outputs; the diff is for a person to read.
"""

import ast
import re
from pathlib import Path

import pytest

from manual.build import page_problems, read_manual
from manual.core.diagnostics import Code, as_text
from manual.core.model import Block, Footnote, Manual, Note, Paragraph, Step, plain
from manual.verify import OUTPUT_CODES
from manual.write.markdown.pages import render_pages
from manuals import ROOT, write

CASES = sorted((Path(__file__).parent / "cases").rglob("*.case"))
_SECTION = re.compile(r"^(>>>|<<<) (.+)\n", re.MULTILINE)


def sections(text: str) -> tuple[str, dict[str, str], dict[str, str]]:
    """The remark at the head of a case, its inputs and its outputs."""
    head, *rest = _SECTION.split(text)
    inputs: dict[str, str] = {}
    outputs: dict[str, str] = {}
    for kind, name, body in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        (inputs if kind == ">>>" else outputs)[name] = body
    return head, inputs, outputs


def content(name: str, body: str) -> tuple[str, bytes]:
    """An input's file name and bytes."""
    if name.endswith(" (escaped)"):
        return name.removesuffix(" (escaped)"), ast.literal_eval(f"b'''{body}'''")
    return name, body.encode()


def outline(manual: Manual) -> str:
    """The model as an indented outline."""

    def lines(blocks: tuple[Block, ...], depth: int) -> list[str]:
        found = []
        for block in blocks:
            match block:
                case Step():
                    found.append(f"{'  ' * depth}[{block.label} #{block.id}] {plain(block.text)}")
                    found += lines(block.blocks, depth + 1)
                case Note():
                    found.append(f"{'  ' * depth}{block.word}: {plain(block.text)}")
                case Footnote():
                    found.append(f"{'  ' * depth}*{block.term} #{block.id}: {plain(block.text)}")
                case Paragraph():
                    found.append(f"{'  ' * depth}¶ {plain(block.text)}")
        return found

    shown = []
    for part in manual.all_parts:
        shown += [f"{part.name} #{part.id}: {part.title}", *lines(part.blocks, 1)]
        for section in part.sections:
            shown.append(f"  {section.name} #{section.id}: {section.title}")
            shown += lines(section.blocks, 2)
    return "\n".join(shown) + "\n"


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_case(case: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The outputs are exactly those that the case shows."""
    head, inputs, expected = sections(case.read_text(encoding="utf-8"))
    project = write(tmp_path, dict(content(*item) for item in inputs.items()))
    manual, diagnostics = read_manual(project)
    if manual is not None:
        diagnostics += page_problems(manual, project)
    actual = {"diagnostics": as_text(diagnostics)}
    if manual is not None:
        actual |= {"model": outline(manual), **render_pages(manual)}
    if request.config.getoption("--update-cases"):
        rewritten = head
        rewritten += "".join(f">>> {name}\n{body}" for name, body in inputs.items())
        rewritten += "".join(f"<<< {name}\n{actual.get(name, '')}" for name in expected)
        case.write_text(rewritten, encoding="utf-8")
    else:
        assert expected, "a case shows at least one output"
        assert {name: actual.get(name) for name in expected} == expected


def test_every_code_has_a_case() -> None:
    """Each kind of problem is shown, as its reader will see it, by at least one case."""
    texts = "".join(case.read_text(encoding="utf-8") for case in CASES)
    shown = set(re.findall(r"(?:error|warning)\[([a-z0-9-]+)\]", texts))
    of_outputs = {str(code) for code in OUTPUT_CODES}  # shown by test_verify.py
    assert {str(code) for code in Code} - of_outputs - shown == set()


def test_notation_explains_every_code() -> None:
    """NOTATION.md has a line for each kind of problem, and for no other."""
    text = (ROOT / "NOTATION.md").read_text(encoding="utf-8")
    table = text.partition("## When something is wrong")[2]
    assert set(re.findall(r"^\| `([a-z0-9-]+)` \|", table, re.MULTILINE)) == {str(c) for c in Code}
