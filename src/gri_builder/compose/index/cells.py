"""Cells of the content index, and the notes below its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from gri_builder.compose.answers import cite, explain_omission, name_reason
from gri_builder.compose.blocks import cell, join_runs, plain
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.drafts.answers import find_disclosure_gap
from gri_builder.compose.drafts.marks import mark_shortly
from gri_builder.compose.index.columns import CODE, TITLE
from gri_builder.compose.index.structure import ContentIndex
from gri_builder.compose.text.numbers import MISSING
from gri_builder.model.claim import Claim
from gri_builder.model.document import IndexNote
from gri_builder.model.omission_notes import OmissionNote, join_letters, join_numbered, name_row
from gri_builder.model.report import Omission
from gri_builder.model.rich_text import Cell, Run, Runs
from gri_builder.resources.sentences import end_sentence, separator, space_after

TICK = "✓"
"""What is printed for 'yes'; readers hear the word."""
EMPTY = Cell(((),))


def make_cell(index: ContentIndex, id: str, column: str) -> Cell:
    """Return the cell of a row."""
    claim = index.claims[id]
    if column in CELLS:
        return CELLS[column](index, claim)
    principles = dict(claim.linkage)[column]
    return cell(principles) if principles else EMPTY


def _code_cell(index: ContentIndex, claim: Claim) -> Cell:
    return Cell(((Run(_split_label(index.context, claim)[0], bold=True),),), header=True)


def _title_cell(index: ContentIndex, claim: Claim) -> Cell:
    """Return the title, with what is behind the code, such as the code that it had before."""
    addition = _split_label(index.context, claim)[1]
    return cell(f"{claim.title} {addition}".strip())


def _split_label(context: ComposeContext, claim: Claim) -> tuple[str, str]:
    code, _, addition = (context.disclosure(claim.id).label or claim.code).partition(" ")
    return code, addition


def _page_cell(index: ContentIndex, claim: Claim) -> Cell:
    """Return the pages and the other documents with the answer; a dash if there are none."""
    here: list[Runs] = [(Run("", link=f"#{claim.id}", page_of=claim.id),)] if claim.id in index.covered else []
    others = [cite(index.context, reference) for reference in claim.references]
    if is_missing(index, claim):
        mark = mark_shortly(index.context, find_disclosure_gap(index.context, claim.id))
        return Cell(((replace(mark, spoken=None),),))  # the row says what is missing
    return Cell((join_runs([*here, *others], separator("clauses", index.context.words)) or plain(MISSING),))


def is_missing(index: ContentIndex, claim: Claim) -> bool:
    """Return whether a draft marks a disclosure as missing: the claimed option asks for it, and no page answers it."""
    is_open = claim.id in index.context.open_answers.ids
    return is_open and claim.id not in index.covered and not claim.references


def _omissions_cell(index: ContentIndex, claim: Claim) -> Cell:
    """Return the omitted letters, each with the raised number of the note below the table."""
    marks = [_mark(index.context, note) for note in index.notes if claim.id in note.ids]
    return Cell((join_runs(marks, separator("list", index.context.words)),)) if marks else EMPTY


def _parts_cell(index: ContentIndex, claim: Claim) -> Cell:
    """Return the omitted letters, or the word for all of them."""
    return _each_omission(claim, lambda omission: _name_letters(index.context, omission.parts))


def _reason_cell(index: ContentIndex, claim: Claim) -> Cell:
    return _each_omission(claim, lambda omission: name_reason(index.context, omission))


def _explanation_cell(index: ContentIndex, claim: Claim) -> Cell:
    return _each_omission(claim, lambda omission: explain_omission(index.context, omission))


def _each_omission(claim: Claim, describe: Callable[[Omission], str]) -> Cell:
    """Return a text on each omission; several are numbered, so that the cells of a row can be read together."""
    texts = [describe(omission) for omission in claim.omissions]
    return cell(join_numbered(texts)) if texts else EMPTY


def _name_letters(context: ComposeContext, parts: Sequence[str]) -> str:
    """Return the omitted letters, or the word for all of them."""
    return join_letters(parts, separator("list", context.words)) or context.translate("index-omits-all")


def _mark(context: ComposeContext, note: OmissionNote) -> Runs:
    """Return the letters of a note, or the word for all of them, and its number."""
    link = f"#{note_anchor(note)}"
    return Run(_name_letters(context, note.parts), link=link), Run(str(note.number), script="sup", link=link)


def note_anchor(note: OmissionNote) -> str:
    """Return the name of the place of a note."""
    return f"omission/{note.number}"


def make_notes(index: ContentIndex, section: str) -> Iterator[IndexNote]:
    """Yield the notes below a table; each leads back to the first row that has it."""
    for note in index.notes:
        if note.section == section:
            row = f"omitted/{note.number}"
            rows = index.context.join(*(name_row(index.claims[id]) for id in note.ids))
            head = (Run(str(note.number), bold=True, link=f"#{row}"), Run(" "), Run(rows, bold=True), Run(" "))
            yield IndexNote((*head, *_omission_runs(index.context, note)), note_anchor(note), row)


def _omission_runs(context: ComposeContext, note: OmissionNote) -> Runs:
    """Return the omitted letters, the reason, and its explanation (G4 Part 1, 3.2)."""
    reason = name_reason(context, note.omission)
    stated = context.named(context.join(*note.parts), reason) if note.parts else reason
    head = end_sentence(stated, context.words)
    return (Run(head + space_after(head) + explain_omission(context, note.omission)),)


def _assurance_cell(index: ContentIndex, claim: Claim) -> Cell:
    """Return whether it is assured, with the page of the assurance statement; readers hear the words."""
    context, anchor = index.context, index.statement
    if not claim.assured:
        return Cell(((Run(MISSING, spoken=context.translate("no")),),))
    if anchor is None:
        return Cell(((Run(TICK, spoken=context.translate("yes")),),))
    before, _, after = context.words["yes-on-page"].partition("{page}")
    link = f"#{anchor}"
    tick = (Run(TICK, spoken=before.strip(), link=link), Run(" ", link=link))
    return Cell(((*tick, Run("", link=link, page_of=anchor), *plain(after)),))


CELLS: dict[str, Callable[[ContentIndex, Claim], Cell]] = {
    CODE: _code_cell,
    TITLE: _title_cell,
    "page": _page_cell,
    "omissions": _omissions_cell,
    "omitted-parts": _parts_cell,
    "omission-reason": _reason_cell,
    "omission-explanation": _explanation_cell,
    "assurance": _assurance_cell,
}
"""Cell function of each column; all other columns are cross-reference columns."""
