"""Chapters: the story in its order, then data chapters for what no chapter places, then the assurance statement."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from gri_builder.compose.answers import compose_answer, is_covered, is_printed
from gri_builder.compose.blocks import plain
from gri_builder.compose.boundaries import frame_boundary
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.links import reference_anchor
from gri_builder.compose.outline import Branch, Topic, outline_general, outline_specific
from gri_builder.compose.sections import wrap_sections
from gri_builder.compose.text.passages import compose_rich_text
from gri_builder.compose.topics import choose_color, list_topics
from gri_builder.model.choices import find_choice
from gri_builder.model.document import Block, Chapter, DisclosureSpan, Opener
from gri_builder.model.framework import split_id
from gri_builder.model.report import Chapter as Text
from gri_builder.model.report import MaterialAspect
from gri_builder.model.rich_text import Directive, Heading, Image, Paragraph, RichText, Run, walk_blocks
from gri_builder.model.theme import OPENER_STYLES


def compose_story(setting: ComposeContext) -> tuple[Chapter, ...]:
    """Return the chapters of the story, without the assurance statement."""
    statement = find_statement(setting)
    return tuple(_compose_chapter(setting, text) for text in setting.report.chapters if text != statement)


def find_statement(setting: ComposeContext) -> Text | None:
    """Return the chapter that holds the assurance statement."""
    assurance = setting.report.assurance
    path = assurance.statement if assurance else None
    return next((text for text in setting.report.chapters if text.path == path), None)


def compose_statement(setting: ComposeContext, anchor: str) -> tuple[Chapter, ...]:
    """Return the assurance statement as a chapter; its heading gets that anchor unless it has one."""
    text = find_statement(setting)
    if text is None:
        return ()
    chapter = _compose_chapter(setting, text)
    first = chapter.blocks[0]
    named = replace(first, anchor=first.anchor or anchor) if isinstance(first, Heading) else first
    return (replace(chapter, blocks=(named, *chapter.blocks[1:])),)


def _compose_chapter(setting: ComposeContext, text: Text) -> Chapter:
    def place(id: str, level: int) -> tuple[Block, ...]:
        return _place_answer(setting, id, level)

    blocks = wrap_sections(compose_rich_text(setting, text.prose, text.path, place))
    return Chapter(blocks, choose_color(setting, blocks), opener=_compose_opener(setting, text, blocks))


def _compose_opener(setting: ComposeContext, text: Text, blocks: tuple[Block, ...]) -> Opener:
    """Return how a chapter begins: as its opener says, with the Aspects that it covers."""
    said = text.prose.blocks[1] if len(text.prose.blocks) > 1 else None
    topics = list_topics(setting, blocks)
    if not (isinstance(said, Directive) and said.name == "opener"):
        return Opener(topics=topics)
    summary = compose_rich_text(setting, RichText(said.blocks), text.path)
    path = said.options.get("image")
    return Opener(
        find_choice(said.options.get("style"), OPENER_STYLES),
        summary,
        Image(path, "", said.where) if path else None,
        topics,
    )


def _place_answer(setting: ComposeContext, id: str, level: int) -> tuple[Block, ...]:
    """Return an answer where a chapter places it: its title as a small line, for a management approach the boundary."""
    answer = setting.report.answers.get(id)
    if answer is None or not is_printed(answer):
        return ()
    material = _boundary(setting, id)
    frame = (frame_boundary(setting, material),) if material else ()
    title = Paragraph((Run(setting.disclosure(id).title, bold=True),), keep=True)
    return _head((title, *frame), compose_answer(setting, answer, level))


def _head(head: tuple[Block, ...], answer: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return head and answer as one, inside the answer's covering where it has one."""
    first = answer[0]
    if isinstance(first, DisclosureSpan) and len(answer) == 1:
        return (replace(first, blocks=(*head, *first.blocks)),)
    return (*head, *answer)


def _boundary(setting: ComposeContext, id: str) -> MaterialAspect | None:
    """Return the material Aspect whose management approach the disclosure is."""
    code, aspect = split_id(id)
    if code != setting.framework.management_approach:
        return None
    return _material(setting).get(aspect or "")


def _material(setting: ComposeContext) -> dict[str, MaterialAspect]:
    return {material.aspect: material for material in setting.report.aspects}


def list_placed(setting: ComposeContext) -> frozenset[str]:
    """Return the ids of the answers that a chapter places."""
    return frozenset(id for text in setting.report.chapters for id in _named(text.prose, "disclosure"))


def _named(prose: RichText, directive: str) -> list[str]:
    """Return the arguments of every directive of that name."""
    found = (block for block in walk_blocks(prose.blocks) if isinstance(block, Directive) and block.name == directive)
    return [argument for block in found for argument in (block.arguments or ("",))]


def compose_data(setting: ComposeContext) -> tuple[Chapter, ...]:
    """Return the data chapters: one for the General Standard Disclosures, one for each Category."""
    placed = list_placed(setting)
    ids = {id for id, answer in setting.report.answers.items() if id not in placed and is_printed(answer)}
    branches = outline_specific(setting, ids, _unframed(setting, placed))
    return (*_general_chapter(setting, outline_general(setting, ids)), *_category_chapters(setting, branches))


def _unframed(setting: ComposeContext, placed: Collection[str]) -> frozenset[str]:
    """Return the material Aspects whose boundary no chapter prints."""
    if any(_named(text.prose, "material-aspects") for text in setting.report.chapters):
        return frozenset()
    framed = {split_id(id)[1] for id in placed if _boundary(setting, id) and id in setting.report.answers}
    return frozenset(_material(setting)) - framed


def _general_chapter(setting: ComposeContext, topics: tuple[Topic, ...]) -> tuple[Chapter, ...]:
    if not topics:
        return ()
    head = Heading(1, plain(setting.say("general-disclosures")))
    return (Chapter((head, *(block for topic in topics for block in _compose_topic(setting, topic, 2)))),)


def _category_chapters(setting: ComposeContext, branches: tuple[Branch, ...]) -> tuple[Chapter, ...]:
    """Return one chapter for each Category; its Aspects follow one another through its sub-Categories."""
    chapters: dict[str, list[Block]] = {}
    for branch in branches:
        blocks = chapters.setdefault(branch.category.id, [Heading(1, plain(branch.category.name))])
        blocks.extend(block for topic in branch.topics for block in _compose_topic(setting, topic, 2))
    return tuple(Chapter(tuple(blocks), color) for color, blocks in chapters.items())


def _compose_topic(setting: ComposeContext, topic: Topic, level: int) -> tuple[Block, ...]:
    """Return a section or an Aspect: its heading, its boundary, then its disclosures."""
    material = _material(setting).get(topic.aspect.id) if topic.aspect else None
    frame = (frame_boundary(setting, material),) if material else ()
    head = Heading(level, plain(topic.name))
    return (head, *frame, *(block for id in topic.ids for block in _compose_disclosure(setting, id, level + 1)))


def _compose_disclosure(setting: ComposeContext, id: str, level: int) -> tuple[Block, ...]:
    """Return a disclosure of a data chapter: code and title as its heading, then its answer."""
    answer, disclosure = setting.report.answers[id], setting.disclosure(id)
    runs = plain(f"{disclosure.label or disclosure.code} {disclosure.title}")
    # A disclosure that another document answers is covered on no page, but links to it lead to its heading.
    head = Heading(level, runs, anchor=None if is_covered(answer) else reference_anchor(id))
    return _head((head,), compose_answer(setting, answer, level))
