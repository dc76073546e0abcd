"""PDFs with a content index, as other programs make them: of a company that does not exist, in several layouts."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.pdfgen.canvas import Canvas

ROWS = (
    ("G4-1", "Statement from the chair", "3", "", "No"),
    ("G4-3", "Name of the organization", "Fjord Foods AS", "", "No"),
    ("G4-9", "Scale of the organization", "4-5", "", "No"),
    ("G4-10", "Employees by contract and gender", "5, 6", "", "Yes, p. 7"),
    ("G4-17", "Entities in the financial statements", "Annual Report p. 12", "", "No"),
    ("G4-32", "Option and content index", "8", "", "No"),
    ("G4-DMA", "Energy", "6", "", "No"),
    ("G4-EN3", "Energy consumption within the organization", "6", "c: not measured yet", "Yes, p. 7"),
    ("G4-EN5", "Energy intensity", "99", "", "No"),
    ("G4-LA6", "Type of injury and rates of injury", "4", "", "No"),
    ("G4-LA99", "Nothing of that name", "4", "", "No"),
)
BODY = {
    3: "A statement from the chair on strategy and sustainability of the organization.",
    4: "The scale of the organization: sites, markets, net sales.",
    5: "Employees by contract and gender, and the workforce by region.",
    6: "Energy: how it is managed. Energy consumption within the organization fell by four per cent; intensity too.",
    7: "Independent assurance statement.",
}
HEADS = ("Disclosure", "Description", "Page", "Omission", "External assurance")


@dataclass(frozen=True)
class Layout:
    """How an index looks."""

    heads: Sequence[str] = HEADS
    order: Sequence[int] = (0, 1, 2, 3, 4)
    """Places of the columns."""
    widths: Sequence[float] = (60, 190, 90, 90, 80)
    strip: str = ""
    """What the codes are written without."""
    claim: str = "This report was prepared in accordance with the G4 Guidelines, Core option."
    title: str = "GRI G4 Content Index"
    first_number: int = 1
    """Number printed on the first page."""
    halves: bool = False
    """Whether the index stands in two tables side by side."""
    turned: bool = False
    below: bool = False
    """Whether a table of figures, with columns of its own, stands below the index."""
    capitals: bool = False
    """Whether titles are in capitals."""
    broken: bool = False
    """Whether codes go on in a second line behind their hyphen."""
    noted: bool = False
    """Whether omissions are marked, and explained in notes below the table."""
    before: str = ""
    """Text that nearly touches the code of the eighth row from the left."""


LAYOUTS = {
    "plain": Layout(),
    "bare-codes": Layout(strip="G4-"),
    "pages-before-titles": Layout(order=(0, 2, 1, 3, 4)),
    "german": Layout(
        heads=("Angabe", "Beschreibung", "Seite", "Auslassung", "Externe Prüfung"),
        claim="Der Bericht wurde in Übereinstimmung mit den G4 Leitlinien, Option Kern, erstellt.",
    ),
    "spanish": Layout(
        heads=("Indicador", "Descripción", "Página", "Omisión", "Verificación"),
        claim="Elaborado de conformidad con la Guía G4, opción esencial.",
    ),
    "french": Layout(
        heads=("Élément", "Description", "Page", "Omission", "Vérification externe"),
        claim="Ce rapport a été établi en conformité avec les lignes directrices G4, option essentielle.",
        title="Index du contenu GRI G4",
    ),
    "portuguese": Layout(
        heads=("Indicador", "Descrição", "Página", "Omissão", "Verificação externa"),
        claim="Relatório elaborado de acordo com as diretrizes GRI G4, opção Essencial.",
        title="Índice de conteúdo GRI G4",
    ),
    "capitals": Layout(
        heads=tuple(head.upper() for head in HEADS),
        claim="THIS REPORT WAS PREPARED IN ACCORDANCE WITH THE G4 GUIDELINES, CORE OPTION.",
        title="GRI G4 CONTENT INDEX",
        capitals=True,
    ),
    "broken-codes": Layout(broken=True),
    "numbers-begin-later": Layout(first_number=41),
    "two-tables": Layout(halves=True),
    "turned": Layout(turned=True),
    "figures-below": Layout(heads=("DMA and indicators", *HEADS[1:]), below=True),
    "notes": Layout(noted=True),
    "squeezed-code": Layout(widths=(50, 160, 80, 80, 60), before="Energy use"),
    "comprehensive": Layout(claim="Prepared in accordance with the G4 Guidelines at the Comprehensive option."),
}


def make_pdf(layout: Layout = LAYOUTS["plain"], index: bool = True, framework: str = "") -> bytes:
    """Return a report of eight pages, the index on the last; `framework` takes the place of what it says of G4."""
    stream = io.BytesIO()
    wide = (842.0, 595.0) if layout.halves else (595.0, 842.0)
    canvas = Canvas(stream, pagesize=wide, invariant=True)
    canvas.setTitle("Fjord Foods 2015")
    for page in range(1, 9):
        canvas.setFont("Helvetica", 10)
        if page == 2:
            canvas.drawString(60, wide[1] - 90, framework or layout.claim)
        canvas.drawString(60, wide[1] - 120, BODY.get(page, ""))
        if page == 8 and layout.turned:
            canvas.setPageRotation(90)
            canvas.translate(wide[0], 0)
            canvas.rotate(90)
        if page == 8 and index:
            _draw_index(canvas, layout, wide[::-1] if layout.turned else wide)
        canvas.drawCentredString(wide[0] / 2, 28, str(page + layout.first_number - 1))
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _draw_index(canvas: Canvas, layout: Layout, size: tuple[float, float]) -> None:
    canvas.drawString(60, size[1] - 60, layout.title)
    rows = [replace_pages(row, layout.first_number - 1) for row in ROWS]
    if layout.halves:
        half = len(rows) // 2 + 1
        slim = replace(layout, widths=(45, 130, 75, 80, 60))
        _draw_table(canvas, slim, rows[:half], 40, size[1] - 150)
        _draw_table(canvas, slim, rows[half:], 440, size[1] - 150)
    else:
        _draw_table(canvas, layout, rows, 150 if layout.before else 50, size[1] - 150)
    if layout.below:
        for line in range(20):
            for place, text in enumerate(("Site " + str(line), "12,163", "9,613", "21,776", "12,179", "9,323")):
                canvas.drawString(45 + 92 * place, size[1] - 345 - 9 * line, text)


def _draw_table(canvas: Canvas, layout: Layout, rows: Sequence[Sequence[str]], left: float, top: float) -> None:
    lefts, x = {}, left
    for place in layout.order:
        lefts[place] = x
        x += layout.widths[place]
    canvas.setFont("Helvetica", 7)
    for line, row in enumerate([layout.heads, *rows]):
        for place, text in enumerate(row):
            shown = text.removeprefix(layout.strip) if place == 0 and text[3:4].isalpha() else text
            shown = shown.replace("-", "-\n", 1) if layout.broken and not place and line else shown
            shown = "1" if layout.noted and place == 3 and line and text else shown
            shown = shown.upper() if layout.capitals and place == 1 else shown
            for step, part in enumerate(shown.split("\n")):
                canvas.drawString(lefts[place], top - 16 * line - 8 * step, part)
        if line == 8 and layout.before:
            canvas.drawRightString(left - 4, top - 16 * line, layout.before)

    noted = [row for row in rows if row[3]] if layout.noted else []
    for number, row in enumerate(noted):
        canvas.drawString(left + 6, top - 16 * len(rows) - 24 - 10 * number, f"{number + 1} {row[0]} {row[3]}")


def replace_pages(row: Sequence[str], shift: int) -> Sequence[str]:
    """Return a row with its pages as printed, where printed numbers begin later."""
    code, title, pages, omission, assurance = row
    if shift and re.fullmatch(r"[\d, -]+", pages):
        pages = re.sub(r"\d+", lambda found: str(int(found.group()) + shift), pages)
    return code, title, pages, omission, assurance


def make_spreads() -> bytes:
    """Return the plain report as spreads: two printed pages side by side on each of four pages."""
    stream = io.BytesIO()
    layout = LAYOUTS["plain"]
    canvas = Canvas(stream, pagesize=(1190.0, 842.0), invariant=True)
    canvas.setTitle("Fjord Foods 2015")
    for spread in range(4):
        for half in range(2):
            page, left = 2 * spread + half + 1, 595.0 * half
            canvas.setFont("Helvetica", 10)
            if page == 2:
                canvas.drawString(left + 60, 752, layout.claim)
            canvas.drawString(left + 60, 722, BODY.get(page, ""))
            if page == 8:
                canvas.drawString(left + 60, 782, layout.title)
                _draw_table(canvas, layout, ROWS, left + 50, 692)
            canvas.setFont("Helvetica", 10)
            canvas.drawCentredString(left + 297, 28, str(page))
        canvas.showPage()
    canvas.save()
    return stream.getvalue()
