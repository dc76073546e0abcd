"""Compares drawings as we print them with what resvg, an independent SVG renderer, draws.

    python -m tests.support.svg_comparison [--sheet OUT.png] [FILE.svg …]

prints a verdict for each file, or without files for each drawing of `tests/cases/svg/drawings.yaml`, and saves
pictures of ours (left) and resvg's (right).
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pypdfium2
import resvg_py
from msgspec import Struct
from PIL import Image, ImageChops

from gri_builder.graphics.svg.reader import read_svg
from gri_builder.graphics.svg.reading import SvgError
from gri_builder.layout.blocks.picture import Painting
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.model.graphics import Drawing, Picture
from gri_builder.pdf.reportlab_adapter.settings import document_settings
from gri_builder.pdf.xmp import Metadata
from gri_builder.resources.bundled_fonts import find_bundled_font, list_font_files
from tests.support.svg_drawings import SampleDrawing, load_drawings

SIZE = 200
"""Pixels of the longer side of a picture as it is rendered."""
CELL = 4
"""Pixels of the square cells that are compared by their mean colour, so that smoothing of edges does not count."""
VISIBLE = 12
"""Steps of 255 from which a difference counts for the share of cells that differ."""
GROUND = (214, 226, 240)
"""Colour behind drawings: not white, so that white is seen."""

Verdict = Literal["same", "refused", "different"]


class Comparison(Struct, frozen=True):
    """What became of one drawing."""

    name: str
    verdict: Verdict
    difference: int = 0
    """Largest difference of a cell, in steps of 255."""
    refused: str = ""
    """Why it was refused, if it was."""
    ours: Image.Image | None = None
    reference: Image.Image | None = None


def read_ours(svg: str) -> Drawing | str:
    """Return the drawing as our reader reads it; or why it refuses to."""
    try:
        reading = read_svg(svg.encode(), find_bundled_font)
    except SvgError as problem:
        return str(problem)
    return reading.drawing or "; ".join(f"{one.feature}, which {one.reason}" for one in reading.refusals)


def compare(samples: Mapping[str, SampleDrawing]) -> Iterator[Comparison]:
    """Yield what becomes of each drawing, in their order."""
    read = {name: read_ours(sample.svg) for name, sample in samples.items()}
    drawings = {name: drawing for name, drawing in read.items() if isinstance(drawing, Drawing)}
    images = dict(zip(drawings, render_ours(list(drawings.values())), strict=True))
    for name, result in read.items():
        if isinstance(result, str):
            yield Comparison(name, "refused", refused=result)
            continue
        reference = render_reference(samples[name].reference)
        same, difference = is_same(images[name], reference, samples[name])
        verdict: Verdict = "same" if same else "different"
        yield Comparison(name, verdict, difference, ours=images[name], reference=reference)


def render_ours(drawings: Sequence[Drawing]) -> list[Image.Image]:
    """Return drawings as they are printed: each on a PDF page of its size, rendered by pdfium."""
    if not drawings:
        return []
    canvas = ReportCanvas((SIZE, SIZE), "en")
    canvas.describe(Metadata("t", "a", "s", "en", "test", datetime(2000, 1, 1, tzinfo=UTC)))
    with document_settings():
        for drawing in drawings:
            scale = SIZE / max(drawing.width, drawing.height)
            width, height = drawing.width * scale, drawing.height * scale
            canvas.resize_page(width, height)
            Painting(Picture("a.svg", b"", drawing.width, drawing.height, drawing)).paint(canvas, 0, 0, width, height)
            canvas.end_page()
        canvas.save()
    pdf = pypdfium2.PdfDocument(canvas.data)
    return [page.render(scale=1, fill_color=(*GROUND, 255)).to_pil().convert("RGB") for page in pdf]


def render_reference(svg: str) -> Image.Image:
    """Return a drawing as resvg renders it, without fonts of this system; an empty picture if it refuses it."""
    fonts = [str(file) for file in list_font_files()]
    try:
        data = resvg_py.svg_to_bytes(
            svg_string=svg, width=SIZE, height=SIZE, skip_system_fonts=True, font_files=fonts, dpi=96.0
        )
    except ValueError:
        return Image.new("RGB", (SIZE, SIZE), GROUND)
    drawn = Image.open(io.BytesIO(data)).convert("RGBA")
    ground = Image.new("RGBA", drawn.size, (*GROUND, 255))
    return Image.alpha_composite(ground, drawn).convert("RGB")


def is_same(one: Image.Image, other: Image.Image, sample: SampleDrawing) -> tuple[bool, int]:
    """Return whether two pictures are the same but for smoothing, and the largest difference of a cell in a channel."""
    if max(abs(one.width - other.width), abs(one.height - other.height)) > 1:
        return False, 255
    cells = (max(1, one.width // CELL), max(1, one.height // CELL))
    small = (each.resize(cells, Image.Resampling.BOX) for each in (one, other))
    channels = ImageChops.difference(*small).split()
    counts = ImageChops.lighter(ImageChops.lighter(*channels[:2]), channels[2]).histogram()
    largest = max(step for step, count in enumerate(counts) if count)
    return largest <= sample.tolerance and sum(counts[VISIBLE:]) <= sample.share * sum(counts), largest


def draw_sheet(comparisons: Sequence[Comparison], columns: int = 6) -> Image.Image:
    """Return one picture of many comparisons, each with ours on the left and the reference on the right."""
    shown = [each for each in comparisons if each.ours and each.reference]
    rows = -(-len(shown) // columns)
    sheet = Image.new("RGB", (columns * (SIZE * 2 + 12), max(1, rows) * (SIZE + 8)), "white")
    for number, each in enumerate(shown):
        left, top = number % columns * (SIZE * 2 + 12), number // columns * (SIZE + 8)
        assert each.ours and each.reference
        sheet.paste(each.ours, (left, top))
        sheet.paste(each.reference, (left + SIZE + 2, top))
    return sheet


def main() -> None:
    """Compare files that are named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--sheet", type=Path, help="picture of all that differ; of all with --all")
    parser.add_argument("--all", action="store_true")
    given = parser.parse_args()
    texts = {str(file): file.read_text(errors="replace") for file in given.files}
    files = {name: SampleDrawing(text, text) for name, text in texts.items()}
    compared = list(compare(files or load_drawings()))
    for each in compared:
        print(f"{each.verdict:9} {each.difference:3} {each.name} {each.refused}")
    if given.sheet:
        draw_sheet([each for each in compared if given.all or each.verdict == "different"]).save(given.sheet)


if __name__ == "__main__":
    main()
