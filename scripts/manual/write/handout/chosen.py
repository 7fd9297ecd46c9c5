"""Which parts and sections a handout is asked for."""

from collections.abc import Iterable
from difflib import get_close_matches

from manual.core.model import CrossReference, Manual, Part, Section, nodes_of
from manual.core.references import References
from manual.core.source import Source, Span

_TYPED = Span(Source("the command line", ""), 0, 0)


def choose(
    manual: Manual, references: References, names: Iterable[str]
) -> tuple[list[Part | Section], list[str]]:
    """The parts and sections of these names, in the manual's order, and what is wrong with them."""
    nodes: dict[str, Part | Section] = {
        node.id: node for part in manual.all_parts for node in nodes_of(part)
    }
    wanted: set[str] = set()
    problems = []
    for name in names:
        target = references.target(CrossReference(name, _TYPED))
        if target is not None and target.id in nodes:
            wanted.add(target.id)
        elif target is not None and target.part is not None:
            owner = next(
                node for node in nodes.values() if target.label.startswith(f"{node.name} ")
            )
            problems.append(
                f"`{target.label}` is a step\n    help: name its section, `{owner.name}`"
            )
        else:
            problems.append(
                f"no part or section is called `{name}`\n    help: {_way_out(nodes, name)}"
            )
    return [node for key, node in nodes.items() if key in wanted], problems


def _way_out(nodes: dict[str, Part | Section], name: str) -> str:
    names = [node.name for node in nodes.values()]
    near = get_close_matches(name.casefold(), [one.casefold() for one in names], n=1, cutoff=0.5)
    if near:
        return f"did you mean `{next(one for one in names if one.casefold() == near[0])}`?"
    return f"there are {', '.join(f'`{one}`' for one in names)}"
