"""Text → inlines: literal words, the star after a term, and `[[references]]`."""

import re
from bisect import bisect_right

from manual.core.model import CrossReference, FootnoteReference, Inline, Text, Words
from manual.core.source import Source, Span

# How far before a star its term can begin; the limit keeps the work on long texts linear.
PHRASE_LIMIT = 120

_MARKUP = re.compile(
    r"\[\[(?P<label>[^\[\]]+)\]\]"
    r"|(?<![\w*])(?P<opening>\*)(?=\w)"  # *so* is literal, as typed
    r"|(?<=[\w)\]”’»\"'+#%°])(?P<star>\*)(?![\w*])"
)


def parse_text(source: Source, pieces: list[tuple[str, int]], stars: bool = True) -> Text:
    """Parse lines that make one text.

    `pieces` are the stripped lines, each with its offset in the source; one space joins them.
    Without `stars`, a star is literal (manual.yml has no footnotes). Returns the inlines in order,
    which together are the whole text. Never fails.
    """
    joined = " ".join(text for text, _ in pieces)
    begins: list[int] = []
    at = 0
    for text, _ in pieces:
        begins.append(at)
        at += len(text) + 1

    def offset(index: int) -> int:
        piece = max(0, bisect_right(begins, index) - 1)
        return pieces[piece][1] + index - begins[piece]

    def span(start: int, end: int) -> Span:
        return Span(source, offset(start), offset(end - 1) + 1)

    inlines: list[Inline] = []
    done = 0
    opened = False
    for match in _MARKUP.finditer(joined):
        if match["opening"]:
            opened = True
            continue
        if match["label"] and not match["label"].strip():
            continue
        if match["star"] and (opened or not stars):
            opened = False
            continue
        if match.start() > done:
            inlines.append(Words(joined[done : match.start()], span(done, match.start())))
        where = span(match.start(), match.end())
        if match["star"]:
            phrase = joined[max(0, match.start() - PHRASE_LIMIT) : match.start()]
            inlines.append(FootnoteReference(phrase, where))
        else:
            inlines.append(CrossReference(" ".join(match["label"].split()), where))
        done = match.end()
    if done < len(joined):
        inlines.append(Words(joined[done:], span(done, len(joined))))
    return tuple(inlines)
