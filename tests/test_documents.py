"""What the documents for engineers name is there."""

import ast
import re
from fnmatch import filter as matching

from manuals import ROOT


def test_the_tests_that_hold_the_invariants_exist() -> None:
    """Each test file that ARCHITECTURE.md names is there, and so is each test (`*`: any end);
    `::test` alone is one of the file before.
    """
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    file, named = "", []
    for new_file, test in re.findall(r"\b(test_\w+\.py)|::(test_[\w*]+)", text):
        file = new_file or file
        named.append((file, test or "*"))
    assert len(named) > 60
    assert [(file, test) for file, test in named if not matching(_tests_of(file), test)] == []


def _tests_of(file: str) -> set[str]:
    path = ROOT / "tests" / file
    code = path.read_text("utf-8") if path.is_file() else ""
    return {node.name for node in ast.walk(ast.parse(code)) if isinstance(node, ast.FunctionDef)}
