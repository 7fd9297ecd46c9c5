"""The parts and sections that a handout is asked for, by their names."""

from collections.abc import Iterable
from difflib import get_close_matches

from manual.core.model import CrossReference, Manual, Part, Section, nodes_of
from manual.core.references import References
from manual.core.source import Source, Span

_TYPED = Span(Source("the command line", ""), 0, 0)


def select(
    manual: Manual, references: References, names: Iterable[str]
) -> tuple[list[Part | Section], list[str]]:
    """The parts and sections with these names, in the manual's order, and an error message for
    each name that is not one of a part or section.
    """
    nodes = {node.id: node for part in manual.all_parts for node in nodes_of(part)}
    selected: set[str] = set()
    errors = []
    for name in names:
        target = references.target(CrossReference(name, _TYPED))
        if target is not None and target.id in nodes:
            selected.add(target.id)
        elif steps := [target.label] if target and target.is_step else references.with_tail(name):
            owners = " or ".join(f"`{step.rpartition(' ')[0]}`" for step in steps[:4])
            errors.append(f"`{name}` is a step\n    help: name its section, {owners}")
        else:
            hint = _hint(name, [node.name for node in nodes.values()])
            fault = (
                f"`{target.label}` is a link to another site"
                if target
                else f"no part or section is called `{name}`"
            )
            errors.append(f"{fault}\n    help: {hint}")
    return [node for node in nodes.values() if node.id in selected], errors


def _hint(name: str, known: list[str]) -> str:
    by_key = {name.casefold(): name for name in reversed(known)}
    if near := get_close_matches(name.casefold(), by_key, n=1, cutoff=0.5):
        return f"did you mean `{by_key[near[0]]}`?"
    return f"there are {', '.join(f'`{name}`' for name in known)}"
