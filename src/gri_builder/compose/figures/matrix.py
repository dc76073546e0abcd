"""The materiality matrix: topics by their scores, material ones by Category, the others in a separate group."""

from __future__ import annotations

from decimal import Decimal

from gri_builder.compose.blocks import plain
from gri_builder.compose.boundaries import material_aspects
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.text.numbers import format_number
from gri_builder.compose.topics import name_assessed
from gri_builder.model.document import Block, Matrix, MatrixTopic, TopicGroup
from gri_builder.model.finding import Location
from gri_builder.model.report import Score
from gri_builder.resources.sentences import end_sentence, join_sentences


def compose_matrix(
    context: ComposeContext, where: Location | None = None, title: str | None = None
) -> tuple[Block, ...]:
    """Return the matrix of all topics with a score; nothing if none has one."""
    scored = [(material, material.score) for material in material_aspects(context) if material.score]
    assessed = [(name_assessed(context, topic), topic.score) for topic in context.report.assessed if topic.score]
    scores = [score for _, score in (*scored, *assessed)]
    if not scores:
        return ()
    place = _Scale(scores)
    groups = []
    for category in context.framework.categories:
        members = [
            MatrixTopic(aspect.display_name or aspect.name, *place(score), True, category.id)
            for material, score in scored
            if (aspect := context.framework.aspects[material.aspect]).category == category.id
        ]
        groups.append(TopicGroup(category.name, tuple(members)))
    others = [MatrixTopic(name, *place(score), False, "primary") for name, score in assessed]
    groups.append(TopicGroup(context.translate("matrix-other"), tuple(others)))
    caption = title or context.translate("matrix-title")
    descriptions = [
        _describe_score(context, context.framework.aspects[material.aspect].name, score) for material, score in scored
    ]
    descriptions += [_describe_score(context, name, score) for name, score in assessed]
    return (
        Matrix(
            tuple(group for group in groups if group.topics),
            context.translate("matrix-across"),
            context.translate("matrix-up"),
            join_sentences(end_sentence(text, context.words) for text in (caption, context.clauses(descriptions))),
            plain(caption),
            where,
        ),
    )


class _Scale:
    """Maps scores to positions from 0 (lowest score) to 1 (highest score)."""

    def __init__(self, scores: list[Score]) -> None:
        self.x = _bounds([score.impact for score in scores])
        self.y = _bounds([score.influence for score in scores])

    def __call__(self, score: Score) -> tuple[float, float]:
        """Return the position as x and y."""
        (low, wide), (floor, high) = self.x, self.y
        return float((score.impact - low) / wide), float((score.influence - floor) / high)


def _bounds(values: list[Decimal]) -> tuple[Decimal, Decimal]:
    """Return the lowest value and its distance to the highest."""
    return min(values), (max(values) - min(values)) or Decimal(1)


def _describe_score(context: ComposeContext, name: str, score: Score) -> str:
    up, across = (format_number(value, _digits(value), context.locale) for value in (score.influence, score.impact))
    return context.translate("matrix-topic", name=name, up=up, across=across)


def _digits(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))
