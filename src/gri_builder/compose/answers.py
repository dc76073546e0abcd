"""Answers: what a disclosure's answer looks like on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gri_builder.compose.blocks import cell, fill_runs, header_row, left_aligned, list_blocks, plain
from gri_builder.compose.context import ComposeContext, pages_text
from gri_builder.compose.figures.charts import make_charts
from gri_builder.compose.figures.restatements import list_open_restatements
from gri_builder.compose.figures.tables import make_tables
from gri_builder.compose.sections import shift_headings
from gri_builder.compose.text.passages import compose_rich_text
from gri_builder.model.document import Block, DisclosureSpan
from gri_builder.model.framework import split_id
from gri_builder.model.report import (
    Answer,
    AnswerPart,
    Choice,
    ExternalReference,
    Figures,
    Grid,
    Items,
    Narrative,
    Omission,
)
from gri_builder.model.rich_text import Alignment, Paragraph, RichText, Run, Runs, Table

NUMBER = re.compile(r"[+\u2212-]?\d[\d.,\u00a0\u202f\u2019' ]*\s?%?|[\u2013\u2014-]|")


def is_printed(answer: Answer) -> bool:
    """Return whether an answer has anything to print; one of omissions only stands in the content index alone."""
    return any(answer.parts.values())


def is_covered(answer: Answer) -> bool:
    """Return whether the report itself answers, and not another document only."""
    return any(_answers_here(pieces) for pieces in answer.parts.values())


def _answers_here(pieces: Iterable[AnswerPart]) -> bool:
    return any(not isinstance(piece, ExternalReference) for piece in pieces)


def list_external_references(answer: Answer) -> tuple[ExternalReference, ...]:
    """Return the other documents that an answer refers to, each once."""
    found = (piece for pieces in answer.parts.values() for piece in pieces if isinstance(piece, ExternalReference))
    return tuple({(one.document, one.pages, one.url): one for one in found}.values())


def iter_texts(answer: Answer) -> Iterator[tuple[str, RichText]]:
    """Yield the texts of an answer, each with the scope of its footnotes."""
    for part, pieces in answer.parts.items():
        for number, piece in enumerate(pieces):
            scope = _scope(answer, part, number)
            if isinstance(piece, Narrative):
                yield scope, piece.prose
            elif isinstance(piece, Items):
                yield from ((f"{scope}/{item}", text) for item, text in enumerate(piece.items))


def _scope(answer: Answer, part: str, number: int) -> str:
    return f"{answer.id}/{part}/{number}"


def compose_answer(setting: ComposeContext, answer: Answer, level: int) -> tuple[Block, ...]:
    """Return the answer for a place under a heading of that level, inside the covering that says what it answers."""
    blocks = [block for part in _order_parts(setting, answer) for block in _compose_part(setting, answer, part)]
    if answer.id == setting.framework.restatements and is_covered(answer):
        blocks.extend(list_open_restatements(setting))
    blocks.extend(_explain_omission(setting, omission) for omission in answer.omissions)
    ready = shift_headings(tuple(blocks), level)
    return (DisclosureSpan((answer.id,), (split_id(answer.id)[0],), ready),) if is_covered(answer) else ready


def _order_parts(setting: ComposeContext, answer: Answer) -> list[str]:
    """Return the letters that are answered, in the framework's order; what answers the whole comes first."""
    letters = ["", *(letter for letter in setting.disclosure(answer.id).parts if letter)]
    return [letter for letter in dict.fromkeys([*letters, *answer.parts]) if answer.parts.get(letter)]


def _compose_part(setting: ComposeContext, answer: Answer, part: str) -> tuple[Block, ...]:
    pieces = answer.parts[part]
    composed = (_compose_piece(setting, piece, _scope(answer, part, number)) for number, piece in enumerate(pieces))
    blocks = tuple(block for piece in composed for block in piece)
    if not part:
        return blocks
    # A letter that another document answers has its mark, but is covered by no page of this one.
    ids = (f"{answer.id}/{part}",) if _answers_here(pieces) else ()
    return (DisclosureSpan(ids, (part,), blocks),)


def _compose_piece(setting: ComposeContext, piece: AnswerPart, scope: str) -> tuple[Block, ...]:
    match piece:
        case Narrative():
            return compose_rich_text(setting, piece.prose, scope)
        case Figures():
            return _compose_figures(setting, piece)
        case Items():
            items = [compose_rich_text(setting, text, f"{scope}/{item}") for item, text in enumerate(piece.items)]
            return (list_blocks(items),)
        case Grid():
            return (_compose_grid(piece),)
        case Choice():
            return (Paragraph(plain(piece.value)),)
        case ExternalReference():
            return (Paragraph(cite_external_reference(setting, piece)),)


def _compose_figures(setting: ComposeContext, figures: Figures) -> tuple[Block, ...]:
    """Return a table of the series; where a chart is asked for, the chart and the table of its data."""
    series = [setting.report.series[id] for id in figures.series]
    if figures.chart is None:
        return make_tables(setting, series, figures.where, figures.caption)
    charts = make_charts(setting, series, figures.chart, figures.where, figures.caption, described=False)
    return (*charts, *make_tables(setting, series, figures.where))


def _compose_grid(grid: Grid) -> Table:
    numeric = [all(NUMBER.fullmatch(text.strip()) for text in column) for column in zip(*grid.rows, strict=True)]
    heads_rows = bool(numeric) and not numeric[0] and len(numeric) > 1
    body = tuple(
        tuple(cell(text, header=heads_rows and place == 0) for place, text in enumerate(row)) for row in grid.rows
    )
    columns = tuple[Alignment, ...]("right" if number else "left" for number in numeric)
    align = columns or left_aligned(len(grid.columns))
    return Table((header_row(*grid.columns),), body, align, grid.where, plain(grid.caption))


def cite_external_reference(setting: ComposeContext, reference: ExternalReference) -> Runs:
    """Return the sentence that leads to another document."""
    return fill_runs(setting.words["reference"], {"document": cite(setting, reference)})


def cite(setting: ComposeContext, reference: ExternalReference) -> Runs:
    """Return the name of another document with its pages, linked where it has an address."""
    pages = f", {pages_text(setting, reference.pages)}" if reference.pages else ""
    return (Run(reference.document + pages, link=reference.url),)


def _explain_omission(setting: ComposeContext, omission: Omission) -> Paragraph:
    """Return what is left out and why (G4 Part 1, 3.2)."""
    key = "omitted-parts" if omission.parts else "omitted-whole"
    head = setting.say(key, parts=", ".join(omission.parts), reason=name_reason(setting, omission))
    return Paragraph((Run(head, bold=True), Run(f" {explain_omission(setting, omission)}")))


def name_reason(setting: ComposeContext, omission: Omission) -> str:
    """Return the reason's name: in the report's language where its words are known, else the framework's."""
    named = setting.framework.omission_reasons[omission.reason].name
    return setting.words.get(f"reason-{omission.reason}", named)


def explain_omission(setting: ComposeContext, omission: Omission) -> str:
    """Return the explanation of an omission, with all that its reason must explain."""
    required = setting.framework.omission_reasons[omission.reason].requires
    names = [name for name in dict.fromkeys([*required, *sorted(omission.details)]) if name in omission.details]
    labels = [setting.words.get(f"omission-{name}", name.capitalize()) for name in names]
    details = [setting.label(label) + omission.details[name] for label, name in zip(labels, names, strict=True)]
    return " ".join(_stop(text) for text in [omission.explanation, *details])


def _stop(text: str) -> str:
    return text if text.rstrip().endswith((".", "!", "?", "\u2026")) else f"{text.rstrip()}."
