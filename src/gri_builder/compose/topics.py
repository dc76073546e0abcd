"""Topics of a chapter: the Aspects that it covers, and the colour of their Category."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from gri_builder.compose.blocks import walk
from gri_builder.compose.context import ComposeContext
from gri_builder.model.document import Block, DisclosureSpan
from gri_builder.model.framework import Aspect

PREVAILS = 0.6
"""Part of a chapter's Aspects that belong to one Category where the chapter has its colour."""
MOST = 9
"""Topics that are named at most."""


def list_topics(setting: ComposeContext, blocks: Iterable[Block]) -> tuple[tuple[str, str | None], ...]:
    """Return the Aspects that the blocks cover, in their order, each with the anchor of its first place."""
    first: dict[str, tuple[str, str | None]] = {}
    for id, aspect in _covered(setting, blocks):
        first.setdefault(aspect.id, (aspect.display_name or aspect.name, id))
    return tuple(first.values()) if len(first) <= MOST else ()


def choose_color(setting: ComposeContext, blocks: Iterable[Block]) -> str:
    """Return the id of the Category that prevails among the covered Aspects, else 'primary'."""
    categories = Counter({aspect.id: aspect.category for _, aspect in _covered(setting, blocks)}.values())
    if not categories:
        return "primary"
    category, count = categories.most_common(1)[0]
    return category if count >= PREVAILS * sum(categories.values()) else "primary"


def _covered(setting: ComposeContext, blocks: Iterable[Block]) -> Iterable[tuple[str, Aspect]]:
    """Yield the covered disclosures that belong to an Aspect, with it."""
    for block in walk(blocks):
        for id in block.ids if isinstance(block, DisclosureSpan) else ():
            if "/" not in id and (aspect := setting.aspect(id)):
                yield id, aspect
