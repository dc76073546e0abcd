"""Makes the PDF of a layout and its truth."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from tests.support.index_layouts.drawing import BOLD, FONT, Column, Group, TableDrawer
from tests.support.index_layouts.layout import Layout
from tests.support.index_layouts.rows import Row, make_rows
from tests.support.index_layouts.standards import TRUTH_NAMES, framework_words, standard_name, topic_of

WIDE, HIGH = 595.0, 842.0
MARGIN, HEAD, FOOT = 45.0, 100.0, 62.0
ROMAN = ("i", "ii", "iii", "iv", "v", "vi")
TRAILING = 2
"""Pages of the report after its index."""
APPROACHES = ("energy", "water", "emissions", "effluents-and-waste", "occupational-health-and-safety")
APPROACH_TITLES = ("Energy", "Water", "Emissions", "Effluents and waste", "Health and safety at work")


@dataclass
class Face:
    """A printed page."""

    draw: Callable[[Canvas, float, float], None]
    number: int | None = None
    label: str = ""
    """What is printed as its number."""
    wide: float = WIDE
    high: float = HIGH
    turn: int = 0
    physical: int = 0


@dataclass
class Placed:
    """A group on a page of the index."""

    group: Group
    rows: list[Row]
    table: int
    top: float
    shaded: bool


class Report:
    """A report in the making."""

    def __init__(self, layout: Layout, seed: int = 0) -> None:
        self.layout = layout
        self.rng = random.Random(f"{layout.name}/{seed}")
        self.words = framework_words(layout.wording.language, layout.framework, layout.option)
        self.last = layout.numbering.first + layout.body - 1
        self.rows = [] if "no-index" in layout.extras else self._make_rows()
        self.approaches = self._make_approaches()
        self.index = list(self._paginate())
        self.faces = list(self._faces())

    def make(self) -> tuple[bytes, dict[str, Any]]:
        """Return the PDF and its truth."""
        stream = io.BytesIO()
        canvas = Canvas(stream, pagesize=(WIDE, HIGH), invariant=True)
        canvas.setTitle(f"Harbor Mills {self.layout.name}")
        for physical, sheet in enumerate(self._sheets(), 1):
            self._draw_sheet(canvas, sheet, physical)
        canvas.save()
        return stream.getvalue(), self._truth()

    def _make_rows(self) -> list[Row]:
        layout = self.layout
        rows = make_rows(
            layout.wording, self.rng, (layout.numbering.first, self.last), layout.specific, layout.framework
        )
        for row in rows:
            if layout.tail:
                row.cells["title"] += f", {self.words['tail']}"
        for change in layout.change:
            change(rows, self.words, self.rng)
        return rows

    def _make_approaches(self) -> list[Row]:
        if "approach-table" not in self.layout.extras:
            return []
        rows = []
        for aspect, title in zip(APPROACHES, APPROACH_TITLES, strict=True):
            page = self.rng.randint(2, self.last)
            cells = {"code": "G4-DMA", "title": title, "page": str(page)}
            rows.append(Row("G4-DMA", "G4-DMA", cells, ((page, page),), aspect=aspect))
        return rows

    # The index, page by page

    def _columns(self) -> tuple[Column, ...]:
        size = (HIGH if self.layout.landscape or self.layout.turn else WIDE) - 2 * MARGIN
        size = (size - 24 * (self.layout.tables - 1)) / self.layout.tables
        scale = size / sum(column.width for column in self.layout.columns)
        return tuple(replace(column, width=column.width * scale) for column in self.layout.columns)

    def _groups(self) -> Iterator[tuple[Group, list[Row]]]:
        """Yield what the index holds, from the top."""
        rows, headed, before = list(self.rows), 0, ""
        while rows:
            if self.layout.headings and headed < 2 and (not headed or not rows[0].general):
                yield Group([], heading=self.words["groups"][headed]), []
                headed += 1
            count = self.rng.randint(2, 8) if self.layout.merged and self.rng.random() < 0.6 else 1
            general = rows[0].general
            taken = [row for row in rows[:count] if row.general == general]
            topic = topic_of(rows[0].code) if rows[0].aspect is None else rows[0].aspect
            if self.layout.topics and not general:
                taken = [row for row in taken if (row.aspect or topic_of(row.code)) == topic]
                if topic != before:
                    yield Group([], heading=standard_name(topic)), []
                before = topic
            rows = rows[len(taken) :]
            for row in taken[1:]:
                row.items, row.missing, row.omission = taken[0].items, taken[0].missing, taken[0].omission
                row.cells |= {kind: taken[0].cells.get(kind, "") for kind in self.layout.merged}
            merged = self.layout.merged if len(taken) > 1 else frozenset()
            yield Group([{"answer": row.cells["page"], **row.cells} for row in taken], merged), taken

    def _paginate(self) -> Iterator[list[Placed]]:
        layout = self.layout
        high = WIDE if layout.landscape or layout.turn else HIGH
        drawer = TableDrawer(Canvas(io.BytesIO()), self._columns(), layout.style, 0)
        page: list[Placed] = []
        table, top, left = 0, high - HEAD, len(self.rows)
        for group, rows in self._groups():
            height = drawer.height(group)
            kept = 60 if group.heading else 0
            force = layout.on_last and 0 < left <= layout.on_last and page
            if page and (top - height - kept < FOOT or force):
                table += 1
                top = high - HEAD
                if table == layout.tables or force:
                    yield page
                    page, table = [], 0
                if force:
                    left = 0
            page.append(Placed(group, rows, table, top, len(page) % 2 == 1))
            top -= height
            left -= len(rows)
        if page:
            yield page

    # The pages

    def _faces(self) -> Iterator[Face]:
        numbering = self.layout.numbering
        for place in range(numbering.front):
            yield Face(self._cover if not place else self._filler, label=ROMAN[place])
        number = numbering.first
        for number in range(numbering.first, self.last + 1):
            yield self._numbered(number, partial(self._body, number))
            if number in numbering.plates:
                yield Face(self._plate)
        if self.approaches:
            number += 1
            yield self._numbered(number, self._approach_page)
        for place, page in enumerate(self.index):
            number += 1
            draw = partial(self._index_page, page, place)
            yield self._numbered(number, draw, self.layout.landscape, self.layout.turn)
        for extra in [self._statement] * ("statement" in self.layout.extras) + [self._filler] * TRAILING:
            number += 1
            yield self._numbered(number, extra)

    def _numbered(
        self, number: int, draw: Callable[[Canvas, float, float], None], landscape: bool = False, turn: int = 0
    ) -> Face:
        total = self.last + len(self.index) + TRAILING
        label = self.layout.numbering.form.format(n=number, total=total)
        wide, high = (HIGH, WIDE) if landscape or turn else (WIDE, HIGH)
        return Face(draw, number, label, wide, high, turn)

    def _sheets(self) -> Iterator[list[Face]]:
        if not self.layout.numbering.spread:
            yield from ([face] for face in self.faces)
            return
        yield self.faces[:1]
        for start in range(1, len(self.faces), 2):
            yield self.faces[start : start + 2]

    def _draw_sheet(self, canvas: Canvas, sheet: Sequence[Face], physical: int) -> None:
        wide, high = sum(face.wide for face in sheet), max(face.high for face in sheet)
        turn = sheet[0].turn
        canvas.setPageSize((wide, high))  # reportlab exchanges the two on turned pages
        if turn == 90:
            canvas.setPageRotation(90)
            canvas.translate(high, 0)
            canvas.rotate(90)
        elif turn == 270:
            canvas.setPageRotation(270)
            canvas.translate(0, wide)
            canvas.rotate(-90)
        left = 0.0
        for face in sheet:
            face.physical = physical
            canvas.saveState()
            canvas.translate(left, 0)
            face.draw(canvas, face.wide, face.high)
            self._print_number(canvas, face)
            canvas.restoreState()
            left += face.wide
        canvas.showPage()
        canvas.setPageRotation(0)

    def _print_number(self, canvas: Canvas, face: Face) -> None:
        canvas.setFont(FONT, 8)
        if not self.layout.numbering.outside:
            canvas.drawCentredString(face.wide / 2, 26, face.label)
        elif face.number and face.number % 2:
            canvas.drawRightString(face.wide - MARGIN, 26, face.label)
        else:
            canvas.drawString(MARGIN, 26, face.label)

    def _cover(self, canvas: Canvas, _wide: float, high: float) -> None:
        canvas.setFont(BOLD, 22)
        canvas.drawString(MARGIN, high - 200, f"Harbor Mills {self.words['year']}")

    def _plate(self, canvas: Canvas, wide: float, high: float) -> None:
        canvas.setFillGray(0.8)
        canvas.rect(MARGIN, 90, wide - 2 * MARGIN, high - 180, stroke=0, fill=1)
        canvas.setFillGray(0)

    def _filler(self, canvas: Canvas, wide: float, high: float) -> None:
        self._write(canvas, self.words["filler"] * 3, wide, high)

    def _body(self, number: int, canvas: Canvas, wide: float, high: float) -> None:
        """Draw a page that speaks of the subjects of the rows that name it."""
        option = self.words["options"][self.layout.option]
        named = [row for row in self.rows if number in row.pages]
        spoken = [f"{row.subject}." for row in named]
        claim = [self.words["claim"].format(option=option)] if number == self.layout.numbering.first + 1 else []
        filler = self.words["filler"]
        self._write(canvas, [*claim, filler[number % 4], *spoken, *filler], wide, high)
        if "margin-tags" in self.layout.extras:
            canvas.setFont(FONT, 6)
            for line, row in enumerate(named[:5]):
                canvas.drawString(8, high - 120 - 12 * line, row.code)
        if "bibliography" in self.layout.extras and number == self.last:
            self._bibliography(canvas, high)

    def _write(self, canvas: Canvas, lines: Sequence[str], _wide: float, high: float) -> None:
        canvas.setFont(BOLD, 14)
        canvas.drawString(MARGIN, high - 80, self.rng.choice(self.words["chapters"]))
        canvas.setFont(FONT, 9)
        for line, text in enumerate(lines):
            canvas.drawString(MARGIN, high - 120 - 14 * line, text)

    def _bibliography(self, canvas: Canvas, high: float) -> None:
        """Draw references to writings that name G4 and numbers."""
        canvas.setFont(FONT, 8)
        sources = (
            "[1] GRI: G4 Sustainability Reporting Guidelines, part 1, 2013, p. 12.",
            "[2] GRI: G4 Implementation Manual, part 2, 2013, pp. 84-86 (G4-EN3, G4-EN15).",
            "[3] Mill Owners' Union: Notes on G4-10, 2014, p. 7.",
            "[4] ISO 26000: Guidance on social responsibility, 2010, clause 6.5.",
        )
        for line, text in enumerate(sources):
            canvas.drawString(MARGIN, high - 480 - 12 * line, text)

    def _statement(self, canvas: Canvas, _wide: float, high: float) -> None:
        """Draw a statement of assurance that lists codes, which is no index."""
        canvas.setFont(BOLD, 14)
        canvas.drawString(MARGIN, high - 80, "Independent assurance statement")
        canvas.setFont(FONT, 9)
        lines = (
            "We read the report of Harbor Mills by ISAE 3000 with limited assurance. Our work covered the year 2016",
            "and the disclosures below, which we chose with the company. We read records at 3 of 12 sites.",
        )
        for line, text in enumerate(lines):
            canvas.drawString(MARGIN, high - 110 - 13 * line, text)
        some = [row for row in self.rows if not row.general][:8]
        for line, row in enumerate(some):
            canvas.drawString(MARGIN + 12, high - 160 - 14 * line, f"• {row.code} {row.subject}")
        canvas.drawString(MARGIN, high - 300, "Nothing we saw suggests that these are not fairly stated. 14 March 2017")

    def _approach_page(self, canvas: Canvas, _wide: float, high: float) -> None:
        canvas.setFont(BOLD, 14)
        canvas.drawString(MARGIN, high - 70, self.words["approach"])
        columns = (Column("code", 60), Column("title", 260), Column("page", 80))
        drawer = TableDrawer(canvas, columns, self.layout.style, MARGIN)
        self._heads(canvas, drawer, high - HEAD + 4)
        top = high - HEAD
        for row in self.approaches:
            group = Group([row.cells])
            drawer.draw(group, top)
            top -= drawer.height(group)

    def _index_page(self, page: Sequence[Placed], place: int, canvas: Canvas, wide: float, high: float) -> None:
        canvas.setFont(BOLD, 13)
        option = self.words["options"][self.layout.option]
        titled = f"{self.words['title']} – {option}" if option else self.words["title"]
        canvas.drawString(MARGIN, high - 55, self.words["title"] if place else titled)
        columns = self._columns()
        width = sum(column.width for column in columns) + 24
        shift = self.layout.shift * (place % 2)
        for table in range(max(each.table for each in page) + 1):
            drawer = TableDrawer(canvas, columns, self.layout.style, MARGIN + shift + width * table)
            if not self.layout.no_heads:
                self._heads(canvas, drawer, high - HEAD + 4)
            for each in page:
                if each.table == table:
                    drawer.draw(each.group, each.top, each.shaded and self.layout.style.rules == "shade")
        self._extras(canvas, high)

    def _extras(self, canvas: Canvas, high: float) -> None:
        canvas.setFont(FONT, 6)
        if "notes" in self.layout.extras:
            canvas.drawString(MARGIN, 48, "1 Without the bakery in Northport.   2 As of 31 December 2016.")
        if "running-head" in self.layout.extras:
            canvas.saveState()
            canvas.translate(16, high / 2)
            canvas.rotate(90)
            canvas.drawCentredString(0, 0, "Harbor Mills · Report 2016 · Index")
            canvas.restoreState()

    def _heads(self, canvas: Canvas, drawer: TableDrawer, y: float) -> None:
        canvas.setFont(BOLD, min(7.0, self.layout.style.size))
        for column in drawer.columns:
            for line, text in enumerate(
                reversed(_two_lines(self.words["heads"][column.head or column.kind], column.width))
            ):
                canvas.drawString(drawer.lefts[column.kind] + 3, y + 8 * line, text)

    # The truth

    def _truth(self) -> dict[str, Any]:
        where = {id(row): face.physical for face, row in self._rows_by_face()}
        numbered = [face for face in self.faces if face.number or face.label]
        physical = {str(face.number or face.label): face.physical for face in numbered}
        rows = [*self.approaches, *self.rows]
        entries = [entry for row in rows for entry in _entries(row, where[id(row)])]
        codes = sorted({entry["code"] for entry in entries if not entry.get("intended")})
        codes = [code for code in codes if code != "G4-DMA"]
        pages: dict[str, list[int]] = {}
        for entry in entries:
            pages.setdefault(entry["code"], entry["printed_pages"])
        return {
            "id": self.layout.name,
            "file": f"{self.layout.name}.pdf",
            "derived": True,
            "framework": TRUTH_NAMES[self.layout.framework],
            "claimed_option": self.layout.option,
            "n_pages": max(face.physical for face in self.faces),
            "page_map": "see pages_map",
            "pages_map": physical,
            "codes": codes,
            "entries": entries,
            "pages_by_code": pages,
            "dma_rows": [
                {"aspect": row.aspect, "ref": row.cells["page"], "page": where[id(row)], "printed_pages": row.pages}
                for row in self.approaches
            ],
            "content_index": {"pages": sorted({where[id(row)] for row in self.rows})},
            "omissions": [{"code": row.code, "text": row.omission} for row in self.rows if row.omission],
            "missing_pages": [{"code": row.code, "pages": list(row.missing)} for row in self.rows if row.missing],
        }

    def _rows_by_face(self) -> Iterator[tuple[Face, Row]]:
        """Yield each row with the page that it stands on."""
        for face in self.faces:
            if isinstance(face.draw, partial) and face.draw.func == self._index_page:
                for placed in face.draw.args[0]:
                    yield from ((face, row) for row in placed.rows)
            elif face.draw == self._approach_page:
                yield from ((face, row) for row in self.approaches)


def _entries(row: Row, page: int) -> Iterator[dict[str, Any]]:
    for code in (row.code, *row.extra):
        entry: dict[str, Any] = {
            "code": code,
            "printed": row.printed,
            "page": page,
            "ref": row.cells.get("page", ""),
            "printed_pages": [*row.roman, *row.pages],
            "spoken": bool(row.pages) and not row.aspect,
        }
        if row.aspect:
            entry["aspect"] = row.aspect
        if row.intended:
            entry["intended"] = row.intended
        if row.omission is not None:
            entry["omission"] = row.omission
        if row.assured is not None:
            entry["assured"] = row.assured
            entry["assurance"] = row.cells.get("assurance", "")
        if row.missing:
            entry["missing_pages"] = list(row.missing)
        yield entry


def _two_lines(text: str, width: float) -> list[str]:
    """Return a head in one line, or in two where the column is narrow."""
    if " " in text and len(text) * 3.7 > width:
        first, _, rest = text.partition(" ")
        return [first, rest]
    return [text]
