"""The chapter that is being edited: read alone, and put into the report as it was checked last."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from gri_builder.markdown.blocks import parse_rich_text
from gri_builder.model.finding import Severity
from gri_builder.model.report import Chapter
from gri_builder.model.rich_text import Directive, Image, RichText, directive_images, walk_blocks
from gri_builder.pipeline.build import CheckedReport
from gri_builder.source.file_reader import FileReader
from gri_builder.source.nodes import Passage
from gri_builder.validation.editions.written_codes import codes_meant, complete_texts


def read_chapter(folder: Path, path: str, checked: CheckedReport) -> Chapter | None:
    """Return a chapter of a checked report as its file is now.

    None where more than the file is needed: it is not a chapter of the report, it can't be read or has an error, or it
    shows a picture that is new.
    """
    report = checked.report
    statement = report.assurance.statement if report.assurance else None
    if path == statement or all(chapter.path != path for chapter in report.chapters):
        return None
    reader = FileReader(folder.parent if folder.is_file() else folder)
    file = reader.read_text(path, reader.root / path)
    if file is None:
        return None
    parsed = parse_rich_text(Passage(file.text, file))
    if parsed.value is None or any(finding.severity is Severity.ERROR for finding in parsed.findings):
        return None
    if any(image not in report.pictures for image in _list_images(parsed.value)):
        return None
    codes = codes_meant(checked.framework, report.published)
    return complete_texts(Chapter(path, parsed.value), codes)


def _list_images(prose: RichText) -> Iterator[str]:
    for block in walk_blocks(prose.blocks):
        if isinstance(block, Image):
            yield block.path
        elif isinstance(block, Directive):
            yield from directive_images(block)


def with_chapter(checked: CheckedReport, chapter: Chapter) -> tuple[CheckedReport, int]:
    """Return a checked report with another text of one of its chapters, and the number of that chapter, from 1."""
    report = checked.report
    statement = report.assurance.statement if report.assurance else None
    paths = [each.path for each in report.chapters if each.path != statement]
    chapters = tuple(chapter if each.path == chapter.path else each for each in report.chapters)
    return replace(checked, report=replace(report, chapters=chapters)), paths.index(chapter.path) + 1
