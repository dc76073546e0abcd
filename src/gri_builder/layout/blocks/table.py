"""Tables: columns sized by content, header rows on every page, rows and cells that split over pages."""

from __future__ import annotations

from itertools import chain, pairwise

from msgspec.structs import replace

from gri_builder.layout.blocks.paragraph import TextLines, resolve_pages
from gri_builder.layout.canvas import Pen, ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.tables.continuation import continue_caption, repeat_group
from gri_builder.layout.tables.decimals import align_column, choose_sign, find_number
from gri_builder.layout.tables.emphasis import TINT, has_tint, list_kinds, style_cell
from gri_builder.layout.tables.fitting import MIN_SIZE, Fit, Rooms, choose_fit
from gri_builder.layout.tables.headers import give_facts, name_headers
from gri_builder.layout.tables.rows import (
    HAIRLINE,
    MAX_UNSPLIT_ROWS,
    MAX_UNSPLIT_SHARE,
    MIN_SPLIT_LINES,
    PAD_X,
    PAD_Y,
    TIGHT_PAD_X,
    PlacedCell,
    Row,
    RowKind,
    cut_row,
    cut_spans,
    fill_rows,
    is_part_enough,
    row_height,
    spanned_columns,
    stretch,
)
from gri_builder.layout.tables.solid_numbers import keep_numbers_whole
from gri_builder.layout.tables.widths import ColumnWidths, fit_columns, measure_columns
from gri_builder.model.color import WHITE, Color, mix
from gri_builder.model.rich_text import Cell, Runs, Table
from gri_builder.pdf.content_stream import Operators, combine, fill, join_paths, line, rectangle, set_stroke, stroke
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.resources.languages import decimal_sign
from gri_builder.typesetting.line_breaking import Line
from gri_builder.typesetting.style import Style, TextStyle, limit_indent

GROUP_TINT = 0.88
"""Share of white in the band behind the heading of a group of rows."""


class TableBlock(LayoutBox):
    """A table, or a part of it on one page; all parts share the same structure elements."""

    def __init__(
        self,
        table: Table,
        parent: StructureElement,
        language: str,
        style: Style,
        color: Color,
        indent: float = 0,
        number: int = 1,
        continued: str = "",
    ) -> None:
        super().__init__(before=8, after=12)
        self.table, self.language, self.style, self.color, self.indent = table, language, style, color, indent
        self.given_indent = indent
        self.continued = continued
        """What follows the caption on the next page."""
        self.element = StructureElement("Table", parent)
        self.caption = _caption_lines(table.caption, self.element, language, replace(style.caption, color=color))
        self.caption_lines: list[Line] = []
        # THead requires a TBody (ISO 14289-1, 7.2): without one, header rows are children of the table
        head = StructureElement("THead", self.element) if table.header and table.body else self.element
        self.header = [self._place(row, head, "header") for row in fill_rows(table.header)]
        body = StructureElement("TBody", self.element)
        kinds = list_kinds(table)
        self.rows = [self._place(row, body, kind) for row, kind in zip(fill_rows(table.body), kinds, strict=True)]
        if len(self.header) > 1 or table.groups:
            name_headers(self.header, self.rows, number)
        self.widths: list[float] = []
        self.fit: Fit | None = None
        """How it is set, once chosen."""
        self.repeated = False
        """Whether the header rows repeat those of a page before."""
        self._scale = 0.0
        """Of the text of its cells, once they have words."""
        self._columns: ColumnWidths | None = None
        runs = chain.from_iterable(chain.from_iterable(cell.cell.paragraphs for cell in self._cells()))
        self.has_late = any(run.page_of for run in runs)
        """Whether page numbers are printed that are known later."""
        self.floats = len(self.rows) <= MAX_UNSPLIT_ROWS
        self.is_part = False
        """Whether a split has set its rows, which then keep their lines."""

    def _place(self, row: list[tuple[int, Cell]], parent: StructureElement, kind: RowKind) -> Row:
        """Return a row with an element for each cell (ISO 32000-1, 14.8.4.3.4)."""
        line_element = StructureElement("TR", parent)
        cells = []
        for column, cell in row:
            is_header = kind in ("header", "group") or cell.header
            scope = f"/Scope/{'Column' if kind == 'header' else 'Row'}" if is_header else ""
            spans = (f"/ColSpan {cell.columns}" if cell.columns > 1 else "") + (
                f"/RowSpan {cell.rows}" if cell.rows > 1 else ""
            )
            attributes = f"<</O/Table{scope}{spans}>>" if scope or spans else None
            element = StructureElement("TH" if is_header else "TD", line_element, attributes=attributes)
            style = style_cell(self.table, self.style, self.color, cell, column, kind)
            cell = give_facts(cell, element)
            cells.append(PlacedCell(cell, column, cell.rows, TextLines(element, style, self.language)))
        return Row(cells, kind)

    def known_pages(self) -> int:
        """Return how many pages are finished, if it prints page numbers."""
        return self.canvas.page_map.pages if self.has_late else 0

    # -- measuring ----------------------------------------------------------------------------------------------------

    @property
    def _pad(self) -> float:
        """Space beside the text of cells."""
        return PAD_X if self._scale >= 1 else TIGHT_PAD_X

    @property
    def _everything(self) -> list[Row]:
        return self.header + self.rows

    def choose_fit(self, rooms: Rooms) -> Fit:
        """Choose how it is set in one of the rooms, in which it will be measured."""
        if self.table.weights:
            self._set_words(1.0)
            self.fit = Fit()
        else:
            sizes = (self.style.cell.size, self.style.small.size, MIN_SIZE)
            self.fit = choose_fit(self._measure_columns, sizes, rooms)
        return self.fit

    def gains_from(self, width: float, beside: float) -> bool:
        """Return whether it would be set in the margin column too, where text of that width has one beside it."""
        fit, self.fit = self.choose_fit(Rooms(width, beside)), None
        return fit.margin > 0

    def _measure_columns(self, scale: float) -> ColumnWidths:
        """Return the widths that the columns need with text of that scale."""
        if self._scale != scale or self._columns is None:
            self._set_words(scale)
            self._align_numbers()
            self._columns = measure_columns(self._everything, self._pad)
        return self._columns

    def measure(self, width: float) -> None:
        """Choose column widths, break all cells and set row heights; the parts of a split keep their lines."""
        if not self.is_part and self.has_late:
            self.widths = []
        if not self.widths:
            indent = limit_indent(self.given_indent, width)
            width -= indent
            fit = self.fit or self.choose_fit(Rooms(width))
            self.indent = indent - fit.margin
            width += fit.margin
            if self.has_late:
                self._scale = 0.0  # more page numbers are known than before
            self.widths = self._choose_widths(fit.scale, width)
            for cell in self._cells():
                cell.lines = self._break_cell(cell)
            if self.caption:
                self.caption_lines = self.caption.break_runs(self.table.caption, width)
            for row in self._everything:
                row.height = row_height(row)
            stretch(self.header)
        stretch(self.rows)
        self.height = self._head_height() + sum(row.height for row in self.rows)
        self.notes = tuple(label for row in self._everything for label in row.notes)

    def _cells(self) -> list[PlacedCell]:
        return [cell for row in self._everything for cell in row.cells]

    def _choose_widths(self, scale: float, width: float) -> list[float]:
        """Return the column widths: as wide as their content, or reduced between minimum and natural width."""
        if self.table.weights:
            if self._scale != scale:
                self._set_words(scale)
            total = sum(self.table.weights)
            return [width * weight / total for weight in self.table.weights]
        columns = self._measure_columns(scale)
        count = len(columns.natural)
        return fit_columns(columns, width, [self._grows(column) for column in range(count)]) if count else [width]

    def _align_numbers(self) -> None:
        """Align decimal signs in each right-aligned column."""
        units = self.table.units or ("",) * len(self.rows)
        columns: dict[int, list[tuple[PlacedCell, str]]] = {}
        for row, unit in zip(self.rows, units, strict=True):
            for cell in row.cells:
                if not self._grows(cell.column) and cell.cell.columns == 1 and len(cell.words) == 1:
                    columns.setdefault(cell.column, []).append((cell, unit))
        for placed in columns.values():
            cells = [cell for cell, _ in placed]
            sign = choose_sign((cell.words[0] for cell in cells), decimal_sign(self.language))
            for cell in cells:
                cell.number = find_number(cell.words[0], sign)
            needed = align_column(cells, [unit for _, unit in placed])
            for cell in cells:
                cell.number_width = needed

    def _break_cell(self, cell: PlacedCell) -> list[Line]:
        width = sum(self.widths[cell.column : cell.column + cell.cell.columns]) - 2 * self._pad
        if self.fit and self.fit.breaks_out:  # the build is refused; what is drawn stays on the page
            for word in chain.from_iterable(cell.words):
                word.solid = False
            cell.shift = 0.0
        lines = [line for words in cell.words for line in cell.text.break_words(words, max(width, 8.0))]
        cell.words = ()
        return lines

    def _set_words(self, scale: float) -> None:
        """Split the text of all cells into words of that scale, with page numbers inserted, and numbers kept whole."""
        factor = scale / (self._scale or 1.0)
        self._scale = scale
        for cell in self._cells():
            if factor != 1:
                cell.text.style = cell.text.style.scaled(factor)
            late = any(run.page_of for runs in cell.cell.paragraphs for run in runs)
            places = self.canvas.page_map if late else None
            words = (cell.text.words_of(resolve_pages(runs, places)) for runs in cell.cell.paragraphs)
            cell.words = tuple(map(keep_numbers_whole, words))

    def _grows(self, column: int) -> bool:
        return column >= len(self.table.align) or self.table.align[column] != "right"

    def _head_height(self) -> float:
        caption = (
            len(self.caption_lines) * self.style.caption.leading + self.style.caption.after
            if self.caption_lines
            else 0.0
        )
        return caption + sum(row.height for row in self.header)

    def min_height(self, width: float) -> float:
        """Return the minimum height before a page break: the header and the first two rows, or parts of tall ones."""
        self.wrap(width)
        kept = self.rows if self._is_whole else self._first_rows()
        tall = MIN_SPLIT_LINES * self.style.cell.leading
        tail = self.tail_height(width) if len(kept) == len(self.rows) else 0.0
        return self._head_height() + sum(min(row.height, tall) for row in kept) + tail

    @property
    def _is_whole(self) -> bool:
        """Whether it is kept on one page: it has few rows, and is not high."""
        return len(self.rows) <= MAX_UNSPLIT_ROWS and self.height <= MAX_UNSPLIT_SHARE * self.frame.height

    def _first_rows(self) -> list[Row]:
        """Return the rows that its first part has at least."""
        for count in range(1, len(self.rows)):
            if is_part_enough(self.rows[:count]):
                return self.rows[:count]
        return self.rows

    def first_baseline(self) -> float:
        """Return the distance from the top to the first baseline of the caption or the first row."""
        if self.caption_lines:
            return self.style.caption.size
        return PAD_Y + self.style.cell.size

    def settle(self, y: float, floor: float, mark_floor: float) -> float:
        """Take a place on a page; notes beside what follows a table that uses the margin are below it."""
        mark_floor = super().settle(y, floor, mark_floor)
        return min(mark_floor, y) if self.fit and self.fit.margin else mark_floor

    # -- splitting ----------------------------------------------------------------------------------------------------

    def split(self, width: float, height: float) -> list[LayoutBox]:
        """Return the rows that fit and the rest, a tall row split inside; nothing if too little fits."""
        if self.header and self._head_height() > 0.4 * self.frame.height:
            return self._with_header_as_body().split(width, height)
        room, count = height - self._head_height(), 0
        for row in self.rows:
            room -= row.height + self.frame.notes_height(row.notes)
            if room < -0.01:
                room += row.height
                break
            count += 1
        if count == len(self.rows):  # the rows fit, but not the small print that must keep with them
            count = max(0, count - 2)
        upper, lower = self.rows[:count], self.rows[count:]
        cut = cut_row(lower[0], room, at_top=self.frame.at_top and not upper)
        if cut:
            upper, lower = [*upper, cut[0]], [cut[1], *lower[1:]]
        else:
            while upper and (upper[-1].group or (is_part_enough(upper[:-1]) and not is_part_enough(lower))):
                lower.insert(0, upper.pop())
        too_little = self._is_whole or not (cut or is_part_enough(upper))
        if not any(not row.repeated for row in upper) or (too_little and not self.frame.at_top):
            return self._without_repeated_group().split(width, height) if self._starts_repeated else []
        cut_spans(upper, lower, inside=bool(cut))
        if not cut:
            lower = repeat_group(upper, lower)
        return [self.part(True, rows=upper, is_part=True), self._next_part(lower)]

    def _next_part(self, rows: list[Row]) -> TableBlock:
        """Return the part on the next page; it repeats the caption and the header."""
        again = self.caption_lines
        if self.caption and not self.repeated:
            width = sum(self.widths)
            again = self.caption.break_runs(continue_caption(self.table.caption, self.continued), width)
        part: TableBlock = self.part(False, rows=rows, caption_lines=again, repeated=True, is_part=True)
        return part

    @property
    def _starts_repeated(self) -> bool:
        return bool(self.rows) and self.rows[0].repeated and self.frame.at_top

    def _without_repeated_group(self) -> TableBlock:
        """Return the table without the repeated heading of its first group, which would fill the page."""
        return self._again(self.part(True, rows=self.rows[1:], is_part=True))

    def _with_header_as_body(self) -> TableBlock:
        """Return the table with header rows that are not repeated, as they would fill the page."""
        return self._again(self.part(True, header=[], rows=self._everything, is_part=True))

    def _again(self, whole: TableBlock) -> TableBlock:
        whole.canvas, whole.frame = self.canvas, self.frame
        whole.wrap(self.width)
        return whole

    # -- painting -----------------------------------------------------------------------------------------------------

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint backgrounds and lines, then all text in one text object."""
        x += self.indent
        self._report_fit(canvas)
        shapes, pen, y = [set_stroke(width=HAIRLINE)], Pen(canvas), top
        y = self._write_caption(pen, x, y)
        shapes += [*self._band_rows(x, y), *self._tint_columns(x, y)]
        y = self._paint_header(pen, shapes, x, y)
        edges = [x + sum(self.widths[:column]) for column in range(len(self.widths) + 1)]
        spans = any(cell.rows > 1 for row in self.rows for cell in row.cells)
        for number, row in enumerate(self.rows):
            shapes += self._set_off(row, number, x, y)
            self._paint_row(pen, row, x, y, artifact=row.repeated)
            y -= row.height
            if not row.continues:
                spanning = spanned_columns(self.rows[: number + 1]) if spans else set()
                shapes.append(self._rule_under(spanning, edges, y))
        canvas.decorate(*shapes)
        pen.end()
        if self.fit and self.fit.margin:  # notes beside what follows are below it
            canvas.mark_floor = min(canvas.mark_floor, y)

    def _report_fit(self, canvas: ReportCanvas) -> None:
        """Report words that are broken anywhere, and numbers that have no room."""
        if self.fit is None or self.repeated:
            return
        if self.fit.breaks_out:
            canvas.layout_warnings.refuse_table(self.table.where, canvas.page)
        elif self.fit.breaks_words:
            canvas.layout_warnings.check_table(self.table.where, canvas.page)

    def _write_caption(self, pen: Pen, x: float, y: float) -> float:
        """Write the caption, on later pages as an artifact; return its lower edge."""
        if not (self.caption and self.caption_lines):
            return y
        width, style = sum(self.widths), self.style.caption
        left = pen.canvas.left(x, width)
        self.caption.write(pen, self.caption_lines, left, y - style.size, width, self.repeated)
        return y - len(self.caption_lines) * style.leading - style.after

    def _tint_columns(self, x: float, y: float) -> list[Operators]:
        """Return the tint behind the columns that are set off."""
        if not (self.table.current and has_tint(self.style)):
            return []
        height = sum(row.height for row in self._everything)
        color = mix(self.color, WHITE, TINT)
        return [
            fill(rectangle(x + sum(self.widths[:column]), y - height, self.widths[column], height), color)
            for column in self.table.current
            if column < len(self.widths)
        ]

    def _band_rows(self, x: float, y: float) -> list[Operators]:
        """Return bands behind every other row, in a theme that has them; cells over several rows have none."""
        if self.style.tables != "bands" or any(cell.rows > 1 for row in self.rows for cell in row.cells):
            return []
        shapes, width = [], sum(self.widths)
        y -= sum(row.height for row in self.header)
        for number, row in enumerate(self.rows):
            if number % 2 == 0:
                shapes.append(fill(rectangle(x, y - row.height, width, row.height), self.style.surface))
            y -= row.height
        return shapes

    def _set_off(self, row: Row, number: int, x: float, y: float) -> list[Operators]:
        """Return what is painted behind a row: the band of a group or of a row set off, or the rule above a total."""
        width = sum(self.widths)
        if row.kind in ("group", "highlighted"):
            tint = GROUP_TINT if row.group else TINT
            return [fill(rectangle(x, y - row.height, width, row.height), mix(self.color, WHITE, tint))]
        if row.kind == "total" and number:
            rule = stroke(line(x, y, x + width, y), color=self.style.text, width=0.8)
            return [combine(rule, set_stroke(width=HAIRLINE))]
        return []

    def _paint_header(self, pen: Pen, shapes: list[Operators], x: float, y: float) -> float:
        """Paint the header rows between two lines of the chapter's colour; return their lower edge."""
        if not self.header:
            return y
        width = sum(self.widths)
        shapes.append(stroke(line(x, y, x + width, y), color=self.color, width=1.1))
        for row in self.header:
            self._paint_row(pen, row, x, y, artifact=self.repeated)
            y -= row.height
        below = stroke(line(x, y, x + width, y), color=self.color, width=0.6)
        shapes.append(combine(below, set_stroke(width=HAIRLINE)))
        return y

    def _paint_row(self, pen: Pen, row: Row, x: float, top: float, artifact: bool) -> None:
        for cell in row.cells:
            left = x + sum(self.widths[: cell.column]) + self._inset(cell.column)
            width = sum(self.widths[cell.column : cell.column + cell.cell.columns]) - 2 * self._pad
            y = top
            if row.kind == "header" and cell.rows == 1:  # header cells are aligned at the bottom of their row
                y = top - row.height + cell.height
            style = cell.text.style
            left = pen.canvas.left(left, width)
            cell.text.write(pen, cell.lines, left, y - cell.pad - 0.78 * style.leading, width - cell.shift, artifact)

    def _inset(self, column: int) -> float:
        """Return the space before the text of a column's cells."""
        return self._pad

    def _rule_under(self, spanning: set[int], edges: list[float], y: float) -> Operators:
        """Return the line under a row, except in columns where a cell spans further rows."""
        if self.style.tables == "bands" and not spanning:
            return Operators("")
        free = [False, *(column not in spanning for column in range(len(self.widths))), False]
        ends = [edge for edge, sides in zip(edges, pairwise(free), strict=True) if sides[0] != sides[1]]
        segments = join_paths(line(left, y, right, y) for left, right in zip(ends[::2], ends[1::2], strict=True))
        return stroke(segments, color=self.style.border) if segments else Operators("")


def _caption_lines(caption: Runs, parent: StructureElement, language: str, style: TextStyle) -> TextLines | None:
    return TextLines(StructureElement("Caption", parent), style, language) if caption else None
