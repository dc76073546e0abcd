"""Tables: the block rule, which keeps the bars inside placeholders, and findings for cells that have no column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_BAR = "\x1a"
"""Takes the place of a bar that separates no cells; no passage contains it."""
_PLACEHOLDER = re.compile(r"\{\{[^{}\n]*\}\}")
_LONE_BAR = re.compile(r"(?<!\\)\|")
_DELIMITERS = re.compile(r"\|?[ \t]*:?[-–—−]+:?[ \t]*(?:\|[ \t]*:?[-–—−]+:?[ \t]*)*\|?")
_GRID = re.compile(r"\+(?:[-=]+\+){2,}")


class TableError(NamedTuple):
    """An error in the lines of a paragraph that may be meant as a table."""

    line: int
    """Index of the line, from 0."""
    message: str
    hint: str


def hide_bars(state: StateCore) -> None:
    """Core rule, before blocks: bars inside placeholders separate no cells."""
    if "{{" in state.src and "|" in state.src:
        state.src = _PLACEHOLDER.sub(lambda match: _LONE_BAR.sub(_BAR, match[0]), state.src)


def restore_bars(state: StateCore) -> None:
    """Core rule, after blocks: undo `hide_bars`."""
    for token in state.tokens:
        if _BAR in token.content:
            token.content = token.content.replace(_BAR, "|")


def read_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Block rule: a table; each row gets its cells as in the source, for rows with too many."""
    first = len(state.tokens)
    found = table(state, start, end, silent)
    for token in state.tokens[first:]:
        if token.type == "tr_open" and token.map:
            row = token.map[0]
            token.meta["cells"] = split_row(state.src[state.bMarks[row] + state.tShift[row] : state.eMarks[row]])
    return found


def split_row(line: str) -> list[str]:
    """Return the cells of a row (GitHub Flavored Markdown, 4.10)."""
    cells = escapedSplit(line.strip())
    if cells and not cells[0]:
        cells.pop(0)
    if cells and not cells[-1]:
        cells.pop()
    return [cell.strip().replace(_BAR, "|") for cell in cells]


def surplus_cells(row: Token, columns: int) -> list[str]:
    """Return the cells of a row that have a text but no column."""
    return [cell for cell in row.meta.get("cells", ())[columns:] if cell]


def find_table_errors(lines: Sequence[str]) -> Iterator[TableError]:
    """Yield an error for each line of a paragraph that shows that it is meant as a table."""
    bare = [line.strip() for line in lines]
    for number, line in enumerate(bare):
        if _GRID.fullmatch(line):
            yield TableError(number, "tables drawn with '+' are not supported", _hint(bare, number + 1))
            return
        if "|" in line and _DELIMITERS.fullmatch(line):
            yield _delimiter_error(bare, number)
            return
    for number, (row, below) in enumerate(pairwise(bare)):
        if _is_row(row) and _is_row(below):
            message = "the rows of a table have no line of dashes below their header"
            yield TableError(number, message, _hint(bare, number))
            return


def _is_row(line: str) -> bool:
    """Whether a line has cells between bars, at both of its ends too."""
    return line.startswith("|") and line.endswith("|") and line.count("|") > 2


def _delimiter_error(lines: Sequence[str], number: int) -> TableError:
    """Return the error of a line of dashes that makes no table."""
    if number == 0:
        return TableError(number, "a table has no header above its line of dashes", "write a row of headers above it")
    dashes, header = len(split_row(lines[number])), len(split_row(lines[number - 1]))
    if any(character in "–—−" for character in lines[number]):
        message = "the line below the header of a table has long dashes, which make no table"
    elif dashes == header:
        message = "the line below the header of a table cannot be read"
    else:
        message = f"the header of a table has {header} cells, but the line of dashes below it has {dashes}"
    return TableError(number, message, _hint(lines, number - 1))


def _hint(lines: Sequence[str], header: int) -> str:
    count = len(split_row(lines[header])) if header < len(lines) and "|" in lines[header] else 2
    return f"write below the header: {'|' + '---|' * count}"
