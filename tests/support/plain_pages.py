"""PDFs of plain pages: texts at places, as other programs draw them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence

from reportlab.pdfgen.canvas import Canvas

Text = tuple[float, float, str]
"""Left, distance from the upper edge, and the words."""
SIZE = (595.0, 842.0)


def write_pages(pages: Iterable[Sequence[Text]], first_number: int = 1, size: float = 8) -> bytes:
    """Return a PDF with those pages, each with its number in the foot."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=SIZE, invariant=True)
    for number, page in enumerate(pages, first_number):
        canvas.setFont("Helvetica", size)
        for left, top, text in page:
            canvas.drawString(left, SIZE[1] - top, text)
        canvas.drawCentredString(SIZE[0] / 2, 28, str(number))
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def table(rows: Iterable[Sequence[str]], lefts: Sequence[float], top: float = 120, step: float = 15) -> Iterator[Text]:
    """Yield the texts of a table with columns at those places."""
    for line, row in enumerate(rows):
        for left, text in zip(lefts, row, strict=False):
            if text:
                yield left, top + step * line, text


def paragraph(text: str, top: float = 120, left: float = 60, width: int = 95) -> Iterator[Text]:
    """Yield the lines of running text."""
    line: list[str] = []
    for word in text.split():
        if len(" ".join([*line, word])) > width:
            yield left, top, " ".join(line)
            line, top = [], top + 11
        line.append(word)
    yield left, top, " ".join(line)
