"""Writes the pictures of the documentation: chosen pages of the reports, elements cut out of them, and each theme.

    python docs/make_gallery.py

    python docs/make_gallery.py text index          only these

docs/gallery.yaml lists what is shown. All pictures have the same width and few colours. An element is cut out
between blank rows, so that nothing of it is cut off.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import yaml
from PIL import Image

from gri_builder.pipeline.build import build_report
from gri_builder.resources.themes import list_themes

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
CASES = ROOT / "tests" / "cases"
WORK = Path(tempfile.mkdtemp())
DRAWN = WORK / "pictures"
DRAWN.mkdir()
WIDTH = 1200
"""Pixels of every picture."""
SHEET_COLUMNS = 3
COLOURS = 200
CLEAR = 10.0
"""Points of blank above and below an element."""
THEME_PAGES = (
    {"page": 1},
    {"page": 3},
    {"find": "Climate and energy"},
    {"find": "A death on our roof"},
    {"find": "Energy bought, by kind"},
    {"find": "Page number (or link)"},
)
"""Pages of halden-2015 that show a theme."""


@cache
def build(report: str, theme: str) -> pypdfium2.PdfDocument:
    """Return the PDF of a report in a theme, written as YAML; empty for its own."""
    source = CASES / report if report in ("elements", "charts") else ROOT / "report_data" / report
    folder = WORK / f"{report}-{len(list(WORK.iterdir()))}"
    shutil.copytree(source, folder)
    if theme:
        (folder / "theme.yaml").write_text(theme, encoding="utf-8")
        report_file = folder / "report.yaml"
        lines = [line for line in report_file.read_text(encoding="utf-8").splitlines() if not line.startswith("theme:")]
        report_file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    built = build_report(folder, folder / "output")
    if built.value is None:
        raise SystemExit("\n".join(f"{finding.rule}: {finding.message}" for finding in built.findings))
    return pypdfium2.PdfDocument(built.value.files[0])


def show(entry: dict[str, Any], theme: str = "") -> Image.Image:
    """Return the page, or the part of it, that an entry of gallery.yaml asks for."""
    pdf = build(entry["report"], theme or (yaml.safe_dump(entry["theme"]) if "theme" in entry else ""))
    number, top = find(pdf, entry)
    page = pdf[number - 1]
    scale = 2 * WIDTH / page.get_width()
    whole: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    if "crop" in entry:
        above, below = entry["crop"]
        from_top = (page.get_height() - top) * scale
        whole = cut_out(whole, from_top - above * scale, from_top + below * scale, round(CLEAR * scale))
    return scaled(whole, WIDTH)


def scaled(picture: Image.Image, width: int) -> Image.Image:
    """Return a picture in another width."""
    return picture.resize((width, round(width * picture.height / picture.width)), Image.Resampling.LANCZOS)


def cut_out(page: Image.Image, high: float, low: float, clear: int) -> Image.Image:
    """Return a strip of a page from `high` to `low`, each moved outwards to rows that are blank, `clear` of them."""
    gray = page.convert("L")
    data, width = gray.tobytes(), gray.width
    inked = [len(set(data[row * width : (row + 1) * width])) > 1 for row in range(gray.height)]
    first, last = max(0, round(high)), min(gray.height - 1, round(low))
    while first > 0 and any(inked[max(0, first - clear) : first + 1]):
        first -= 1
    while last < gray.height - 1 and any(inked[last : last + clear]):
        last += 1
    return page.crop((0, max(0, first - clear), width, min(gray.height, last + clear)))


def find(pdf: pypdfium2.PdfDocument, entry: dict[str, Any]) -> tuple[int, float]:
    """Return the number of the page with an entry's words, and their height; `skip` passes over the first ones.

    Only pages after the contents are searched; page 0 is the last one.
    """
    if "page" in entry:
        return entry["page"] or len(pdf), 0.0
    skip = entry.get("skip", 0)
    for number in range(first_chapter(pdf), len(pdf)):
        text = pdf[number].get_textpage()
        place = text.search(entry["find"], match_case=True).get_next()
        if place is not None:
            if not skip:
                return number + 1, text.get_charbox(place[0])[3]
            skip -= 1
    raise SystemExit(f"no page says '{entry['find']}'")


def first_chapter(pdf: pypdfium2.PdfDocument) -> int:
    """Return the index of the page that the bookmark after the contents leads to."""
    titles = [(each.get_title(), each.get_dest()) for each in pdf.get_toc(max_depth=1)]
    place = next((number for number, (title, _) in enumerate(titles) if title == "Contents"), -1)
    return int(titles[place + 1][1].get_index())


def sheet(pictures: list[Image.Image]) -> Image.Image:
    """Return pages on grey, in rows of three."""
    gap = 16
    width = (WIDTH - gap) // SHEET_COLUMNS - gap
    small = [
        page.resize((width, round(width * page.height / page.width)), Image.Resampling.LANCZOS) for page in pictures
    ]
    height = max(page.height for page in small)
    rows = -(-len(small) // SHEET_COLUMNS)
    drawn = Image.new("RGB", (WIDTH, rows * (height + gap) + gap), "#d9dcdf")
    for place, page in enumerate(small):
        row, column = divmod(place, SHEET_COLUMNS)
        drawn.paste(page, (gap + column * (width + gap), gap + row * (height + gap)))
    return drawn


def save(picture: Image.Image, name: str) -> None:
    """Write a picture with few colours."""
    small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(DRAWN / f"{name}.png", optimize=True)


def main(names: list[str]) -> None:
    """Write the pictures of these names, or all in place of those that were there."""
    for name, entry in yaml.safe_load((ROOT / "docs" / "gallery.yaml").read_text(encoding="utf-8")).items():
        if not names or name in names:
            save(show(entry), name)
    for name in list_themes():
        if not names or f"theme-{name}" in names:
            pages = [show({"report": "halden-2015", **page}, f"name: {name}\n") for page in THEME_PAGES]
            save(sheet(pages), f"theme-{name}")
    for old in PICTURES.glob("*.png") if not names else ():
        old.unlink()
    shutil.copytree(DRAWN, PICTURES, dirs_exist_ok=True)
    shutil.rmtree(WORK)


if __name__ == "__main__":
    main(sys.argv[1:])
