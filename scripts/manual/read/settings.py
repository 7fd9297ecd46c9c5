"""manual.yml → what the manual is: title, edition, language, audience, credits, links, parts.

Only plain YAML is read: keys, lists and texts. Every scalar is text as typed, so an edition
`2026.10` stays `2026.10`; tags, anchors and aliases are refused, so a file can neither build
objects nor grow on reading.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import yaml

from manual.core.characters import character_name, unshowable
from manual.core.diagnostics import Code, Diagnostic
from manual.core.model import Link, Text
from manual.core.source import Source, Span, squeeze
from manual.read.inlines import parse_text

REQUIRED = ("title", "edition", "audience", "parts")
OPTIONAL = ("language", "description", "credits", "links")
_LINK_KEYS = ("title", "url")
_SCHEMES = ("http", "https", "mailto")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_MAX_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text in manual.yml and where it stands."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list in manual.yml."""

    items: "tuple[Node, ...]"
    span: Span


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in manual.yml, in order."""

    items: "tuple[tuple[Scalar, Node], ...]"
    span: Span


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Settings:
    """What manual.yml says; `parts` are file names without `.txt`, with their place."""

    title: str
    edition: str
    language: str
    description: str
    audience: Text
    credits: tuple[Text, ...]
    links: tuple[Link, ...]
    parts: tuple[Scalar, ...]


def read_settings(source: Source) -> tuple[Settings, list[Diagnostic]]:
    """Read manual.yml. Returns settings, whatever the text, and its problems."""
    reading = _Reading(source)
    keys = reading.keys(reading.document(), REQUIRED, OPTIONAL)
    return (
        Settings(
            title=reading.text(keys, "title"),
            edition=reading.text(keys, "edition"),
            language=reading.language(keys),
            description=reading.text(keys, "description"),
            audience=reading.prose(keys.get("audience")),
            credits=tuple(reading.prose(node) for node in reading.list(keys, "credits")),
            links=tuple(map(reading.link, reading.list(keys, "links"))),
            parts=tuple(filter(None, map(reading.scalar, reading.list(keys, "parts")))),
        ),
        reading.diagnostics,
    )


class _Reading:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.diagnostics: list[Diagnostic] = []

    def problem(self, code: Code, message: str, help: str, span: Span) -> None:
        self.diagnostics.append(Diagnostic(code, message, help, span))

    # --- YAML events → nodes

    def document(self) -> Node | None:
        """The whole file as nodes, or None with a diagnostic."""
        try:
            return self.node_of(yaml.parse(self.source.text, Loader=yaml.SafeLoader))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            at = min(mark.index, len(self.source.text)) if mark else 0
            self.problem(
                Code.BAD_YAML,
                f"this is not YAML: {error.problem or error.context or 'it cannot be read'}",
                "write `key: text`, put a text that holds `: ` or ` #` in quotes, "
                "and indent with spaces, not tabs",
                Span(self.source, at, at + 1),
            )
            return None
        except yaml.YAMLError as error:  # a character YAML does not allow
            at = getattr(error, "position", 0)
            self.problem(
                Code.BAD_YAML,
                f"this is not YAML: {getattr(error, 'reason', 'it cannot be read')}",
                "delete the character",
                Span(self.source, at, at + 1),
            )
            return None

    def node_of(self, events: Iterable[yaml.Event]) -> Node | None:
        stack: list[tuple[yaml.Event, list[Node]]] = []
        root: Node | None = None
        for event in events:
            span = self.span_of(event)
            done: Node | None = None
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                self.problem(
                    Code.BAD_YAML,
                    "YAML anchors and aliases are not read here",
                    "write the text out; a text that begins with `&` or `*` goes in quotes",
                    span,
                )
                return None
            if getattr(event, "tag", None):
                self.problem(
                    Code.BAD_YAML,
                    "YAML tags are not read here",
                    "delete the tag; a text that begins with `!` goes in quotes",
                    span,
                )
                return None
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                self.problem(
                    Code.BAD_YAML,
                    "a second document begins here",
                    "delete the line `---`",
                    span,
                )
                return root
            if isinstance(event, yaml.ScalarEvent):
                done = Scalar(event.value.strip(), span)
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                if len(stack) >= _MAX_DEPTH:
                    self.problem(
                        Code.BAD_YAML,
                        "this is nested too deep",
                        "manual.yml has keys, lists and texts only",
                        span,
                    )
                    return None
                stack.append((event, []))
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                begin, items = stack.pop()
                at = self.span_of(begin).start
                whole = Span(self.source, at, at + 1)
                if isinstance(event, yaml.SequenceEndEvent):
                    done = Sequence(tuple(items), whole)
                else:
                    done = Mapping(self.pairs(items), whole)
            if done is not None:
                if stack:
                    stack[-1][1].append(done)
                else:
                    root = done
        return root

    def span_of(self, event: yaml.Event) -> Span:
        start = event.start_mark.index if event.start_mark else 0
        end = event.end_mark.index if event.end_mark else 0
        return Span(self.source, start, max(start + 1, end))

    def pairs(self, items: list[Node]) -> tuple[tuple[Scalar, Node], ...]:
        pairs = []
        for key, value in zip(items[::2], items[1::2], strict=True):
            if isinstance(key, Scalar):
                pairs.append((key, value))
            else:
                self.problem(Code.BAD_YAML, "a key is a single word", "write `key: text`", key.span)
        return tuple(pairs)

    # --- nodes → values

    def keys(
        self, node: Node | None, required: tuple[str, ...], optional: tuple[str, ...]
    ) -> dict[str, Node]:
        """The values of a mapping by key; unknown, repeated and missing keys are problems."""
        known = (*required, *optional)
        listed = ", ".join(f"`{key}`" for key in known)
        if node is None:
            if not self.diagnostics:
                whole = Span(self.source, 0, 1)
                self.problem(
                    Code.MISSING_KEY, "the file is empty", f"write the keys {listed}", whole
                )
            return {}
        if not isinstance(node, Mapping):
            self.problem(
                Code.BAD_VALUE,
                "`key: text` pairs are expected here",
                f"the keys are {listed}",
                node.span,
            )
            return {}
        found: dict[str, Node] = {}
        for key, value in node.items:
            if key.value not in known:
                self.problem(
                    Code.UNKNOWN_KEY,
                    f"there is no key `{key.value}`",
                    f"the keys are {listed}",
                    key.span,
                )
            elif key.value in found:
                self.problem(
                    Code.REPEATED_KEY,
                    f"the key `{key.value}` stands here a second time",
                    "delete one of the two",
                    key.span,
                )
            else:
                found[key.value] = value
        for name in required:
            if name not in found:
                self.problem(
                    Code.MISSING_KEY,
                    f"the key `{name}` is missing",
                    f"add a line `{name}: …`",
                    node.span,
                )
        return found

    def scalar(self, node: Node) -> Scalar | None:
        """The node as a text with something in it, or None with a diagnostic."""
        if isinstance(node, Scalar) and node.value:
            if bad := unshowable(node.value):
                self.problem(
                    Code.CONTROL_CHARACTER,
                    f"this text has a control character in it ({character_name(bad[0])})",
                    "delete it: no page and no printer can show it",
                    node.span,
                )
                return None
            return node
        self.problem(
            Code.BAD_VALUE,
            "a text is expected here",
            "write the text behind the colon or the hyphen, on the same line; "
            "a text with `: ` in it goes in quotes",
            node.span,
        )
        return None

    def text(self, keys: dict[str, Node], key: str) -> str:
        scalar = self.scalar(keys[key]) if key in keys else None
        return squeeze(scalar.value) if scalar else ""

    def language(self, keys: dict[str, Node]) -> str:
        code = self.text(keys, "language")
        if code and not _LANGUAGE.fullmatch(code):
            self.problem(
                Code.BAD_VALUE,
                f"`{code}` is not a language code",
                "write a code such as `en`, `de` or `pt-BR`",
                keys["language"].span,
            )
        return code or "en"

    def list(self, keys: dict[str, Node], key: str) -> tuple[Node, ...]:
        node = keys.get(key)
        if node is None:
            return ()
        if isinstance(node, Sequence):
            return node.items
        self.problem(
            Code.BAD_VALUE,
            f"`{key}` is a list",
            "write each entry on a line of its own, with a hyphen: `- …`",
            node.span,
        )
        return ()

    def prose(self, node: Node | None) -> Text:
        scalar = self.scalar(node) if node is not None else None
        if scalar is None:
            return ()
        # The value as YAML gives it can differ from the characters in the file (quotes, folding),
        # so its inlines all carry the span of the whole value.
        value = squeeze(scalar.value)
        inlines = parse_text(Source(self.source.name, value), [(value, 0)], stars=False)
        return tuple(replace(inline, span=scalar.span) for inline in inlines)

    def link(self, node: Node) -> Link:
        keys = self.keys(node, _LINK_KEYS, ())
        url = self.text(keys, "url")
        if url and not _is_web_address(url):
            self.problem(
                Code.BAD_VALUE,
                f"`{url}` is not an address of the web",
                "write it whole, beginning with `https://` (or `mailto:`)",
                keys["url"].span,
            )
        return Link(
            self.text(keys, "title"), url, keys["title"].span if "title" in keys else node.span
        )


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.scheme not in _SCHEMES or re.search(r"[\s<>\"\\^`{|}\x00-\x1f\x7f]", url):
        return False
    return bool(parts.path) if parts.scheme == "mailto" else bool(parts.hostname)
