"""YAML text → its nodes, as PyYAML composes them. Only plain YAML is read: keys, lists and texts.

Every scalar is text as typed, so an edition `2026.10` stays `2026.10`. Tags, anchors, aliases and
deep nesting are refused, so a file can neither build objects nor grow on reading.
"""

import yaml
from yaml.reader import ReaderError

from manual.core.diagnostics import Code, Diagnostic
from manual.core.source import Source, Span

_MAX_DEPTH = 8
_PLAIN = (
    "write `key: text`, put a text that holds `: ` or ` #` in quotes, "
    "and indent with spaces, not tabs"
)


class _NotPlainError(Exception):
    """Its arguments are the message, help and span of a diagnostic."""


class _PlainLoader(yaml.BaseLoader):
    """Composes plain YAML. Raises _NotPlainError at the first event that is something else."""

    def __init__(self, source: Source) -> None:
        super().__init__(source.text)
        self.source = source
        self.depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise _NotPlainError(
                "YAML anchors and aliases are not read here",
                "write the text out; a text that begins with `&` or `*` goes in quotes",
                span_of(self.source, event),
            )
        if event.tag:
            raise _NotPlainError(
                "YAML tags are not read here",
                "delete the tag; a text that begins with `!` goes in quotes",
                span_of(self.source, event),
            )
        if self.depth >= _MAX_DEPTH:
            raise _NotPlainError(
                "this is nested too deep",
                "manual.yml has keys, lists and texts only",
                span_of(self.source, event),
            )
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def compose_plain(source: Source) -> tuple[yaml.Node | None, list[Diagnostic]]:
    """The root node of a file, None where it is empty or cannot be read; and what is wrong."""
    try:
        loader = _PlainLoader(source)
        root = loader.get_node() if loader.check_node() else None
        if not loader.check_node():
            return root, []
        span = span_of(source, loader.peek_event())  # type: ignore[no-untyped-call]
        message = "a second document begins here"
        return root, [Diagnostic(Code.BAD_YAML, message, "delete the line `---`", span)]
    except _NotPlainError as error:
        return None, [Diagnostic(Code.BAD_YAML, *error.args)]
    except yaml.MarkedYAMLError as error:
        fault, remedy = error.problem, _PLAIN
        at = error.problem_mark.index if error.problem_mark else 0
    except ReaderError as error:
        fault, remedy, at = error.reason, "delete the character", error.position
    except (ValueError, OverflowError):  # what PyYAML makes of "\UFFFFFFFF"
        fault, remedy, at = (
            "the number here is too large",
            "write the character itself",
            loader.index,
        )
    span = inside(source, at, at + 1)
    return None, [Diagnostic(Code.BAD_YAML, f"this is not YAML: {fault}", remedy, span)]


def span_of(source: Source, node: yaml.Node) -> Span:
    """Where a text stands; of a mapping or a list, the first character."""
    start = node.start_mark.index
    end = start if isinstance(node, yaml.CollectionNode) else node.end_mark.index
    return inside(source, start, max(start + 1, end))


def inside(source: Source, start: int, end: int) -> Span:
    """A span in a file. What PyYAML marks behind all text is put at the end of the text."""
    start = min(start, len(source.text.rstrip()))
    return Span(source, start, max(start, min(end, len(source.text))))
