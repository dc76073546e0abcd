"""Topics of a chapter: the Aspects that it covers, and the colour of their Category."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from gri_builder.compose.blocks import walk
from gri_builder.compose.context import ComposeContext
from gri_builder.model.document import Block, DisclosureSpan
from gri_builder.model.framework import Aspect
from gri_builder.model.report import AssessedTopic

MIN_CATEGORY_SHARE = 0.6
"""Share of a chapter's Aspects in one Category from which the chapter gets its colour."""
MAX_TOPICS = 9
"""A chapter that covers more topics lists none."""


def list_topics(context: ComposeContext, blocks: Iterable[Block]) -> tuple[tuple[str, str | None], ...]:
    """Return the Aspects that the blocks cover, in order, each with the anchor of its first place."""
    first: dict[str, tuple[str, str | None]] = {}
    for id, aspect in _covered(context, blocks):
        first.setdefault(aspect.id, (aspect.display_name or aspect.name, id))
    return tuple(first.values()) if len(first) <= MAX_TOPICS else ()


def name_assessed(context: ComposeContext, topic: AssessedTopic) -> str:
    """Return the name of a topic that is not material, in the report's language if it is the framework's."""
    return context.framework.aspects[topic.aspect].display_name if topic.aspect else topic.name


def choose_color(context: ComposeContext, blocks: Iterable[Block]) -> str:
    """Return the id of the Category that most covered Aspects belong to, else 'primary'."""
    categories = Counter({aspect.id: aspect.category for _, aspect in _covered(context, blocks)}.values())
    if not categories:
        return "primary"
    category, count = categories.most_common(1)[0]
    return category if count >= MIN_CATEGORY_SHARE * sum(categories.values()) else "primary"


def _covered(context: ComposeContext, blocks: Iterable[Block]) -> Iterable[tuple[str, Aspect]]:
    """Yield the covered disclosures that belong to an Aspect, with that Aspect."""
    for block in walk(blocks):
        for id in block.disclosure_ids if isinstance(block, DisclosureSpan) else ():
            if "/" not in id and (aspect := context.aspect(id)):
                yield id, aspect
