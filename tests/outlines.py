"""Random manuals, texts that try to be something else than text, and a part as text again."""

from dataclasses import replace

from hypothesis import strategies as st

from manual.core.model import (
    CrossReference,
    Footnote,
    Note,
    Paragraph,
    Part,
    Step,
    Text,
    blocks_of,
    plain,
)
from manual.core.source import Source
from manual.read.reader import read_part

# Everything that means something to Markdown, to its extensions, to HTML, YAML or Jinja.
HOSTILE = (
    *("*", "**", "_", "__", "`", "``", "~~", "==", "^^", "^", "~", "|", "\\", "\\*", "\\\\", "&"),
    *("&amp;", "&lt", "&#60;", "<", ">", "<b>", "</b>", "<script>alert(1)</script>", "<!-- x"),
    *("<?php", "<![CDATA[", "<a@b.c>", "<http://x.y>", "http://x.y", "[x](y)", "[x]", "[x]: y"),
    *("![x](y)", "[x][y]", "](", "][", "[^1]", "[TOC]", "[ ]", "{", "}", "{#id}", "{: .a}", "-->"),
    *("{{ x }}", "{% x %}", "!!! note", "???+ note", '=== "tab"', "///", "```", "~~~", "---"),
    *("***", "___", "- x", "+ x", "> x", "#", "##", "#1", "1986.", "12. x", "a.", "A.", "i."),
    *("(a)", "1)", ":smile:", ":", ": x", '"', "'", "%", "$x$", "@x", "--8<-- 'x'", "\u00a0"),
    *("\u200d", "é", "漢字", "א", "🙂", "Law*", "*so*", "key: value", "wzxhzdk:0", "klzzwxh:0000"),
    *("!", "!!!", "???", "x_y_z", "2 < 3"),
)

_WORDS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=8
).filter(lambda word: word.strip() != "")


def _is_plain(text: str) -> bool:
    """Whether the text, alone on a line, is one paragraph of plain words."""
    part, problems = read_part(Source("x", f"# P\n{text}\n"), "P", "p")
    return not problems and len(part.blocks) == 1 and isinstance(part.blocks[0], Paragraph)


def texts(starts_line: bool) -> st.SearchStrategy[str]:
    """One line of text; `starts_line` when it stands at the start of a source line."""
    pieces = st.lists(st.sampled_from(HOSTILE) | _WORDS, min_size=1, max_size=6)
    lines = st.tuples(pieces, st.sampled_from(["", " "])).map(lambda drawn: drawn[1].join(drawn[0]))
    lines = lines.map(str.strip).filter(bool)
    return lines.filter(_is_plain) if starts_line else lines


NOTE_WORDS = st.sampled_from(["CAUTION", "IMPORTANT", "WARNING", "NOTE"])


@st.composite
def _blocks(draw: st.DrawFn, level: int, indent: str) -> str:
    """Blocks of a section (level 0) or of a step, as source text."""
    out: list[str] = []
    number = 0
    for _ in range(draw(st.integers(1, 3))):
        kinds = ["paragraph"] + (["note"] if level or out else []) + (["step"] if level < 3 else [])
        match draw(st.sampled_from(kinds)):
            case "paragraph":
                out.append(f"\n{indent}{draw(texts(starts_line=True))}\n\n")
            case "note":
                out.append(f"{indent}{draw(NOTE_WORDS)}! {draw(texts(starts_line=False))}\n\n")
            case _:
                number += 1
                sign = (f"{chr(64 + number)})", f"{number}.", f"{chr(96 + number)}.")[level]
                text = draw(texts(starts_line=False))
                below = draw(st.just("") | _blocks(level + 1, indent + "    "))
                out.append(f"{indent}{sign} {text}\n{below}")
    return "".join(out)


@st.composite
def manuals(draw: st.DrawFn) -> dict[str, str | bytes]:
    """The files of a manual with one or two parts."""
    files: dict[str, str | bytes] = {}
    for part in range(1, draw(st.integers(1, 2)) + 1):
        source = f"# Part {part} {draw(texts(starts_line=False))}\n\n"
        for section in range(1, draw(st.integers(1, 2)) + 1):
            title = draw(texts(starts_line=False)).replace(":", "")
            source += f"## S{part}{section} {title}\n\n{draw(_blocks(0, ''))}\n"
        files[f"part{part}.txt"] = source
    return files


def squash(text: str) -> str:
    """All characters but white space (and the byte order mark, which is none of the text)."""
    return "".join(text.split())


def unparsed(part: Part) -> str:
    """The part as source text again, apart from white space."""
    spans = [part.span, *(section.span for section in part.sections)]
    pieces = [(span, span.text) for span in spans]
    for block in blocks_of(part):
        match block:
            case Step():
                pieces.append((block.span, block.marker + source_of(block.text)))
            case Note():
                pieces.append((block.span, f"{block.word}!{source_of(block.text)}"))
            case Footnote():
                term = block.span.text if block.span.text.endswith(":") else ""
                pieces.append((block.span, term + source_of(block.text)))
            case Paragraph():
                pieces.append((block.span, source_of(block.text)))
    return "".join(text for _, text in sorted(pieces, key=lambda pair: pair[0].start))


def source_of(text: Text) -> str:
    """A text as it is typed."""
    return plain(
        tuple(
            replace(inline, label=f"[[{inline.label}]]")
            if isinstance(inline, CrossReference)
            else inline
            for inline in text
        )
    )
