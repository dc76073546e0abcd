"""Lists inside directives that draw them: whether each item is a step of a process, or a unit of an organization."""

from __future__ import annotations

from collections.abc import Iterator

from gri_builder.model.finding import Location
from gri_builder.model.rich_text import Block, DirectiveName, ListBlock, Paragraph

Flaw = tuple[str, Location, str]
"""What is wrong, where, and what to do about it."""
PARTS = {"process": "step", "organization": "unit"}
"""What an item is, by the name of the directive."""


def check_list(name: DirectiveName, blocks: tuple[Block, ...], where: Location) -> Iterator[Flaw]:
    """Yield what a directive contains beside its list, and what its items can't hold."""
    part = PARTS[name]
    hint = f"write each {part} on a line that starts with '- '; and nothing else before the closing fence"
    others: list[Block] = [block for block in blocks if not isinstance(block, ListBlock)]
    others += blocks[1:] if not others else ()
    if others or not blocks:
        yield f"'{name}' takes one list", (others[0].where if others else None) or where, hint
        return
    for block in blocks:
        if isinstance(block, ListBlock):
            yield from _check_items(name, block, where)


def _check_items(name: DirectiveName, block: ListBlock, where: Location) -> Iterator[Flaw]:
    part, place = PARTS[name], block.where or where
    for number, item in enumerate(block.items, 1):
        if not item or not isinstance(item[0], Paragraph):
            at = (item[0].where if item else None) or place
            hint = f"write its name behind '- ', as in '- {_EXAMPLES[name]}'"
            yield f"{part} {number} of '{name}' has no name", at, hint
            continue
        if other := next((inner for inner in item if not isinstance(inner, Paragraph | ListBlock)), None):
            message = f"a {part} of '{name}' holds only text and a list"
            yield message, other.where or place, "move it behind the closing fence"
        inner = [each for each in item if isinstance(each, ListBlock)]
        if name == "organization":
            if inner and (len(inner) > 1 or item[-1] is not inner[0]):
                message = f"text follows the units below unit {number} of '{name}'"
                hint = "write all text of a unit before the list of the units below it"
                yield message, item[-1].where or place, hint
            for each in inner:
                yield from _check_items(name, each, place)


_EXAMPLES = {"process": "Milling: four mills in two countries", "organization": "Head of Safety: Ana Silva"}
