"""manual.yml → what the manual is: title, edition, language, audience, credits, links, parts."""

import re
from dataclasses import dataclass, replace

import yaml
from ada_url import URL

from manual.core.characters import character_name, unshowable
from manual.core.diagnostics import Code, Diagnostic
from manual.core.model import Link, Text
from manual.core.source import Source, Span, squeeze
from manual.core.wording import direction
from manual.read.inlines import parse_text
from manual.read.plain_yaml import compose_plain, inside, span_of

REQUIRED = ("title", "edition", "audience", "parts")
OPTIONAL = ("language", "description", "credits", "links")
_LINK_KEYS = ("title", "url")
# Pages keep an address as it is typed, so it holds nothing that browsers would drop or replace.
_ADDRESS = re.compile(r"(?i:https?://|mailto:)(?![/?#])[^\s<>\"\\^`{|}\x00-\x1f\x7f]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text in manual.yml and where it stands."""

    value: str
    span: Span


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
    root, diagnostics = compose_plain(source)
    reading = _Reading(source, diagnostics)
    keys = reading.keys(root, REQUIRED, OPTIONAL)
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
    """Reads nodes as values. A node of the wrong kind is a diagnostic, and an empty value."""

    def __init__(self, source: Source, diagnostics: list[Diagnostic]) -> None:
        self.source = source
        self.diagnostics = diagnostics

    def problem(self, code: Code, message: str, help: str, node: yaml.Node | None) -> None:
        span = span_of(self.source, node) if node else inside(self.source, 0, 1)
        self.diagnostics.append(Diagnostic(code, message, help, span))

    def keys(
        self, node: yaml.Node | None, required: tuple[str, ...], optional: tuple[str, ...] = ()
    ) -> dict[str, yaml.Node]:
        """The values of a mapping by key; unknown, repeated and missing keys are problems."""
        listed = ", ".join(f"`{key}`" for key in (*required, *optional))
        if node is None:
            if not self.diagnostics:
                message = "the file is empty"
                self.problem(Code.MISSING_KEY, message, f"write the keys {listed}", None)
            return {}
        if not isinstance(node, yaml.MappingNode):
            message = "`key: text` pairs are expected here"
            self.problem(Code.BAD_VALUE, message, f"the keys are {listed}", node)
            return {}
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.problem(Code.BAD_YAML, "a key is a single word", "write `key: text`", key)
                continue
            name = key.value.strip()
            if name in found:
                message = f"the key `{name}` stands here a second time"
                self.problem(Code.REPEATED_KEY, message, "delete one of the two", key)
            elif name in required or name in optional:
                found[name] = value
            else:
                message = f"there is no key `{name}`"
                self.problem(Code.UNKNOWN_KEY, message, f"the keys are {listed}", key)
        for name in required:
            if name not in found:
                message = f"the key `{name}` is missing"
                self.problem(Code.MISSING_KEY, message, f"add a line `{name}: …`", node)
        return found

    def scalar(self, node: yaml.Node) -> Scalar | None:
        """The node as a text that is not empty, or None with a diagnostic."""
        value = node.value.strip() if isinstance(node, yaml.ScalarNode) else ""
        if not value:
            self.problem(
                Code.BAD_VALUE,
                "a text is expected here",
                "write the text behind the colon or the hyphen, on the same line; "
                "a text with `: ` in it goes in quotes",
                node,
            )
        elif bad := unshowable(value):
            self.problem(
                Code.CONTROL_CHARACTER,
                f"this text has a control character in it ({character_name(bad[0])})",
                "delete it: no page and no printer can show it",
                node,
            )
        else:
            return Scalar(value, span_of(self.source, node))
        return None

    def text(self, keys: dict[str, yaml.Node], key: str) -> str:
        scalar = self.scalar(keys[key]) if key in keys else None
        return squeeze(scalar.value) if scalar else ""

    def language(self, keys: dict[str, yaml.Node]) -> str:
        code = self.text(keys, "language")
        if code and not _LANGUAGE.fullmatch(code):
            self.problem(
                Code.BAD_VALUE,
                f"`{code}` is not a language code",
                "write a code such as `en`, `de` or `pt-BR`",
                keys["language"],
            )
        elif direction(code) == "rtl":
            self.problem(
                Code.BAD_VALUE,
                f"`{code}` is written from right to left, and handouts cannot be set that way yet",
                "write the code of a language that is written from left to right",
                keys["language"],
            )
        return code or "en"

    def list(self, keys: dict[str, yaml.Node], key: str) -> list[yaml.Node]:
        node = keys.get(key)
        if isinstance(node, yaml.SequenceNode):
            entries: list[yaml.Node] = node.value
            return entries
        if node is not None:
            entry = "write each entry on a line of its own, with a hyphen: `- …`"
            self.problem(Code.BAD_VALUE, f"`{key}` is a list", entry, node)
        return []

    def prose(self, node: yaml.Node | None) -> Text:
        scalar = self.scalar(node) if node else None
        if scalar is None:
            return ()
        # The value as YAML gives it can differ from the characters in the file (quotes, folding),
        # so its inlines all carry the span of the whole value.
        value = squeeze(scalar.value)
        inlines = parse_text(Source(self.source.name, value), [(value, 0)], stars=False)
        return tuple(replace(inline, span=scalar.span) for inline in inlines)

    def link(self, node: yaml.Node) -> Link:
        keys = self.keys(node, _LINK_KEYS)
        url = self.text(keys, "url")
        if url and not _is_web_address(url):
            self.problem(
                Code.BAD_VALUE,
                f"`{url}` is not an address of the web",
                "write it whole, beginning with `https://` (or `mailto:`)",
                keys["url"],
            )
        return Link(self.text(keys, "title"), url, span_of(self.source, keys.get("title", node)))


def _is_web_address(url: str) -> bool:
    return bool(_ADDRESS.fullmatch(url)) and URL.can_parse(url)
