"""Two lists of facts → what was lost, added, changed or moved."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from manual.core.diagnostics import Code, Diagnostic
from manual.core.source import Source, Span
from manual.verify.expected.facts import CHROME, CHROME_LINK, Fact

_HELP = (
    "do not hand this output out. Your text is right, and what was made of it is not: if you have "
    "changed templates, styles or the theme, look there; else the mistake is the program's, and "
    "until it is mended, write this place in other words"
)
_HELP_WITH_PDF = f"{_HELP}, or build with `--without-handouts`"


def compare(expected: list[Fact], found: list[Fact], where: str) -> Iterator[Diagnostic]:
    """What differs between the model's facts and those of the output `where`."""
    if expected == found:
        return
    missing = Counter(expected)
    missing.subtract(found)
    surplus = Counter({fact: -count for fact, count in missing.items() if count < 0})
    lost = [fact for fact in expected if missing[fact] > 0]
    added = [fact for fact in found if surplus[fact] > 0]
    yield from _differences(lost, added, where)
    if not lost and not added:
        pairs = zip(expected, found, strict=True)
        first, other = next(pair for pair in pairs if pair[0] != pair[1])
        message = f"{where} shows {_named(other)} before {_named(first)}"
        yield finding(Code.MOVED, message, first)


def compare_files(
    expected: Mapping[str, object], found: Mapping[str, object], where: str
) -> Iterator[Diagnostic]:
    """What differs between files, by their names, and those in the output `where`."""
    for name in sorted(expected.keys() | found.keys()):
        if name not in found:
            yield finding(Code.LOST, f"{where} lacks the file {name}", None, where)
        elif name not in expected:
            yield finding(Code.ADDED, f"{where} adds the file {name}", None, where)
        elif expected[name] != found[name]:
            message = f"{where}: {name} is another file than the one in the site"
            yield finding(Code.CHANGED, message, None, where)


def _differences(lost: list[Fact], added: list[Fact], where: str) -> Iterator[Diagnostic]:
    """Pair what is lost with what is added where one stands for the other."""
    waiting: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in reversed(added):
        for key in _keys(fact):
            waiting[key].append(fact)
    paired: set[int] = set()
    for fact in lost:
        candidates = (waiting[key] for key in _keys(fact))
        other = next(filter(None, (_take(found, paired) for found in candidates)), None)
        if other is None:
            yield finding(Code.LOST, f"{where} lacks {_named(fact)}", fact)
            continue
        paired.add(id(other))
        same = (fact.kind, fact.name, fact.text) == (other.kind, other.name, other.text)
        if same and fact.owner != other.owner:
            message = f"{where} shows {_named(fact)} at `{other.owner}`, not at `{fact.owner}`"
            yield finding(Code.MOVED, message, fact)
        else:
            message = f"{where} shows {_named(fact)} as {_named(other, fact)}"
            yield finding(Code.CHANGED, message, fact)
    for fact in added:
        if id(fact) not in paired:
            yield finding(Code.ADDED, f"{where} adds {_named(fact)}", None, where)


def _keys(fact: Fact) -> list[tuple[str, str]]:
    """What makes two facts the same thing: the id, or else the kind and the text."""
    return [("#", fact.id)] * bool(fact.id) + [(fact.kind, fact.text)]


def _take(facts: list[Fact], paired: set[int]) -> Fact | None:
    """The next fact that is not paired yet."""
    while facts and id(facts[-1]) in paired:
        facts.pop()
    return facts[-1] if facts else None


def finding(code: Code, message: str, fact: Fact | None, where: str = "") -> Diagnostic:
    """A diagnostic at the source of a fact; without such a place, at the output."""
    span = fact.span if fact and fact.span else Span(Source(where or "source_manual", ""), 0, 0)
    return Diagnostic(code, message, _HELP_WITH_PDF if ".pdf" in message else _HELP, span)


def _named(fact: Fact, beside: Fact | None = None) -> str:
    """A fact in a few words; beside another, with what tells the two apart."""
    kinds = {
        "note": f"the {fact.name}",
        "step": f"the step `{fact.name}`",
        CHROME: "the words",
        CHROME_LINK: "the link",
    }
    text = f"{kinds.get(fact.kind, f'the {fact.kind}')} “{_short(fact.text)}”"
    if beside and (fact.text, fact.name) == (beside.text, beside.name):
        for field in ("id", "label", "links", "level"):
            if getattr(fact, field) != getattr(beside, field):
                text += f" with {field} `{getattr(fact, field)}`"
    return text


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:40]} … {text[-15:]}"
