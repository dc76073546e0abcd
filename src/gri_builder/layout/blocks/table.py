"""Tables: columns sized by content, header rows on every page, rows and cells that split over pages."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from gri_builder.layout.blocks.paragraph import TextLines, resolve_pages
from gri_builder.layout.canvas import Pen, ReportCanvas
from gri_builder.layout.decimal_alignment import align_decimals
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.line_breaking import Line, Word, natural_widths
from gri_builder.layout.style import Style, TextStyle, limit_indent
from gri_builder.model.color import WHITE, Color, mix
from gri_builder.model.rich_text import Cell, Runs, Table
from gri_builder.pdf.content_stream import Operators, combine, fill, join_paths, line, rectangle, set_stroke, stroke
from gri_builder.pdf.structure_tree import StructureElement, pdf_text
from gri_builder.resources.languages import decimal_sign

PAD_X, PAD_Y = 5.0, 3.6
HAIRLINE = 0.4
"""Thickness of the lines under rows."""
NUMBER_COLUMN = 62
"""Preferred width of a column of numbers."""
MIN_SPLIT_LINES = 6
"""Minimum number of lines of a row that may be split."""
MAX_UNSPLIT_ROWS = 3
"""Maximum number of rows of a table that is never split."""
MIN_KEPT_LINES = 3
"""Minimum number of lines of a split row on each page."""


class PlacedCell(Struct):
    """A cell in its column, with the lines not painted yet."""

    cell: Cell
    column: int
    rows: int
    """Number of rows that it still spans."""
    text: TextLines
    words: tuple[list[Word], ...] = ()
    """The words of each of its paragraphs, with page numbers set, until they are broken into lines."""
    lines: list[Line] = field(default_factory=list)
    shift: float = 0.0
    """Distance of its text from the right edge, which aligns decimal signs."""

    @property
    def height(self) -> float:
        """Height of its lines with padding."""
        return len(self.lines) * self.text.style.leading + 2 * PAD_Y


class Row(Struct):
    """A row of placed cells."""

    cells: list[PlacedCell]
    group: bool = False
    """Whether it is the heading of a group of rows."""
    height: float = 0.0
    continues: bool = False
    """Whether it continues on the next page, without a line below it."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Labels of the footnotes referred to in it."""
        return tuple(label for cell in self.cells for line in cell.lines for label in line.notes)


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
    ) -> None:
        super().__init__(before=8, after=12)
        self.table, self.language, self.style, self.color, self.indent = table, language, style, color, indent
        self.element = StructureElement("Table", parent)
        self.caption = _caption_lines(table.caption, self.element, language, replace(style.caption, color=color))
        self.caption_lines: list[Line] = []
        # THead requires a TBody (ISO 14289-1, 7.2): without one, header rows are children of the table
        head = StructureElement("THead", self.element) if table.header and table.body else self.element
        self.header = [self._place(row, head, True) for row in _filled(table.header)]
        groups, body = set(table.groups), StructureElement("TBody", self.element)
        self.rows = [self._place(row, body, False, n in groups) for n, row in enumerate(_filled(table.body))]
        if len(self.header) > 1 or groups:
            _name_headers(self.header, self.rows, number)
        self.widths: list[float] = []
        self.least_width = 0.0
        """Minimum width of the table; in less, words are broken anywhere."""
        self.repeated = False
        """Whether the header rows repeat those of a page before."""

    def _place(self, row: list[tuple[int, Cell]], parent: StructureElement, header: bool, group: bool = False) -> Row:
        """Return a row with an element for each cell (ISO 32000-1, 14.8.4.3.4)."""
        line_element = StructureElement("TR", parent)
        cells = []
        for column, cell in row:
            is_header = header or cell.header or group
            scope = f"/Scope/{'Column' if header else 'Row'}" if is_header else ""
            spans = (f"/ColSpan {cell.columns}" if cell.columns > 1 else "") + (
                f"/RowSpan {cell.rows}" if cell.rows > 1 else ""
            )
            attributes = f"<</O/Table{scope}{spans}>>" if scope or spans else None
            element = StructureElement("TH" if is_header else "TD", line_element, attributes=attributes)
            style = self._cell_style(column, cell, header, group)
            cell = _give_facts(cell, element)
            cells.append(PlacedCell(cell, column, cell.rows, TextLines(element, style, self.language)))
        return Row(cells, group)

    def _cell_style(self, column: int, cell: Cell, header: bool, group: bool) -> TextStyle:
        align = self.table.align[column] if column < len(self.table.align) else "left"
        right = align == "right" and cell.columns == 1
        bold = header or group
        color = self.color if header else self.style.text
        return replace(
            self.style.cell,
            align="left" if cell.columns > 1 and not header else align,
            tabular=right,
            bold=bold,
            color=color,
            hyphenate=not right,
            link=self.color,
        )

    # -- measuring ----------------------------------------------------------------------------------------------------

    def measure(self, width: float) -> None:
        """Choose column widths, break all cells and set row heights; the parts of a split keep their lines."""
        self.indent = limit_indent(self.indent, width)
        width -= self.indent
        if not self.widths:
            everything = self.header + self.rows
            self._set_words(everything)
            self.widths = self._column_widths(everything, width)
            if sum(self.widths) < self.least_width - 0.01:
                self.canvas.layout_warnings.check_table(self.table.where, self.canvas.page)
            for row in everything:
                for cell in row.cells:
                    cell.lines = self._break_cell(cell)
            self._align_numbers()
            if self.caption:
                self.caption_lines = self.caption.break_runs(self.table.caption, width)
            for row in everything:
                row.height = _row_height(row)
            _stretch(self.header)
        _stretch(self.rows)
        self.height = self._head_height() + sum(row.height for row in self.rows)
        self.notes = tuple(label for row in [*self.header, *self.rows] for label in row.notes)

    def _align_numbers(self) -> None:
        """Align decimal signs in each right-aligned column."""
        sign = decimal_sign(self.language)
        for column, width in enumerate(self.widths):
            if not self._grows(column):
                cells = [c for row in self.rows for c in row.cells if c.column == column and c.cell.columns == 1]
                align_decimals(cells, width - 2 * PAD_X, sign)

    def _break_cell(self, cell: PlacedCell) -> list[Line]:
        width = sum(self.widths[cell.column : cell.column + cell.cell.columns]) - 2 * PAD_X
        lines = [line for words in cell.words for line in cell.text.break_words(words, max(width, 8.0))]
        cell.words = ()
        return lines

    def _set_words(self, rows: list[Row]) -> None:
        """Split the text of all cells into words, with page numbers inserted."""
        for row in rows:
            for cell in row.cells:
                late = any(run.page_of for runs in cell.cell.paragraphs for run in runs)
                places = self.canvas.page_map if late else None
                cell.words = tuple(cell.text.words_of(resolve_pages(runs, places)) for runs in cell.cell.paragraphs)

    def _column_widths(self, rows: list[Row], width: float) -> list[float]:
        """Return the column widths: as wide as their content, or reduced between minimum and natural width."""
        count = max((c.column + c.cell.columns for row in rows for c in row.cells), default=0)
        if not count:
            return [width]
        if self.table.weights:
            total = sum(self.table.weights)
            return [width * weight / total for weight in self.table.weights]
        least, most = [0.0] * count, [0.0] * count
        for row in rows:
            for cell in row.cells:
                if cell.cell.columns == 1:
                    low, high = _cell_widths(cell)
                    least[cell.column] = max(least[cell.column], low)
                    most[cell.column] = max(most[cell.column], high)
        self._widen_for_spans(rows, least, most)
        most = [max(low, min(high, 1.5 * width)) for low, high in zip(least, most, strict=True)]
        self.least_width = sum(least)
        return _fit_columns(least, most, width, [self._grows(column) for column in range(count)])

    def _grows(self, column: int) -> bool:
        return column >= len(self.table.align) or self.table.align[column] != "right"

    @staticmethod
    def _widen_for_spans(rows: list[Row], least: list[float], most: list[float]) -> None:
        for row in rows:
            for cell in row.cells:
                count = cell.cell.columns
                if count > 1 and not row.group:
                    columns = range(cell.column, cell.column + count)
                    for widths, needed in zip((least, most), _cell_widths(cell), strict=True):
                        missing = needed - sum(widths[column] for column in columns)
                        for column in columns:
                            widths[column] += max(0.0, missing) / count

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
        kept = self.rows[: 3 if self.rows and self.rows[0].group else 2]
        if len(self.rows) <= MAX_UNSPLIT_ROWS:
            kept = self.rows
        tall = MIN_SPLIT_LINES * self.style.cell.leading
        tail = self.tail_height(width) if len(kept) == len(self.rows) else 0.0
        return self._head_height() + sum(min(row.height, tall) for row in kept) + tail

    def first_baseline(self) -> float:
        """Return the distance from the top to the first baseline of the caption or the first row."""
        if self.caption_lines:
            return self.style.caption.size
        return PAD_Y + self.style.cell.size

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
        cut = _cut_row(lower[0], room, at_top=self.frame.at_top and not upper)
        if cut:
            upper, lower = [*upper, cut[0]], [cut[1], *lower[1:]]
        else:
            while upper and (upper[-1].group or (len(lower) == 1 and len(upper) > 2 and not lower[0].group)):
                lower.insert(0, upper.pop())
        too_little = len(self.rows) <= MAX_UNSPLIT_ROWS or len(upper) == 1
        if not upper or (too_little and not cut and not self.frame.at_top):
            return []
        _cut_spans(upper, lower, inside=bool(cut))
        return [self.part(True, rows=upper), self.part(False, rows=lower, caption_lines=[], repeated=True)]

    def _with_header_as_body(self) -> TableBlock:
        """Return the table with header rows that are not repeated, as they would fill the page."""
        whole: TableBlock = self.part(True, header=[], rows=self.header + self.rows)
        whole.canvas, whole.frame = self.canvas, self.frame
        whole.wrap(self.width)
        return whole

    # -- painting -----------------------------------------------------------------------------------------------------

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint backgrounds and lines, then all text in one text object."""
        x += self.indent
        shapes, pen, y = [set_stroke(width=HAIRLINE)], Pen(canvas), top
        if self.caption and self.caption_lines:
            baseline = y - self.style.caption.size
            width = sum(self.widths)
            self.caption.write(pen, self.caption_lines, canvas.left(x, width), baseline, width)
            y -= len(self.caption_lines) * self.style.caption.leading + self.style.caption.after
        y = self._paint_header(pen, shapes, x, y)
        edges = [x + sum(self.widths[:column]) for column in range(len(self.widths) + 1)]
        spans = any(cell.rows > 1 for row in self.rows for cell in row.cells)
        for number, row in enumerate(self.rows):
            if row.group:
                band = rectangle(x, y - row.height, sum(self.widths), row.height)
                shapes.append(fill(band, mix(self.color, WHITE, 0.88)))
            self._paint_row(pen, row, number, x, y, artifact=False)
            y -= row.height
            if not row.continues:
                spanning = _spanned_columns(self.rows[: number + 1]) if spans else set()
                shapes.append(self._rule_under(spanning, edges, y))
        canvas.decorate(*shapes)
        pen.end()

    def _paint_header(self, pen: Pen, shapes: list[Operators], x: float, y: float) -> float:
        """Paint the header rows between two lines of the chapter's colour; return their lower edge."""
        if not self.header:
            return y
        width = sum(self.widths)
        shapes.append(stroke(line(x, y, x + width, y), color=self.color, width=1.1))
        for number, row in enumerate(self.header):
            self._paint_row(pen, row, -1 - number, x, y, artifact=self.repeated)
            y -= row.height
        below = stroke(line(x, y, x + width, y), color=self.color, width=0.6)
        shapes.append(combine(below, set_stroke(width=HAIRLINE)))
        return y

    def _paint_row(self, pen: Pen, row: Row, number: int, x: float, top: float, artifact: bool) -> None:
        for cell in row.cells:
            left = x + sum(self.widths[: cell.column]) + PAD_X
            width = sum(self.widths[cell.column : cell.column + cell.cell.columns]) - 2 * PAD_X
            y = top
            if number < 0 and cell.rows == 1:  # header cells are aligned at the bottom of their row
                y = top - row.height + cell.height
            style = cell.text.style
            left = pen.canvas.left(left, width)
            cell.text.write(pen, cell.lines, left, y - PAD_Y - 0.78 * style.leading, width - cell.shift, artifact)

    def _rule_under(self, spanning: set[int], edges: list[float], y: float) -> Operators:
        """Return the line under a row, except in columns where a cell spans further rows."""
        free = [column for column in range(len(self.widths)) if column not in spanning]
        segments = join_paths(line(edges[column], y, edges[column + 1], y) for column in free)
        return stroke(segments, color=self.style.border) if segments else Operators("")


def _give_facts(cell: Cell, element: StructureElement) -> Cell:
    """Move the facts of a cell that is one run to the cell's element, so that no Span is needed; return the cell."""
    if len(cell.paragraphs) != 1 or len(cell.paragraphs[0]) != 1 or cell.paragraphs[0][0].printed is None:
        return cell
    run = cell.paragraphs[0][0]
    assert run.printed is not None
    element.prints = ((run.printed, run.text),)
    return replace(cell, paragraphs=((replace(run, printed=None),),))


def _name_headers(header: list[Row], rows: list[Row], number: int) -> None:
    """Set ids of header cells, and for each cell the ids of its headers (ISO 32000-1, table 349).

    `number` is the table's in the document. A single level of headers needs no ids, as their scope is enough.
    """
    over: dict[int, list[str]] = {}
    for level, row in enumerate(header):
        for cell in row.cells:
            cell.text.element.id = f"table-{number}-head-{level}-{cell.column}"
            for column in range(cell.column, cell.column + cell.cell.columns):
                over.setdefault(column, []).append(cell.text.element.id)
    group: list[str] = []
    for index, row in enumerate(rows):
        beside: list[str] = []
        if row.group:
            group = []
        for cell in row.cells:
            element = cell.text.element
            if row.group or cell.cell.header:
                element.id = f"table-{number}-row-{index}-{cell.column}"
                (group if row.group else beside).append(element.id)
            own = [*over.get(cell.column, []), *group, *beside]
            names = " ".join(pdf_text(name) for name in own if name != element.id)
            if names and not row.group:
                inner = (element.attributes or "<</O/Table>>").removesuffix(">>")
                element.attributes = f"{inner}/Headers[{names}]>>"


def _caption_lines(caption: Runs, parent: StructureElement, language: str, style: TextStyle) -> TextLines | None:
    return TextLines(StructureElement("Caption", parent), style, language) if caption else None


def _filled(rows: tuple[tuple[Cell, ...], ...]) -> Iterator[list[tuple[int, Cell]]]:
    """Yield each row's cells with their columns, skipping those occupied by cells that span from above."""
    taken: dict[int, int] = {}
    for row in rows:
        placed, column = [], 0
        for cell in row:
            while taken.get(column, 0) > 0:
                column += 1
            placed.append((column, cell))
            for spanned in range(column, column + cell.columns):
                taken[spanned] = cell.rows
            column += cell.columns
        taken = {column: left - 1 for column, left in taken.items()}
        yield placed


def _cell_widths(cell: PlacedCell) -> tuple[float, float]:
    """Return the minimum and the natural width of a cell."""
    widths = [natural_widths(words) for words in cell.words] or [(0.0, 0.0)]
    return max(low for low, _ in widths) + 2 * PAD_X, max(high for _, high in widths) + 2 * PAD_X


def _fit_columns(least: list[float], most: list[float], width: float, grows: list[bool]) -> list[float]:
    """Return widths that add up to `width`, between minimum and natural widths as far as possible."""
    if sum(most) <= width:
        return _spread(most, width, grows)
    if sum(least) >= width:
        return [low * width / sum(least) for low in least]
    wish = [(high - low) ** 0.75 for low, high in zip(least, most, strict=True)]
    share = (width - sum(least)) / sum(wish)
    return [low + share * w for low, w in zip(least, wish, strict=True)]


def _spread(most: list[float], width: float, grows: list[bool]) -> list[float]:
    """Return the natural widths enlarged to fill `width`: first columns of numbers, then columns of text."""
    if not sum(most):
        return [width / len(most)] * len(most)
    extra = width - sum(most)
    airy = [high if grow else max(high, NUMBER_COLUMN) for high, grow in zip(most, grows, strict=True)]
    if sum(airy) > width:
        airy = [high + extra / len(most) for high in most]
    growing = [high if grow or not any(grows) else 0.0 for high, grow in zip(airy, grows, strict=True)]
    return [high + (width - sum(airy)) * g / sum(growing) for high, g in zip(airy, growing, strict=True)]


def _row_height(row: Row) -> float:
    """Return the height of a row by its cells that span no other row."""
    return max((cell.height for cell in row.cells if cell.rows == 1), default=2 * PAD_Y)


def _stretch(rows: list[Row]) -> None:
    """Enlarge the last row that each cell spans until the cell fits, short spans first."""
    spans = [
        (number + cell.rows, number, cell) for number, row in enumerate(rows) for cell in row.cells if cell.rows > 1
    ]
    for end, start, cell in sorted(spans, key=lambda span: span[:2]):
        spanned = rows[start:end]
        spanned[-1].height += max(0.0, cell.height - sum(row.height for row in spanned))


def _spanned_columns(rows: list[Row]) -> set[int]:
    """Return the columns of cells that span beyond the last of the rows."""
    columns: set[int] = set()
    for distance, row in enumerate(reversed(rows)):
        for cell in row.cells:
            if cell.rows > distance + 1:
                columns.update(range(cell.column, cell.column + cell.cell.columns))
    return columns


def _cut_row(row: Row, room: float, at_top: bool) -> tuple[Row, Row] | None:
    """Split a tall row into the lines that fit into the height and the others; None if it is kept whole."""
    if not row.cells:  # all of it is spanned from above
        return None
    longest = max(len(cell.lines) for cell in row.cells)
    leading = max(cell.text.style.leading for cell in row.cells)
    fitting = int((room - 2 * PAD_Y + 0.01) / leading)
    fitting = min(fitting, longest - MIN_KEPT_LINES) if longest - MIN_KEPT_LINES >= MIN_KEPT_LINES else fitting
    if fitting < (1 if at_top else MIN_KEPT_LINES) or (longest < MIN_SPLIT_LINES and not at_top) or fitting >= longest:
        return None
    upper = [replace(cell, lines=cell.lines[:fitting], rows=1) for cell in row.cells]
    lower = [replace(cell, lines=cell.lines[fitting:]) for cell in row.cells]
    rest = Row(lower, row.group)
    rest.height = _row_height(rest)
    return Row(upper, row.group, fitting * leading + 2 * PAD_Y, continues=True), rest


def _cut_spans(upper: list[Row], lower: list[Row], inside: bool) -> None:
    """Continue cells that span over a page break below it, with the lines that do not fit above.

    `inside` is whether the break splits a row, which then counts on both sides.
    """
    continued: list[PlacedCell] = []
    for number, row in enumerate(upper):
        above = upper[number:]
        whole = len(above) - inside
        kept = list(row.cells)
        for position, cell in enumerate(row.cells):
            if cell.rows > whole and not (inside and row is upper[-1]):
                room = sum(r.height for r in above) - 2 * PAD_Y
                fitting = max(0, int((room + 0.01) / cell.text.style.leading))
                rest = replace(cell, rows=cell.rows - whole, lines=cell.lines[fitting:])
                kept[position] = replace(cell, rows=len(above), lines=cell.lines[:fitting])
                continued.append(rest)
        upper[number] = replace(row, cells=kept)
    if continued:
        cells = sorted([*lower[0].cells, *continued], key=lambda cell: cell.column)
        first = lower[0] = replace(lower[0], cells=cells)
        first.height = max(first.height, _row_height(first))
