"""The materiality matrix: topics by their scores, the material ones by Category, the others in a group of their own."""

from __future__ import annotations

from decimal import Decimal

from gri_builder.compose.blocks import plain
from gri_builder.compose.boundaries import material_aspects
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.text.numbers import format_number
from gri_builder.model.document import Block, Matrix, Topic, TopicGroup
from gri_builder.model.finding import Location
from gri_builder.model.report import Score


def compose_matrix(
    setting: ComposeContext, where: Location | None = None, title: str | None = None
) -> tuple[Block, ...]:
    """Return the matrix of all topics that have a score; nothing where none has."""
    scored = [(material, material.score) for material in material_aspects(setting) if material.score]
    scores = [*(score for _, score in scored), *(topic.score for topic in setting.report.assessed)]
    if not scores:
        return ()
    place = _Scale(scores)
    groups = []
    for category in setting.framework.categories:
        members = [
            Topic(aspect.display_name or aspect.name, *place(score), True, category.id)
            for material, score in scored
            if (aspect := setting.framework.aspects[material.aspect]).category == category.id
        ]
        groups.append(TopicGroup(category.name, tuple(members)))
    others = [Topic(topic.name, *place(topic.score), False, "primary") for topic in setting.report.assessed]
    groups.append(TopicGroup(setting.say("matrix-other"), tuple(others)))
    caption = title or setting.say("matrix-title")
    told = [_tell(setting, setting.framework.aspects[material.aspect].name, score) for material, score in scored]
    told += [_tell(setting, topic.name, topic.score) for topic in setting.report.assessed]
    return (
        Matrix(
            tuple(group for group in groups if group.topics),
            setting.say("matrix-across"),
            setting.say("matrix-up"),
            f"{caption}. {'; '.join(told)}.",
            plain(caption),
            where,
        ),
    )


class _Scale:
    """Places scores between the least and the greatest that were given, from 0 to 1."""

    def __init__(self, scores: list[Score]) -> None:
        self.across = _bounds([score.impact for score in scores])
        self.up = _bounds([score.influence for score in scores])

    def __call__(self, score: Score) -> tuple[float, float]:
        """Return the place across and up."""
        (low, wide), (floor, high) = self.across, self.up
        return float((score.impact - low) / wide), float((score.influence - floor) / high)


def _bounds(values: list[Decimal]) -> tuple[Decimal, Decimal]:
    """Return the least value and the distance to the greatest."""
    return min(values), (max(values) - min(values)) or Decimal(1)


def _tell(setting: ComposeContext, name: str, score: Score) -> str:
    up, across = (format_number(value, _digits(value), setting.locale) for value in (score.influence, score.impact))
    return setting.say("matrix-topic", name=name, up=up, across=across)


def _digits(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))
