"""Compose the answers to disclosures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from gri_builder.compose.blocks import fill_runs, header_row, left_aligned, list_blocks, plain
from gri_builder.compose.context import ComposeContext, pages_text
from gri_builder.compose.drafts.answers import list_letter_gaps, list_omission_gaps
from gri_builder.compose.drafts.figures import show_charts, show_tables
from gri_builder.compose.drafts.marks import box_gaps, mark_gap
from gri_builder.compose.figures.restatements import list_unplaced_restatements
from gri_builder.compose.given_answers import compose_given
from gri_builder.compose.sections import shift_headings
from gri_builder.compose.tables.lines import join_lines
from gri_builder.compose.text.passages import compose_rich_text
from gri_builder.model.document import Block, DisclosureSpan
from gri_builder.model.figures.table_request import TableRequest
from gri_builder.model.framework import printed_code, split_id
from gri_builder.model.report import (
    Answer,
    AnswerPart,
    Choice,
    ExternalReference,
    Figures,
    Given,
    Grid,
    Items,
    Narrative,
    Omission,
)
from gri_builder.model.rich_text import Alignment, Cell, Paragraph, RichText, Run, Runs, Table
from gri_builder.model.texts.web_addresses import link_addresses
from gri_builder.resources.sentences import end_sentence, join_sentences, space_after

NUMBER = re.compile(r"[+\u2212-]?\d[\d.,\u00a0\u202f\u2019' ]*\s?%?|[\u2013\u2014-]|")


def is_printed(answer: Answer) -> bool:
    """Return whether an answer has anything to print; one with omissions only appears in the content index."""
    return any(answer.parts.values())


def is_covered(answer: Answer) -> bool:
    """Return whether the report itself answers, not only another document."""
    return any(_answers_here(parts) for parts in answer.parts.values())


def _answers_here(parts: Iterable[AnswerPart]) -> bool:
    return any(not isinstance(part, ExternalReference) for part in parts)


def list_external_references(answer: Answer) -> tuple[ExternalReference, ...]:
    """Return the other documents that an answer refers to, each once."""
    found = (part for parts in answer.parts.values() for part in parts if isinstance(part, ExternalReference))
    return tuple({(one.document, one.pages, one.url): one for one in found}.values())


def iter_texts(answer: Answer) -> Iterator[tuple[str, RichText]]:
    """Yield the texts of an answer, each with the scope of its footnotes."""
    for letter, parts in answer.parts.items():
        for number, part in enumerate(parts):
            scope = _scope(answer, letter, number)
            if isinstance(part, Narrative):
                yield scope, part.prose
            elif isinstance(part, Items):
                yield from ((f"{scope}/{item}", text) for item, text in enumerate(part.items))


def _scope(answer: Answer, letter: str, number: int) -> str:
    return f"{answer.id}/{letter}/{number}"


def compose_answer(context: ComposeContext, answer: Answer, level: int) -> tuple[Block, ...]:
    """Return the answer below a heading of that level, in a `DisclosureSpan` if the report itself answers.

    Above each letter's answer is what the letter asks for.
    """
    asked = _list_questions(context, answer)
    blocks = [
        block
        for letter in _order_parts(context, answer)
        for block in _compose_letter(context, answer, letter, asked.get(letter))
    ]
    if answer.id == context.framework.restatements and is_covered(answer):
        blocks.extend(list_unplaced_restatements(context))
    blocks.extend(_explain_omission(context, omission, answer) for omission in answer.omissions)
    blocks.extend(box_gaps(context, list_letter_gaps(context, answer.id), answer.where))
    ready = shift_headings(tuple(blocks), level)
    return (
        (DisclosureSpan((answer.id,), (printed_code(split_id(answer.id)[0]),), ready),) if is_covered(answer) else ready
    )


def _order_parts(context: ComposeContext, answer: Answer) -> list[str]:
    """Return the answered letters in the framework's order; '' for the whole disclosure comes first."""
    letters = ["", *(letter for letter in context.disclosure(answer.id).parts if letter)]
    return [letter for letter in dict.fromkeys([*letters, *answer.parts]) if answer.parts.get(letter)]


def _list_questions(context: ComposeContext, answer: Answer) -> Mapping[str, str]:
    """Return what each letter of a disclosure asks for; of a single one, the title says it."""
    asked = context.disclosure(answer.id).requirements
    return {each.part: each.summary for each in asked if each.part and each.summary} if len(asked) > 1 else {}


def _compose_letter(
    context: ComposeContext, answer: Answer, letter: str, question: str | None = None
) -> tuple[Block, ...]:
    parts = answer.parts[letter]
    composed = (_compose_part(context, part, _scope(answer, letter, number)) for number, part in enumerate(parts))
    blocks = join_lines(context, [block for part in composed for block in part])
    if not letter:
        return blocks
    if question:
        asked = Run(question[0].upper() + question[1:], italic=True)
        blocks = (Paragraph((asked,), keep=True), *blocks)
    # A letter that another document answers gets its margin code, but no page of this report covers it.
    ids = (f"{answer.id}/{letter}",) if _answers_here(parts) else ()
    return (DisclosureSpan(ids, (letter,), blocks),)


def _compose_part(context: ComposeContext, part: AnswerPart, scope: str) -> tuple[Block, ...]:
    match part:
        case Narrative():
            return compose_rich_text(context, part.prose, scope)
        case Figures():
            return _compose_figures(context, part)
        case Items():
            items = [compose_rich_text(context, text, f"{scope}/{item}") for item, text in enumerate(part.items)]
            return (list_blocks(items),)
        case Grid():
            return (_compose_grid(part),)
        case Choice():
            return (Paragraph(plain(context.framework.choices.get(part.value, part.value))),)
        case Given():
            return compose_given(context, part)
        case ExternalReference():
            return (Paragraph(cite_external_reference(context, part)),)


def _compose_figures(context: ComposeContext, figures: Figures) -> tuple[Block, ...]:
    """Return a table of the series, after a chart if one is requested."""
    if figures.chart is None:
        return show_tables(context, figures.series, TableRequest(figures.where, figures.caption))
    request = replace(figures.chart, title=figures.caption, is_described=False)
    charts = show_charts(context, figures.series, request, is_noted=False)
    return (*charts, *show_tables(context, figures.series, TableRequest(figures.where)))


def _compose_grid(grid: Grid) -> Table:
    numeric = [all(NUMBER.fullmatch(text.strip()) for text in column) for column in zip(*grid.rows, strict=True)]
    heads_rows = bool(numeric) and not numeric[0] and len(numeric) > 1
    body = tuple(
        tuple(Cell((link_addresses(text),), header=heads_rows and place == 0) for place, text in enumerate(row))
        for row in grid.rows
    )
    columns = tuple[Alignment, ...]("right" if number else "left" for number in numeric)
    align = columns or left_aligned(len(grid.columns))
    return Table((header_row(*grid.columns),), body, align, grid.where, plain(grid.caption))


def cite_external_reference(context: ComposeContext, reference: ExternalReference) -> Runs:
    """Return the sentence that refers to another document."""
    return fill_runs(context.words["reference"], {"document": cite(context, reference)})


def cite(context: ComposeContext, reference: ExternalReference) -> Runs:
    """Return the name of another document with its pages, as a link if it has an address."""
    pages = pages_text(context, reference.pages) if reference.pages else ""
    return (Run(context.join(reference.document, pages), link=reference.url),)


def _explain_omission(context: ComposeContext, omission: Omission, answer: Answer) -> Paragraph:
    """Return what is left out and why (G4 Part 1, 3.2); a draft marks what the reason asks for and is missing."""
    key = "omitted-parts" if omission.parts else "omitted-whole"
    head = context.translate(key, parts=context.join(*omission.parts), reason=name_reason(context, omission))
    gaps = list_omission_gaps(context, answer, omission)
    marks = (run for gap in gaps for run in (Run(" "), mark_gap(context, gap)))
    return Paragraph((Run(head, bold=True), Run(space_after(head) + explain_omission(context, omission)), *marks))


def name_reason(context: ComposeContext, omission: Omission) -> str:
    """Return the name of the reason in the report's language, or the framework's name if it is not translated."""
    named = context.framework.omission_reasons[omission.reason].name
    return context.words.get(f"reason-{omission.reason}", named)


def explain_omission(context: ComposeContext, omission: Omission) -> str:
    """Return the explanation of an omission, with all details that its reason requires."""
    required = context.framework.omission_reasons[omission.reason].requires
    names = [name for name in dict.fromkeys([*required, *sorted(omission.details)]) if name in omission.details]
    labels = [context.words.get(f"omission-{name}", name.capitalize()) for name in names]
    details = [context.label(label) + omission.details[name] for label, name in zip(labels, names, strict=True)]
    return join_sentences(end_sentence(text, context.words) for text in [omission.explanation, *details])
