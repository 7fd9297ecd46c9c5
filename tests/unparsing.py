"""A part as source text again, to see that reading lost nothing."""

from dataclasses import replace

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
