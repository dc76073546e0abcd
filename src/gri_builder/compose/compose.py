"""Compose a report into a document: chapters, tables, charts, footnotes and the content index."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial

from msgspec.structs import replace

from gri_builder.compose.back_cover import compose_back_cover
from gri_builder.compose.blocks import map_runs
from gri_builder.compose.chapters import compose_data, compose_statement, compose_story, find_statement, list_story
from gri_builder.compose.content_index import compose_index, make_claims
from gri_builder.compose.context import ComposeContext, OpenAnswers
from gri_builder.compose.drafts.answers import list_all_omission_gaps, list_decision_gaps, list_open_answers
from gri_builder.compose.drafts.collect import Locate, collect_gaps, keep_place
from gri_builder.compose.drafts.gap_list import compose_gap_list
from gri_builder.compose.drafts.marks import find_value_gap, list_setting_gaps, mark_gap
from gri_builder.compose.drafts.pictures import frame_missing_pictures, list_picture_gaps
from gri_builder.compose.figures.captions import Captions
from gri_builder.compose.front_matter import compose_contents, compose_cover, compose_inside_cover
from gri_builder.compose.imprint import compose_imprint, list_signature_places
from gri_builder.compose.index.cells import is_missing
from gri_builder.compose.index.structure import ContentIndex, make_content_index
from gri_builder.compose.links import LinkResolver, list_anchors, list_covered_ids
from gri_builder.compose.parts import color_chapters, compose_parts, part_name
from gri_builder.compose.sections import anchor_headings, free_name
from gri_builder.compose.text.abbreviations import expand_abbreviations
from gri_builder.compose.text.columns import set_columns
from gri_builder.compose.text.footnotes import FootnoteNumbering, gather_footnotes
from gri_builder.compose.text.numbers import find_locale
from gri_builder.compose.text.quotes import curl_quotes
from gri_builder.compose.text.typography import polish_runs
from gri_builder.compose.text.vocabulary import make_vocabulary
from gri_builder.model.coverage import Coverage
from gri_builder.model.document import Block, Chapter, Document, Footnote, InLanguage
from gri_builder.model.finding import Location
from gri_builder.model.framework import Framework
from gri_builder.model.report import Report
from gri_builder.model.rich_text import Heading, Paragraph, Run, Runs, find_anchor, walk_blocks
from gri_builder.model.texts.gap import Gap

STANDARD_ANCHORS = ("content-index", "assurance-statement", "contents", "at-a-glance", "what-is-missing")
"""Anchors of the parts that every report has; numbered if the report itself uses one of these names."""


def compose_document(
    report: Report,
    framework: Framework,
    coverage: Coverage,
    words: Mapping[str, str],
    draft: bool = False,
    locate: Locate = keep_place,
    wanted: Collection[int] | None = None,
) -> Document:
    """Return the report as a document; `words` are the fixed texts in its language, by key.

    A `draft` marks what is missing, and lists it in a last chapter with the places that `locate` finds. `wanted` are
    the numbers, from 1, of the chapters that will be printed, by default all of them: the others need not be ready to
    print.
    """
    report = frame_missing_pictures(report) if draft else report
    open_answers = list_open_answers(coverage, report) if draft else OpenAnswers()
    context = ComposeContext(report, framework, words, find_locale(report.language), draft, open_answers)
    anchors = _choose_anchors(report)
    context = replace(
        context,
        index_anchor=anchors["content-index"],
        statement_anchor=_find_statement_anchor(context) or anchors["assurance-statement"],
    )
    chapters, index = _compose_chapters(context, coverage, anchors)
    parts = compose_parts(context, list_story(context), anchors)
    chapters = color_chapters(chapters, parts)
    captions = Captions(context)
    chapters = tuple(replace(chapter, blocks=captions.number_blocks(chapter.blocks)) for chapter in chapters)
    targets = LinkResolver(
        list_anchors(chapters) | list_covered_ids(chapters),
        anchors["content-index"],
        captions.labels,
        partial(_mark_anchor, context) if draft else None,
        frozenset(report.answers),
    )
    numbering = FootnoteNumbering(gather_footnotes(context), mark=partial(_mark_footnote, context) if draft else None)
    columns = [framework.linkages[id] for id in report.index_columns if id in framework.linkages]
    linked = (code for column in columns for codes in column.links.values() for code in codes)
    codes = {*(each.label for each in framework.disclosures.values()), *linked}
    expand = expand_abbreviations(report.abbreviations)

    def finish_runs(runs: Runs) -> Runs:
        return polish_runs(numbering.number_runs(targets.resolve_links(runs)), codes)

    def finish(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        finished = map_runs(blocks, finish_runs)
        if report.has_typographic_quotes:
            finished = map_runs(finished, curl_quotes(report.language), leave=(InLanguage,))
        return map_runs(finished, expand, leave=(InLanguage,)) if report.abbreviations else finished

    inside = finish(compose_inside_cover(context, anchors["at-a-glance"]))
    imprint = finish(compose_imprint(context, chapters))
    chapters = tuple(
        _finish_chapter(chapter, finish, report.theme.columns) if wanted is None or number in wanted else chapter
        for number, chapter in enumerate(chapters, 1)
    )
    parts = tuple(replace(part, summary=finish(part.summary)) for part in parts)
    notes = numbering.list_notes(lambda runs: expand(targets.resolve_links(runs)))
    gaps: tuple[Gap, ...] = ()
    if draft:
        others = (*inside, *imprint, *(block for part in parts for block in part.summary), *_list_paragraphs(notes))
        marked = tuple(_mark_links(chapter, targets, numbering) for chapter in chapters)
        gaps = collect_gaps(marked, others, _list_unmarked(context, coverage), locate)
        chapters = (*chapters, compose_gap_list(context, gaps, anchors["what-is-missing"]))
    return Document(
        title=report.title,
        author=report.organization.name,
        subject=context.translate("subject", framework=framework.title),
        language=report.language,
        published=report.published,
        cover=compose_cover(context),
        contents=compose_contents(context, chapters, parts, anchors["contents"]),
        chapters=chapters,
        parts=parts,
        running_head=f"{report.organization.short_name} · {report.title}",
        claims=make_claims(index),
        assurance_anchor=index.statement,
        inside_cover=inside,
        imprint=imprint,
        signature_places=list_signature_places(context),
        back_cover=compose_back_cover(context),
        notes=notes,
        pictures=report.pictures,
        page_size=report.page_size,
        is_facing=report.is_facing,
        starts_right=report.chapters_start == "right",
        theme=report.theme,
        palette=tuple(category.id for category in framework.categories),
        draft=context.translate("draft") if draft else None,
        gaps=gaps,
        missing=tuple(claim.id for claim in make_claims(index) if is_missing(index, claim)),
        words=words,
        vocabulary=make_vocabulary(report, chapters),
    )


def _mark_links(chapter: Chapter, targets: LinkResolver, numbering: FootnoteNumbering) -> Chapter:
    """Return a chapter with the marks of its links and footnotes, whether it is ready to print or not."""
    return replace(
        chapter, blocks=map_runs(chapter.blocks, lambda runs: numbering.mark_missing(targets.resolve_links(runs)))
    )


def _mark_anchor(context: ComposeContext, target: str) -> Run:
    """Return the mark of a draft for the target of a link that is not there."""
    return mark_gap(context, Gap("link", context.translate("gap-anchor", name=f"#{target}"), written=f"#{target}"))


def _mark_footnote(context: ComposeContext, label: str) -> Run:
    """Return the mark of a draft for a footnote without a text."""
    written = f"[^{label}]"
    return mark_gap(context, Gap("footnote", context.translate("gap-footnote", name=written), written=written))


def _list_paragraphs(notes: Mapping[str, Footnote]) -> Iterator[Block]:
    """Yield the paragraphs of footnotes as blocks."""
    return (Paragraph(runs, note.where) for note in notes.values() for runs in note.paragraphs)


def _list_unmarked(context: ComposeContext, coverage: Coverage) -> Iterator[tuple[Gap, Location | None]]:
    """Yield what is missing whether a page has a mark for it or not: pictures, values that the report asks for."""
    yield from list_picture_gaps(context)
    found = (*list_all_omission_gaps(context), *list_setting_gaps(context), *list_decision_gaps(context, coverage))
    yield from ((gap, None) for gap in found)
    for each in context.report.wanted:
        yield replace(find_value_gap(context, each.series, each.period, each.members), written=""), None


def _finish_chapter(
    chapter: Chapter, finish: Callable[[tuple[Block, ...]], tuple[Block, ...]], columns: int
) -> Chapter:
    """Return the chapter ready to print, with running text in that many columns."""
    opener = replace(chapter.opener, summary=finish(chapter.opener.summary))
    blocks = finish(chapter.blocks)
    in_columns = columns > 1 and not chapter.tabular
    return replace(chapter, opener=opener, blocks=set_columns(blocks) if in_columns else blocks)


def _compose_chapters(
    context: ComposeContext, coverage: Coverage, anchors: Mapping[str, str]
) -> tuple[tuple[Chapter, ...], ContentIndex]:
    """Return all chapters, with an anchor on every heading, and the content index that the last one prints."""
    statement = compose_statement(context, anchors["assurance-statement"])
    body = (*compose_story(context), *compose_data(context), *statement)
    covered = list_covered_ids(body)
    ids = _list_rows(context.report, coverage, covered)
    index = make_content_index(context, ids, covered, _anchor_of(statement))
    chapters = (*body, compose_index(index, anchors["content-index"]))
    reserved = (*anchors.values(), *context.framework.disclosures)
    anchored = anchor_headings((chapter.blocks for chapter in chapters), reserved)
    return tuple(replace(c, blocks=blocks) for c, blocks in zip(chapters, anchored, strict=True)), index


def _list_rows(report: Report, coverage: Coverage, covered: frozenset[str]) -> frozenset[str]:
    """Return the ids of the index rows: what the claimed option requires, and what is answered or omitted."""
    required = {row.id for row in coverage.rows if report.option in row.required_for}
    return frozenset(required | report.answers.keys() | {id for id in covered if "/" not in id})


def _choose_anchors(report: Report) -> dict[str, str]:
    """Return an unused anchor for each generated chapter and page, by its standard name."""
    blocks = (block for chapter in report.chapters for block in walk_blocks(chapter.prose.blocks))
    taken = {anchor for block in blocks if (anchor := find_anchor(block))}
    parts = (part_name(number) for number, _ in enumerate(report.parts, 1))
    return {name: free_name(name, taken) for name in (*STANDARD_ANCHORS, *parts)}


def _find_statement_anchor(context: ComposeContext) -> str | None:
    """Return the anchor that the assurance statement names for its title."""
    statement = find_statement(context)
    first = statement.prose.blocks[:1] if statement else ()
    return next((block.anchor for block in first if isinstance(block, Heading)), None)


def _anchor_of(chapters: Iterable[Chapter]) -> str | None:
    """Return the anchor of the first heading."""
    blocks: Iterable[Block] = (block for chapter in chapters for block in chapter.blocks)
    return next((block.anchor for block in blocks if isinstance(block, Heading)), None)
