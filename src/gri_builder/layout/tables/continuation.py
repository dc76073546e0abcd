"""Tables over pages: the caption, and the heading of a group of rows, are repeated on the next page."""

from __future__ import annotations

from msgspec.structs import replace

from gri_builder.layout.tables.rows import Row
from gri_builder.model.rich_text import Run, Runs
from gri_builder.resources.sentences import Words, add_in_brackets


def note_continuation(words: Words) -> str:
    """Return what is behind a caption that is repeated: 'continued' in brackets, with the space before it."""
    return add_in_brackets("", words.get("continued", "continued"), words)


def continue_caption(caption: Runs, continued: str) -> Runs:
    """Return a caption followed by 'continued' in brackets, without links and marks of footnotes.

    It is an artifact, so that readers who hear the table hear it once.
    """
    kept = tuple(replace(run, link=None, printed=None) for run in caption if run.note is None)
    return (*kept, Run(continued)) if continued else kept


def repeat_group(upper: list[Row], lower: list[Row]) -> list[Row]:
    """Return the rows of the next page, below the heading of the group that continues there."""
    spans = any(cell.rows > 1 for row in (*upper, *lower) for cell in row.cells)
    heading = next((row for row in reversed(upper) if row.group), None)
    if heading is None or spans or lower[0].kind in ("group", "total"):
        return lower
    return [replace(heading, repeated=True), *lower]
