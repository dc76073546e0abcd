"""Columns of the content index: those that the claimed option asks for (G4 Part 1, 3.4), and cross-references."""

from __future__ import annotations

from gri_builder.compose.blocks import plain
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.index.structure import ContentIndex
from gri_builder.model.rich_text import Cell, Runs

CODE, TITLE = "code", "title"
"""The two columns that a disclosure is printed in, below one head."""


def choose_columns(index: ContentIndex) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the columns for general and for specific disclosures, by id."""
    context = index.context
    further = index.further
    option = context.framework.options[context.report.option] if context.report.option else None
    if option:
        general = _with_omissions(index, option.general_columns)
        return _split_disclosure(general, further), _split_disclosure(option.specific_columns, further)
    answers = context.report.answers.values()
    omissions = ("omissions",) if any(answer.omissions for answer in answers) else ()
    assurance = ("assurance",) if any(answer.assured for answer in answers) else ()
    columns = _split_disclosure(("disclosure", "page", *omissions, *assurance), further)
    return columns, columns


def _split_disclosure(columns: tuple[str, ...], further: tuple[str, ...]) -> tuple[str, ...]:
    """Return columns with code and title apart, and those of cross-references behind them."""
    both = (CODE, TITLE)
    return (*(name for each in columns for name in (both if each == "disclosure" else (each,))), *further)


def _with_omissions(index: ContentIndex, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns for general disclosures, with omissions if any are stated beyond what the option requires."""
    answers = index.context.report.answers
    omitted = any(answers[id].omissions for topic in index.topics for id in topic.ids if id in answers)
    if {"omissions", "omission-explanation"}.intersection(columns) or not omitted:
        return columns
    return tuple(name for column in columns for name in ([column, "omissions"] if column == "page" else [column]))


def make_heads(context: ComposeContext, columns: tuple[str, ...], first: str) -> tuple[Cell, ...]:
    """Return the heads of the columns; `first` is the key of the one above code and title."""
    heads = [Cell((_head(context, first),), columns=2)]
    return (*heads, *(Cell((_head(context, column),)) for column in columns if column not in (CODE, TITLE)))


def _head(context: ComposeContext, column: str) -> Runs:
    if column in context.framework.linkages:
        return plain(context.framework.linkages[column].column)
    return plain(context.translate(f"index-{column}"))
