"""A table of the content index: dense rows, and the names of its section and group again on each page."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from gri_builder.layout.blocks.paragraph import TextLines
from gri_builder.layout.blocks.table import TableBlock
from gri_builder.layout.canvas import Pen, ReportCanvas
from gri_builder.layout.index.index_columns import CODE, TITLE, IndexColumns, Needs
from gri_builder.layout.tables.fitting import TOLERANCE, Fit, Rooms
from gri_builder.layout.tables.rows import HAIRLINE, PlacedCell, Row
from gri_builder.layout.tables.widths import measure_columns
from gri_builder.model.color import Color
from gri_builder.model.rich_text import Run, Table
from gri_builder.pdf.content_stream import Operators, combine, line, set_stroke, stroke
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.typesetting.line_breaking import Line, natural_widths
from gri_builder.typesetting.style import Style

ROW_PAD, HEAD_PAD, COLUMN_PAD = 1.3, 2.0, 5.0
"""Space above and below the text of rows and of the head, and beside the text of cells, in points."""
FEWEST_SPLIT_ROWS = 6
"""Rows, with names of groups, up to which a table is never split."""
TAIL_ROOM = 10.0
"""Room for space above the first note beyond that as designed."""
TABLE_BEFORE = 5.0
"""Space between a heading and its table."""
LEADING = 1.25
"""Leading of rows, by their size."""


def style_index(style: Style) -> Style:
    """Return the style in which the tables of the index are set: small, without a tint."""
    size = style.small.size
    cell = replace(style.cell, size=size, leading=size * LEADING)
    return replace(style, cell=cell, caption=replace(style.label, after=3))


LOUD = frozenset({CODE, TITLE, "page", "omissions"})
"""Columns whose text is as dark as running text; the others are quiet."""


class IndexTable(TableBlock):
    """A table of the content index; its name is repeated where it continues on the next page."""

    def __init__(
        self,
        table: Table,
        parent: StructureElement,
        language: str,
        style: Style,
        color: Color,
        number: int,
        names: tuple[str, str],
        columns: tuple[Sequence[str], IndexColumns],
    ) -> None:
        """`names` are its own and 'continued' in brackets, `columns` the ids of its columns and their widths."""
        super().__init__(table, parent, language, style_index(style), color, 0, number, names[1])
        self.before, self.floats = TABLE_BEFORE, False
        self.name = names[0]
        self.columns, self.shared = columns
        self.again = TextLines(StructureElement("Caption", None), replace(self.style.caption, color=color), language)
        self._dress()

    def _dress(self) -> None:
        """Set the space and the type of head, groups and rows; titles and links are dark, all else is quiet."""
        for row in self._everything:
            for cell in row.cells:
                style = cell.text.style
                cell.pad = HEAD_PAD if row.kind == "header" else ROW_PAD
                if row.kind == "header":
                    cell.text.style = replace(style, bold=False, hyphenate=False)
                elif row.group:
                    cell.text.style = replace(style, color=self.color)
                elif self.columns[cell.column] not in LOUD:
                    cell.text.style = replace(style, color=self.style.muted)

    # -- measuring ----------------------------------------------------------------------------------------------------

    @property
    def _pad(self) -> float:
        return COLUMN_PAD

    def _inset(self, column: int) -> float:
        """Return the space before a column's text; the first one is in line with the headings."""
        return COLUMN_PAD if column else 0.0

    def choose_fit(self, rooms: Rooms) -> Fit:
        """Add what its columns need to that of the other tables."""
        self._set_words(1.0)
        heads = {cell.column: _measure_head(cell) for row in self.header for cell in row.cells}
        self.shared.add(self.columns, heads, measure_columns(self.rows, self._pad))
        self.fit = Fit()
        return self.fit

    def _choose_widths(self, scale: float, width: float) -> list[float]:
        if self._scale != scale:
            self._set_words(scale)
        return self.shared.choose(self.columns, width)

    def _break_cell(self, cell: PlacedCell) -> list[Line]:
        """Return the lines of a cell; a head that needs two has them of one length."""
        width = sum(self.widths[cell.column : cell.column + cell.cell.columns]) - 2 * COLUMN_PAD
        natural = max((natural_widths(words)[1] for words in cell.words), default=0.0)
        if cell in self.header[0].cells and natural > width:
            width = min(width, _halve(cell) + TOLERANCE)
            return [line for words in cell.words for line in cell.text.break_words(words, width)]
        return super()._break_cell(cell)

    def tail_height(self, width: float) -> float:
        """Return the height of its first note, with room for the space that a chapter's spread adds."""
        return super().tail_height(width) + (TAIL_ROOM if self.tail else 0.0)

    # -- splitting ----------------------------------------------------------------------------------------------------

    @property
    def _is_whole(self) -> bool:
        """Return whether it is kept on one page: a list may continue on the next one, unless it is very short."""
        return len(self.rows) <= FEWEST_SPLIT_ROWS

    def _next_part(self, rows: list[Row]) -> TableBlock:
        """Return the part on the next page, below its name and that of the group that continues there."""
        width = sum(self.widths)
        name = (Run(f"{self.name}{self.continued}"),)
        if rows[0].repeated:
            rows = [self._continue_group(rows[0]), *rows[1:]]
        part: TableBlock = self.part(
            False,
            rows=rows,
            caption=self.again,
            caption_lines=self.again.break_runs(name, width),
            repeated=True,
            is_part=True,
        )
        return part

    def _continue_group(self, row: Row) -> Row:
        """Return the repeated name of a group, with 'continued' in brackets."""
        (cell,) = row.cells
        runs = (*cell.cell.paragraphs[0], Run(self.continued))
        lines = cell.text.break_runs(runs, sum(self.widths) - 2 * COLUMN_PAD)
        return replace(row, cells=[replace(cell, lines=lines)])

    # -- painting -----------------------------------------------------------------------------------------------------

    def _set_off(self, row: Row, number: int, x: float, y: float) -> list[Operators]:
        """Return the line above the name of a group: in the section's colour, between pale lines of rows."""
        if not (row.group and number):
            return []
        rule = stroke(line(x, y, x + sum(self.widths), y), color=self.color, width=HAIRLINE)
        return [combine(rule, set_stroke(width=HAIRLINE))]

    def _paint_row(self, pen: Pen, row: Row, x: float, top: float, artifact: bool) -> None:
        """Paint a row, and name the place of what is omitted in it, so that its note can lead back."""
        super()._paint_row(pen, row, x, top, artifact)
        for cell in row.cells:
            for target in _list_marks(cell):
                self._add_place(pen.canvas, target, top)

    def _add_place(self, canvas: ReportCanvas, target: str, top: float) -> None:
        number = target.rpartition("/")[2]
        canvas.add_destination(f"omitted/{number}", top + 4)


def _measure_head(cell: PlacedCell) -> Needs:
    """Return the widths in which the words of a head are whole, and in which it has two lines at most."""
    widest = max((natural_widths(words)[0] for words in cell.words), default=0.0)
    halved = _halve(cell) + 2 * COLUMN_PAD
    return Needs(widest + 2 * COLUMN_PAD, halved, halved)


def _halve(cell: PlacedCell) -> float:
    """Return the width in which a head has two lines at most, if its words allow it."""
    words = [word for words in cell.words for word in words]
    lines = ((words[:place], words[place:]) for place in range(len(words)))
    return min((max(natural_widths(first)[1], natural_widths(rest)[1]) for first, rest in lines), default=0.0)


def _list_marks(cell: PlacedCell) -> list[str]:
    """Return the notes that a cell refers to."""
    links = (run.link for runs in cell.cell.paragraphs for run in runs)
    return list(dict.fromkeys(link for link in links if link and link.startswith("#omission/")))
