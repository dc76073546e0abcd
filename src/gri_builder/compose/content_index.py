"""The content index: its rows as claims and as printed (G4 Part 1, 3.4 if no option is claimed)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from msgspec import Struct

from gri_builder.compose.answers import cite, explain_omission, list_external_references, name_reason
from gri_builder.compose.blocks import cell, fill_runs, join_runs, left_aligned, paragraph, plain
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.front_matter import describe_option
from gri_builder.compose.outline import Branch, Topic, outline_general, outline_specific
from gri_builder.compose.text.numbers import MISSING
from gri_builder.model.claim import Claim
from gri_builder.model.document import Block, Chapter
from gri_builder.model.framework import CrossReferenceColumn, Disclosure
from gri_builder.model.report import Answer, Omission
from gri_builder.model.rich_text import Cell, Heading, Run, Runs, Table
from gri_builder.resources.sentences import end_sentence, space_after

WEIGHTS = {"disclosure": 4.4, "page": 2.6, "omissions": 5.4, "assurance": 1.8}
"""Relative widths of the index columns."""
LINKAGE_WEIGHT = 1.7


class ContentIndex(Struct, frozen=True):
    """The content of the index."""

    context: ComposeContext
    topics: tuple[Topic, ...]
    """Sections of the General Standard Disclosures."""
    branches: tuple[Branch, ...]
    """Categories and sub-Categories with their Aspects."""
    covered: frozenset[str]
    """Ids that the chapters cover."""
    statement: str | None
    """Anchor of the assurance statement, if the report has one."""


def make_content_index(
    context: ComposeContext, ids: Collection[str], covered: frozenset[str], statement: str | None
) -> ContentIndex:
    """Return the index of those disclosures, in the framework's order."""
    return ContentIndex(context, outline_general(context, ids), outline_specific(context, ids), covered, statement)


def make_claims(index: ContentIndex) -> tuple[Claim, ...]:
    """Return the rows of the index in printed order; page numbers are not known yet."""
    topics = [*index.topics, *(topic for branch in index.branches for topic in branch.topics)]
    return tuple(_make_claim(index.context, topic, id) for topic in topics for id in topic.ids)


def _make_claim(context: ComposeContext, topic: Topic, id: str) -> Claim:
    disclosure, answer = context.disclosure(id), context.report.answers.get(id)
    linkages = _linkages(context)
    return Claim(
        id,
        disclosure.code,
        disclosure.title,
        topic.name,
        topic.aspect.id if topic.aspect else None,
        references=list_external_references(answer) if answer else (),
        omissions=answer.omissions if answer else (),
        assured=bool(answer and answer.assured),
        linkage=tuple((linkage.id, _principles(linkage, disclosure, topic)) for linkage in linkages),
    )


def _linkages(context: ComposeContext) -> list[CrossReferenceColumn]:
    """Return the cross-reference columns that the report asks for."""
    known = context.framework.linkages
    return [known[id] for id in context.report.index_columns if id in known]


def _principles(linkage: CrossReferenceColumn, disclosure: Disclosure, topic: Topic) -> str:
    aspect = linkage.links.get(topic.aspect.id, ()) if topic.aspect else ()
    return ", ".join(dict.fromkeys([*linkage.links.get(disclosure.code, ()), *aspect]))


def compose_index(index: ContentIndex, anchor: str) -> Chapter:
    """Return the content index as a chapter, in the layout of the claimed option."""
    head = Heading(1, plain(_title(index.context)), anchor=anchor)
    general, specific = _columns(index)
    blocks: list[Block] = [head, *_introduce(index.context)]
    if index.topics:
        blocks.append(Heading(2, plain(index.context.translate("general-disclosures"))))
        blocks.append(_tabulate(index, index.topics, general, "index-general"))
    if index.branches:
        blocks.append(Heading(2, plain(index.context.translate("specific-disclosures"))))
        blocks.extend(block for branch in index.branches for block in _compose_branch(index, branch, specific))
    return Chapter(tuple(blocks), tabular=True)


def _title(context: ComposeContext) -> str:
    option = context.report.option
    if option is None:
        return context.translate("list-of-disclosures")
    return context.translate(
        "index-title", title=context.translate("index-name"), option=context.framework.options[option].name
    )


def _introduce(context: ComposeContext) -> tuple[Block, ...]:
    """Return the text above the index: the statement if no option is claimed, and notes on unverified columns."""
    statement = () if context.report.option else (paragraph(describe_option(context)),)
    unverified = [linkage.column for linkage in _linkages(context) if not linkage.verified]
    return *statement, *(paragraph(context.translate("index-unverified", column=column)) for column in unverified)


def _columns(index: ContentIndex) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the columns for general and for specific disclosures, by id."""
    context = index.context
    further = tuple(linkage.id for linkage in _linkages(context))
    option = context.framework.options[context.report.option] if context.report.option else None
    if option:
        general = _with_omissions(index, option.general_columns)
        return (*general, *further), (*option.specific_columns, *further)
    answers = context.report.answers.values()
    omissions = ("omissions",) if any(answer.omissions for answer in answers) else ()
    assurance = ("assurance",) if any(answer.assured for answer in answers) else ()
    columns = ("disclosure", "page", *omissions, *assurance, *further)
    return columns, columns


def _with_omissions(index: ContentIndex, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns for general disclosures, with omissions if any are stated beyond what the option requires."""
    answers = index.context.report.answers
    omitted = any(answers[id].omissions for topic in index.topics for id in topic.ids if id in answers)
    if "omissions" in columns or not omitted:
        return columns
    return tuple(name for column in columns for name in ([column, "omissions"] if column == "page" else [column]))


def _compose_branch(index: ContentIndex, branch: Branch, columns: tuple[str, ...]) -> tuple[Block, ...]:
    names = [branch.category.name, *([branch.sub_category.name] if branch.sub_category else [])]
    table = _tabulate(index, branch.topics, columns, "index-specific")
    return Heading(3, plain("".join([*(index.context.label(name) for name in names[:-1]), names[-1]]))), table


def _tabulate(index: ContentIndex, topics: Iterable[Topic], columns: tuple[str, ...], first: str) -> Table:
    """Return the table of the topics, each below a row with its name."""
    body: list[tuple[Cell, ...]] = []
    groups: list[int] = []
    for topic in topics:
        groups.append(len(body))
        body.append((Cell((plain(_topic_name(index.context, topic)),), columns=len(columns), header=True),))
        body.extend(tuple(_cell(index, topic, id, column) for column in columns) for id in topic.ids)
    return Table(
        (tuple(cell(_column_name(index.context, column, first)) for column in columns),),
        tuple(body),
        left_aligned(len(columns)),
        groups=tuple(groups),
        weights=tuple(WEIGHTS.get(column, LINKAGE_WEIGHT) for column in columns),
    )


def _topic_name(context: ComposeContext, topic: Topic) -> str:
    """Return the name of a section or an Aspect, with a note if the Aspect is not named as material."""
    material = {material.aspect for material in context.report.aspects}
    if topic.aspect is None or topic.aspect.id in material:
        return topic.name
    return context.translate("not-material", aspect=topic.name)


def _column_name(context: ComposeContext, column: str, first: str) -> str:
    if column in context.framework.linkages:
        return context.framework.linkages[column].column
    return context.translate(first if column == "disclosure" else f"index-{column}")


def _cell(index: ContentIndex, topic: Topic, id: str, column: str) -> Cell:
    if column in CELLS:
        return CELLS[column](index, id, index.context.report.answers.get(id))
    linkage = index.context.framework.linkages[column]
    return cell(_principles(linkage, index.context.disclosure(id), topic) or MISSING)


def _disclosure_cell(index: ContentIndex, id: str, answer: Answer | None) -> Cell:
    disclosure = index.context.disclosure(id)
    code = disclosure.label or disclosure.code
    return Cell(((Run(code, bold=True), Run(f" {disclosure.title}")),), header=True)


def _page_cell(index: ContentIndex, id: str, answer: Answer | None) -> Cell:
    """Return the pages and the other documents with the answer; a dash if there are none."""
    here: list[Runs] = [(Run("", link=f"#{id}", page_of=id),)] if id in index.covered else []
    others = [cite(index.context, reference) for reference in (list_external_references(answer) if answer else ())]
    return Cell((join_runs([*here, *others], "; ") or plain(MISSING),))


def _omissions_cell(index: ContentIndex, id: str, answer: Answer | None) -> Cell:
    if answer is None or not answer.omissions:
        return cell(MISSING)
    return Cell(tuple(_omission_runs(index.context, omission) for omission in answer.omissions))


def _omission_runs(context: ComposeContext, omission: Omission) -> Runs:
    """Return the omitted letters, the reason, and its explanation."""
    reason = name_reason(context, omission)
    stated = f"{', '.join(omission.parts)}: {reason}" if omission.parts else reason
    head = end_sentence(stated, context.words)
    return Run(head, bold=True), Run(space_after(head) + explain_omission(context, omission))


def _assurance_cell(index: ContentIndex, id: str, answer: Answer | None) -> Cell:
    """Return whether it is assured, with the page of the assurance statement."""
    context, anchor = index.context, index.statement
    if answer is None or not answer.assured:
        return cell(context.translate("no"))
    if anchor is None:
        return cell(context.translate("yes"))
    page = Run("", link=f"#{anchor}", page_of=anchor)
    return Cell((fill_runs(context.words["yes-on-page"], {"page": (page,)}),))


CELLS: dict[str, Callable[[ContentIndex, str, Answer | None], Cell]] = {
    "disclosure": _disclosure_cell,
    "page": _page_cell,
    "omissions": _omissions_cell,
    "assurance": _assurance_cell,
}
"""Cell function of each column; all other columns are cross-reference columns."""
