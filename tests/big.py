"""Big manuals, for test_scale.py and benchmarks/scale.py: each grows with its one parameter."""

from collections.abc import Callable

from manual.core.diagnostics import as_text
from manual.core.markers import marker
from manual.core.model import Manual, Words
from manual.core.source import Source, Span
from manual.read.checks import check
from manual.read.reader import read_part
from manual.write.markdown.pages import render_pages

HEAD = "# Big\n\n## Section\n\n"


def _each(number: int, line: Callable[[int], str]) -> str:
    return "".join(map(line, range(1, number + 1)))


# name → the source of size n (n lines, blocks, or characters)
TEXTS: dict[str, Callable[[int], str]] = {
    "prose": lambda n: HEAD + "A line of prose, and another word.\n" * n,
    "paragraphs": lambda n: HEAD + "A paragraph of prose.\n\n" * n,
    "numbered steps": lambda n: HEAD + "A) One.\n" + _each(n, lambda i: f"{i}. Step.\n"),
    "lettered steps": lambda n: HEAD + _each(n, lambda i: f"{marker(1, i)} Step.\n"),
    "notes on one step": lambda n: HEAD + "A) One.\n" + "CAUTION! Heed this.\n" * n,
    "sections": lambda n: "# Big\n" + _each(n, lambda i: f"## S{i}\nA) One.\n"),
    "references": lambda n: HEAD + "A) One.\n" + "See [[Section A]].\n\n" * n,
    "unknown references": lambda n: HEAD + "A) One.\n" + "See [[Sektion A]].\n\n" * n,
    "footnotes": lambda n: HEAD + _each(n, lambda i: f"Term{i}* is.\n\n*Term{i}: what.\n\n"),
    "stars without definitions": lambda n: HEAD + "A) " + "a* " * n + "\n",
    "stars in one line": lambda n: HEAD + "A) " + "law* " * n + "\n*law: it.\n",
    "errors in one line": lambda n: HEAD + "A) 🙂" + "x CAUTION! [[No]] " * n + "\n",
    "errors": lambda n: HEAD + "CAUTON! Oh.\n3) Oh.\nZ) Oh.\n" * n,
    "one long line": lambda n: HEAD + "A) " + "word " * n + "\n",
    "one long word": lambda n: HEAD + "A) " + "x" * n + "\n",
    "open brackets": lambda n: HEAD + "A) " + "[" * n + "x\n",
    "open reference": lambda n: HEAD + "A) [[" + "a" * n + "\n",
    "hashes": lambda n: HEAD + "A) " + "#" * n + "x\n",
    "signs": lambda n: HEAD + "A) " + "*_`<&{}!(\\ " * n + "\n",
    "long title": lambda n: f"# {'word ' * n}\n\n## {'x' * n}\n\nA) One.\n",
    "indentation": lambda n: HEAD + "A) One.\n" + _each(n, lambda i: f"{' ' * (i % 60)}{i}. x\n"),
}

_NOWHERE = Span(Source("nowhere", ""), 0, 0)


def process(text: str) -> int:
    """Read and check a part; render what is right, report what is wrong. Returns the length."""
    part, diagnostics = read_part(Source("big.txt", text), "Big", "big")
    front, _ = read_part(Source("introduction.txt", "Welcome.\n"), "Introduction", "introduction")
    audience = (Words("For all.", _NOWHERE),)
    manual = Manual("Title", "First", "en", "", audience, (), (), front, (part,))
    diagnostics += check(manual)
    problems = as_text(diagnostics)
    return len(problems) or sum(map(len, render_pages(manual).values()))
