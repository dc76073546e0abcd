"""Chapters: the written ones, then data chapters for answers not placed in them, then the assurance statement."""

from __future__ import annotations

from collections.abc import Collection, Hashable

from msgspec.structs import replace

from gri_builder.compose.answers import compose_answer, is_covered, is_printed
from gri_builder.compose.blocks import plain
from gri_builder.compose.boundaries import compose_boundary
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.drafts.answers import find_aspect_gap, find_disclosure_gap
from gri_builder.compose.drafts.chapters import mark_chapter
from gri_builder.compose.drafts.marks import box_gaps
from gri_builder.compose.links import reference_anchor
from gri_builder.compose.outline import Branch, Topic, outline_general, outline_specific
from gri_builder.compose.sections import wrap_sections
from gri_builder.compose.text.letters import sign_letters
from gri_builder.compose.text.passages import compose_rich_text
from gri_builder.compose.topics import choose_color, list_topics
from gri_builder.memos import Equal, remembered
from gri_builder.model.choices import find_choice
from gri_builder.model.document import Block, Chapter, DisclosureSpan, Opener
from gri_builder.model.framework import split_id
from gri_builder.model.report import Chapter as ReportChapter
from gri_builder.model.report import MaterialAspect
from gri_builder.model.rich_text import Directive, Heading, Image, Paragraph, RichText, Run, walk_blocks
from gri_builder.model.theme import OPENER_STYLES


def compose_story(context: ComposeContext) -> tuple[Chapter, ...]:
    """Return the written chapters, without the assurance statement."""
    return tuple(_compose_chapter(context, text) for text in list_story(context))


def list_story(context: ComposeContext) -> tuple[ReportChapter, ...]:
    """Return the texts of the written chapters, without the assurance statement."""
    statement = find_statement(context)
    return tuple(text for text in context.report.chapters if text != statement)


def find_statement(context: ComposeContext) -> ReportChapter | None:
    """Return the chapter with the assurance statement."""
    assurance = context.report.assurance
    path = assurance.statement if assurance else None
    return next((text for text in context.report.chapters if text.path == path), None)


def compose_statement(context: ComposeContext, anchor: str) -> tuple[Chapter, ...]:
    """Return the assurance statement as a chapter; its heading gets the anchor unless it has one."""
    text = find_statement(context)
    if text is None:
        return ()
    chapter = _compose_chapter(context, text)
    first = chapter.blocks[0]
    named = replace(first, anchor=first.anchor or anchor) if isinstance(first, Heading) else first
    return (replace(chapter, blocks=(named, *chapter.blocks[1:])),)


def _key_of(context: ComposeContext, text: ReportChapter) -> Hashable:
    """Return all that a chapter depends on: of the other chapters, only their directives."""
    report = context.report
    blocks = (block for chapter in report.chapters for block in walk_blocks(chapter.prose.blocks))
    directives = tuple((block.name, block.arguments) for block in blocks if isinstance(block, Directive))
    known = replace(context, report=replace(report, chapters=()))
    return Equal(text, text.path), Equal(known), tuple(map(str, directives))


@remembered(_key_of)
def _compose_chapter(context: ComposeContext, text: ReportChapter) -> Chapter:
    def place(id: str, level: int) -> tuple[Block, ...]:
        return _place_answer(context, id, level)

    composed = mark_chapter(context, text, compose_rich_text(context, text.prose, text.path, place))
    blocks = wrap_sections(sign_letters(composed))
    return Chapter(blocks, choose_color(context, blocks), opener=_compose_opener(context, text, blocks))


def _compose_opener(context: ComposeContext, text: ReportChapter, blocks: tuple[Block, ...]) -> Opener:
    """Return the opening of a chapter: its `opener` directive, with the Aspects that the chapter covers."""
    opener = text.prose.blocks[1] if len(text.prose.blocks) > 1 else None
    topics = list_topics(context, blocks)
    if not (isinstance(opener, Directive) and opener.name == "opener"):
        return Opener(topics=topics)
    summary = compose_rich_text(context, RichText(opener.blocks), text.path)
    path = opener.options.get("image")
    return Opener(
        find_choice(opener.options.get("style"), OPENER_STYLES),
        summary,
        Image(path, "", opener.where) if path else None,
        topics,
    )


def _place_answer(context: ComposeContext, id: str, level: int) -> tuple[Block, ...]:
    """Return an answer placed in a chapter: its title, the boundary for a management approach, then the answer."""
    answer = context.report.answers.get(id)
    if answer is None or not is_printed(answer):
        return box_gaps(context, [] if answer else [find_disclosure_gap(context, id)])
    material = _boundary(context, id)
    frame = compose_boundary(context, material) if material else ()
    title = Paragraph((Run(context.disclosure(id).title, bold=True),), keep=True)
    return _prepend((title, *frame), compose_answer(context, answer, level))


def _prepend(head: tuple[Block, ...], answer: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return head and answer together, inside the answer's `DisclosureSpan` if it has one."""
    first = answer[0]
    if isinstance(first, DisclosureSpan) and len(answer) == 1:
        return (replace(first, blocks=(*head, *first.blocks)),)
    return (*head, *answer)


def _boundary(context: ComposeContext, id: str) -> MaterialAspect | None:
    """Return the material Aspect if the disclosure is its management approach, the first of several."""
    code, aspect = split_id(id)
    if code != context.framework.management_approaches[0]:
        return None
    return _material(context).get(aspect or "")


def _material(context: ComposeContext) -> dict[str, MaterialAspect]:
    return {material.aspect: material for material in context.report.aspects}


def list_placed(context: ComposeContext) -> frozenset[str]:
    """Return the ids of the answers placed in written chapters."""
    return frozenset(id for text in context.report.chapters for id in _named(text.prose, "disclosure"))


def _named(prose: RichText, directive: str) -> list[str]:
    """Return the arguments of all directives of that name."""
    found = (block for block in walk_blocks(prose.blocks) if isinstance(block, Directive) and block.name == directive)
    return [argument for block in found for argument in (block.arguments or ("",))]


def compose_data(context: ComposeContext) -> tuple[Chapter, ...]:
    """Return the data chapters: one for the General Standard Disclosures, one for each Category."""
    placed = list_placed(context)
    ids = {id for id, answer in context.report.answers.items() if id not in placed and is_printed(answer)}
    ids.update(id for id in context.open_answers.ids if id not in placed)
    aspects = _aspects_without_boundary(context, placed).union(context.open_answers.aspects)
    branches = outline_specific(context, ids, aspects)
    chapters = (*_general_chapter(context, outline_general(context, ids)), *_category_chapters(context, branches))
    return tuple(replace(chapter, continues=number > 0) for number, chapter in enumerate(chapters))


def _aspects_without_boundary(context: ComposeContext, placed: Collection[str]) -> frozenset[str]:
    """Return the material Aspects whose boundary is not printed in any chapter."""
    if any(_named(text.prose, "material-aspects") for text in context.report.chapters):
        return frozenset()
    framed = {split_id(id)[1] for id in placed if _boundary(context, id) and id in context.report.answers}
    return frozenset(_material(context)) - framed


def _general_chapter(context: ComposeContext, topics: tuple[Topic, ...]) -> tuple[Chapter, ...]:
    if not topics:
        return ()
    head = Heading(1, plain(context.translate("general-disclosures")))
    return (Chapter((head, *(block for topic in topics for block in _compose_topic(context, topic, 2)))),)


def _category_chapters(context: ComposeContext, branches: tuple[Branch, ...]) -> tuple[Chapter, ...]:
    """Return one chapter for each Category, with the Aspects of its sub-Categories in order."""
    chapters: dict[str, list[Block]] = {}
    for branch in branches:
        blocks = chapters.setdefault(branch.category.id, [Heading(1, plain(branch.category.name))])
        blocks.extend(block for topic in branch.topics for block in _compose_topic(context, topic, 2))
    return tuple(Chapter(tuple(blocks), color) for color, blocks in chapters.items())


def _compose_topic(context: ComposeContext, topic: Topic, level: int) -> tuple[Block, ...]:
    """Return a section or an Aspect: heading, boundary, then disclosures."""
    material = _material(context).get(topic.aspect.id) if topic.aspect else None
    frame = compose_boundary(context, material) if material else ()
    head = Heading(level, plain(topic.name))
    disclosures = (block for id in topic.ids for block in _compose_disclosure(context, id, level + 1))
    return (head, *frame, *disclosures, *_mark_aspect(context, topic))


def _mark_aspect(context: ComposeContext, topic: Topic) -> tuple[Block, ...]:
    """Return the mark of a draft where an Aspect needs any one Indicator and has none."""
    first = context.open_answers.aspects.get(topic.aspect.id) if topic.aspect else None
    if topic.aspect is None or first is None:
        return ()
    return box_gaps(context, (find_aspect_gap(context, topic.aspect.id, first),))


def _compose_disclosure(context: ComposeContext, id: str, level: int) -> tuple[Block, ...]:
    """Return a disclosure of a data chapter: code and title as heading, then the answer."""
    answer, disclosure = context.report.answers.get(id), context.disclosure(id)
    runs = plain(f"{disclosure.label or disclosure.code} {disclosure.title}")
    if answer is None:
        return (Heading(level, runs), *box_gaps(context, (find_disclosure_gap(context, id),)))
    # No page covers a disclosure that another document answers, but links to it lead to its heading.
    head = Heading(level, runs, anchor=None if is_covered(answer) else reference_anchor(id))
    return _prepend((head,), compose_answer(context, answer, level))
