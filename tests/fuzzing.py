"""Coverage-guided fuzzing of the way from bytes to HTML: `make fuzz`.

Whatever the bytes: reading never raises and loses no character; a manual without errors survives to
its HTML, word for word; and nothing takes long (`-timeout`). What it found is kept as cases and
examples in the other tests. Arguments are libFuzzer's, for example `-max_total_time=3600`.
"""

import re
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["manual", "markdown", "pymdownx"]):
    from manual.core.diagnostics import as_github, as_json, as_text, errors_in
    from manual.core.model import Manual, Words
    from manual.core.source import Source, Span
    from manual.read.checks import check
    from manual.read.reader import read_part
    from manual.read.settings import read_settings
    from rendering import facts_in_pages
    from test_cases import CASES, sections

from manuals import ROOT
from outlines import HOSTILE, squash, unparsed

NOWHERE = Span(Source("nowhere", ""), 0, 0)


def one_input(data: bytes) -> None:
    """Try one input: the first byte chooses between manual.yml and a part."""
    text = data[1:].decode("utf-8", errors="replace")
    if data[:1] == b"y":
        _, diagnostics = read_settings(Source("manual.yml", text))
        as_text(diagnostics)
        return
    part, diagnostics = read_part(Source("part.txt", text), "Part", "part")
    assert squash(unparsed(part)) == squash(text)
    front, _ = read_part(Source("introduction.txt", "Welcome.\n"), "Introduction", "introduction")
    audience = (Words("For all.", NOWHERE),)
    manual = Manual("Title", "First", "en", "", audience, (), (), front, (part,))
    diagnostics += check(manual)
    for rendering in (as_text, as_json, as_github):
        rendering(diagnostics)
    controls = re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", text)
    if not errors_in(diagnostics) and not controls:
        for expected, found in facts_in_pages(manual):
            assert found == expected


def seeds(folder: Path) -> None:
    """The corpus to begin with: the shipped manual, the tests' manuals, and every case."""
    texts = [case.read_text(encoding="utf-8") for case in CASES]
    for text in texts:
        for name, body in sections(text)[1].items():
            kind = b"y" if name.endswith(".yml") else b"p"
            (folder / f"seed{len(list(folder.iterdir()))}").write_bytes(kind + body.encode())
    for path in (*ROOT.glob("source_manual/*"), *ROOT.glob("tests/manuals/*/*")):
        kind = b"y" if path.suffix == ".yml" else b"p"
        (folder / f"{path.parent.name}-{path.name}").write_bytes(kind + path.read_bytes())


def dictionary(path: Path) -> None:
    """Words worth trying, in libFuzzer's format."""
    signs = ("A) ", "B) ", "1. ", "2. ", "a. ", "\n# ", "\n## ", "CAUTION! ", "NOTE! ", "[[", "]]")
    words = ["".join(f"\\x{byte:02x}" for byte in word.encode()) for word in (*HOSTILE, *signs)]
    path.write_text("".join(f'"{word}"\n' for word in words), encoding="ascii")


def main() -> None:
    """Fuzz until libFuzzer's arguments say stop, or something is found."""
    with tempfile.TemporaryDirectory() as begin:
        seeds(Path(begin))
        words = Path(begin).with_suffix(".dict")
        dictionary(words)
        corpus = ROOT / ".fuzz"
        corpus.mkdir(exist_ok=True)
        arguments = [sys.argv[0], "-timeout=20", "-max_len=4096", f"-dict={words}", *sys.argv[1:]]
        atheris.Setup([*arguments, str(corpus), begin], one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
