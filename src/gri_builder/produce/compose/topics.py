"""Topics of a chapter: the Aspects that it covers, and the colour of their Category."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from gri_builder.document import Block, Covering
from gri_builder.framework import Aspect
from gri_builder.produce.compose.blocks import walk
from gri_builder.produce.compose.setting import Setting

PREVAILS = 0.6
"""Part of a chapter's Aspects that belong to one Category where the chapter has its colour."""
MOST = 9
"""Topics that are named at most."""


def list_topics(setting: Setting, blocks: Iterable[Block]) -> tuple[tuple[str, str | None], ...]:
    """Return the Aspects that the blocks cover, in their order, each with the anchor of its first place."""
    first: dict[str, tuple[str, str | None]] = {}
    for id, aspect in _covered(setting, blocks):
        first.setdefault(aspect.id, (aspect.display_name or aspect.name, id))
    return tuple(first.values()) if len(first) <= MOST else ()


def choose_colour(setting: Setting, blocks: Iterable[Block]) -> str:
    """Return the id of the Category that prevails among the covered Aspects, else 'primary'."""
    categories = Counter({aspect.id: aspect.category for _, aspect in _covered(setting, blocks)}.values())
    if not categories:
        return "primary"
    category, count = categories.most_common(1)[0]
    return category if count >= PREVAILS * sum(categories.values()) else "primary"


def _covered(setting: Setting, blocks: Iterable[Block]) -> Iterable[tuple[str, Aspect]]:
    """Yield the covered disclosures that belong to an Aspect, with it."""
    for block in walk(blocks):
        for id in block.ids if isinstance(block, Covering) else ():
            if "/" not in id and (aspect := setting.aspect(id)):
                yield id, aspect
