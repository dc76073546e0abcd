"""The text that the pages print, as plain text: what the audit compares the pages with.

Texts are those of the composed document, in reading order. They are split where the pages print something that is
checked in another way, or is only known later: facts, page numbers, marks of footnotes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gri_builder.compose.blocks import children
from gri_builder.embedded.report_data import ComposedText, Texts
from gri_builder.model.document import (
    Block,
    Callout,
    Chapter,
    Cover,
    DisclosureSpan,
    Document,
    KeyFigures,
    Matrix,
    PullQuote,
    QrCode,
    Signature,
    Timeline,
)
from gri_builder.model.figures.chart import Chart
from gri_builder.model.figures.diagrams import OrganizationChart, Process, SiteMap
from gri_builder.model.report import Report
from gri_builder.model.rich_text import Definitions, Heading, Image, Paragraph, Runs, Table


def collect_text(document: Document, report: Report) -> ComposedText:
    """Return the texts of a composed document; `report` is what it was composed from."""
    chapters: dict[str, list[str]] = {}
    disclosures: dict[str, list[str]] = {}
    others = [text for part in document.parts for text in (*_normalize(part.title), *_split_blocks(part.summary))]
    for chapter in document.chapters:
        if not chapter.tabular:
            path = _path_of(chapter)
            kept = others if path is None else chapters.setdefault(path, [])
            kept.extend(_split_blocks(chapter.opener.summary))
            _collect_blocks(chapter.blocks, kept, disclosures)
    return ComposedText(
        front=(*_split_cover(document.cover), *_split_blocks((*document.imprint, *document.inside_cover))),
        chapters={path: tuple(texts) for path, texts in chapters.items()},
        disclosures={id: tuple(texts) for id, texts in disclosures.items()},
        others=tuple(others),
        footnotes=tuple(
            text for note in document.notes.values() for runs in note.paragraphs for text in _split_runs(runs)
        ),
        covers=list_covers(report),
        pictures=list_pictures(document),
    )


def list_covers(report: Report) -> dict[str, Texts]:
    """Return the letters that sections of the story cover, by disclosure id; '' for a disclosure as a whole."""
    covers: dict[str, dict[str, None]] = {}
    for heading in (block for chapter in report.chapters for block in chapter.prose.blocks):
        for cover in heading.covers if isinstance(heading, Heading) else ():
            id, _, letters = cover.partition("/")
            named = [letter.strip() for letter in letters.split(",") if letter.strip()]
            covers.setdefault(id, {}).update(dict.fromkeys(named or [""]))
    return {id: tuple(letters) for id, letters in covers.items()}


def list_pictures(document: Document) -> dict[str, Texts]:
    """Return the alternative texts of pictures, charts, matrices and codes, by what they cover."""
    found: dict[str, list[str]] = {}
    for chapter in document.chapters:
        for inside, alt in _walk_pictures((*chapter.opener.summary, *chapter.blocks), "", document):
            found.setdefault(inside, []).append(alt)
    return {id: tuple(alts) for id, alts in found.items()}


def _walk_pictures(blocks: Iterable[Block], inside: str, document: Document) -> Iterator[tuple[str, str]]:
    """Yield each alternative text with the disclosure that it covers."""
    for block in blocks:
        covers = block.disclosure_ids if isinstance(block, DisclosureSpan) else ()
        if (alt := _alternative_text(block, document)).strip():
            yield inside, " ".join(alt.split())
        for inner in children(block):
            yield from _walk_pictures(inner, covers[-1] if covers else inside, document)


def _alternative_text(block: Block, document: Document) -> str:
    """Return the alternative text of a figure that is printed; empty for other blocks, and for decoration."""
    match block:
        case Image():
            return block.alt if block.path in document.pictures else ""
        case Chart() | Matrix() | SiteMap() | QrCode():
            return block.alt
        case _:
            return ""


def _path_of(chapter: Chapter) -> str | None:
    """Return the Markdown file of a chapter of the story; None for any other chapter."""
    first = chapter.blocks[0] if chapter.blocks else None
    if isinstance(first, DisclosureSpan):
        first = first.blocks[0] if first.blocks else None
    return first.where.file if isinstance(first, Heading) and first.where else None


def _split_cover(cover: Cover) -> Iterator[str]:
    for text in (cover.title, cover.organization, cover.period, cover.subtitle, *cover.labels, cover.year):
        yield from _normalize(text or "")


def _collect_blocks(blocks: Iterable[Block], kept: list[str], disclosures: dict[str, list[str]]) -> None:
    """Add the texts of the blocks to those kept, and what covers a disclosure to the texts of its id."""
    for block in blocks:
        if isinstance(block, DisclosureSpan):
            inside = disclosures.setdefault(block.disclosure_ids[-1], []) if block.disclosure_ids else kept
            _collect_blocks(block.blocks, inside, disclosures)
        else:
            kept.extend(_split_block(block))
            for inner in children(block):
                _collect_blocks(inner, kept, disclosures)


def _split_blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield from _split_block(block)
        for inner in children(block):
            yield from _split_blocks(inner)


def _split_block(block: Block) -> Iterator[str]:
    """Yield the texts of a block itself, not those of blocks inside it."""
    match block:
        case PullQuote() | Signature():
            for text in (block.name, block.role):
                yield from _normalize(text or "")
        case Timeline():
            for when, _ in block.entries:
                yield from _normalize(when)
        case KeyFigures():
            for figure in block.figures:
                yield from _normalize(figure.label)
        case _:
            for runs in _list_runs(block):
                yield from _split_runs(runs)


def _list_runs(block: Block) -> Iterator[Runs]:
    match block:
        case Heading() | Paragraph():
            yield block.runs
        case Table():
            yield block.caption
            for row in (*block.header, *block.body):
                for cell in row:
                    yield from cell.paragraphs
            yield from block.notes
        case Image():
            yield from (block.caption, block.credit)
        case Definitions():
            yield from (term for term, _ in block.entries)
        case Matrix() | OrganizationChart():
            yield block.caption
        case Process():
            yield from (block.caption, block.legend)
        case Chart() | SiteMap():
            yield from (block.caption, *block.notes)
        case Callout():
            yield block.title
        case _:
            return


def _split_runs(runs: Runs) -> Iterator[str]:
    """Yield the texts of runs, split at facts and page numbers; marks of footnotes are left out."""
    text: list[str] = []
    for run in runs:
        if run.printed or run.page_of:
            yield from _normalize("".join(text))
            text = []
        elif run.note is None:
            text.append(run.text)
    yield from _normalize("".join(text))


def _normalize(text: str) -> Iterator[str]:
    """Yield a text with single spaces, unless it has neither letter nor digit."""
    if any(character.isalnum() for character in text):
        yield " ".join(text.replace("\u00ad", "").split())
