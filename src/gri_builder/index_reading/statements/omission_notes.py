"""Notes below the tables of an index, to which marks in the column of omissions refer: what is omitted, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from gri_builder.index_reading.codes import CodeReader
from gri_builder.index_reading.index_tables.lines import Line, make_lines
from gri_builder.index_reading.index_tables.table import TableRow
from gri_builder.index_reading.statements.omission_reading import is_nothing, read_omission
from gri_builder.pdf_reader.pdf_file import Page

_NUMBER = re.compile(r"\s*(?:\d{1,3}|[*†‡§]{1,2})[.)]?\s+")
"""The mark at the start of a note."""
_BETWEEN = re.compile(r"[\s,;:&]*(?:and\s+|und\s+|et\s+|y\s+)?")
"""What is between the codes of a note, and behind them."""
LONGEST_MARK = 16
"""Characters of a cell that only marks what a note says: 'b–d, g1'."""
SAME_LEFT = 3.0
"""Points between the left edges of a note's lines."""
NEXT_LINE = 1.9
"""Heights of a line from one line of a note to the next one at most."""


def attach_notes(rows: Sequence[TableRow], pages: Sequence[Page], reader: CodeReader) -> None:
    """Put into the column of omissions what notes that name the row's code say, where the cell only has a mark.

    The management approach, which many rows have, is named by its code alone, so that its notes are left out.
    """
    held = sorted({row.page for row in rows})
    notes = dict(_find_notes((pages[number - 1] for number in held), reader))
    for row in rows:
        cell = row.cells.get("omission", "").strip()
        note = notes.get(row.code.code, "")
        if not note or len(cell) > LONGEST_MARK or row.code.code in reader.framework.management_approaches:
            continue
        marked = bool(cell) and not is_nothing(cell)
        if read_omission(note, lenient=marked):
            row.cells["omission"] = note


def _find_notes(pages: Iterable[Page], reader: CodeReader) -> Iterator[tuple[str, str]]:
    """Yield the codes of notes, each with the text of its note."""
    for page in pages:
        lines = list(make_lines(list(page.words)))
        for place, line in enumerate(lines):
            if found := _NUMBER.match(line.text):
                codes, start = _read_codes(line.text, found.end(), reader)
                text = " ".join([line.text[start:], *_read_on(lines[place:])])
                yield from ((code, text) for code in codes)


def _read_codes(text: str, start: int, reader: CodeReader) -> tuple[list[str], int]:
    """Return the codes that follow each other from a place on, and where they end: before the letters of the last."""
    codes: list[str] = []
    known = {each.start: each for each in reader.find(text) if each.known}
    while start in known:
        code = known[start]
        codes.append(code.code)
        end = start + len(code.as_written)
        if code.parts:
            end = text.find(code.parts[0], start + len(code.code.rpartition("-")[2]), end)
        behind = _BETWEEN.match(text, end)
        start = behind.end() if behind else end
    return codes, start


def _read_on(lines: Sequence[Line]) -> Iterator[str]:
    """Yield the further lines of the note that starts in the first of some lines."""
    first = before = lines[0]
    for line in lines[1:]:
        near = line.top - before.top < NEXT_LINE * (before.bottom - before.top)
        alike = abs(line.words[0].size - first.words[-1].size) < 0.5
        if not near or not alike or abs(line.left - first.left) > SAME_LEFT or _NUMBER.match(line.text):
            return
        yield line.text
        before = line
