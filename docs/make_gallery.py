"""Writes the pictures of the documentation: chosen pages of the reports, elements cut out of them, and each theme.

    python docs/make_gallery.py

docs/gallery.yaml lists what is shown. The pictures are small: a few colours, the width of a column.
"""

from __future__ import annotations

import shutil
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
PAGE_WIDTH, STRIP_WIDTH = 360, 620
"""Pixels of a whole page, and of an element cut out of one."""
COLOURS = 128
THEME_PAGES = (
    {"page": 1},
    {"find": "Climate and energy", "skip": 1},
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
    if "crop" not in entry:
        drawn: Image.Image = page.render(scale=2 * PAGE_WIDTH / page.get_width()).to_pil()
        height = round(PAGE_WIDTH * page.get_height() / page.get_width())
        return drawn.resize((PAGE_WIDTH, height), Image.Resampling.LANCZOS)
    scale = 2 * STRIP_WIDTH / page.get_width()
    whole: Image.Image = page.render(scale=scale).to_pil()
    above, below = entry["crop"]
    high, low = (round((page.get_height() - top + distance) * scale) for distance in (-above, below))
    strip = whole.crop((0, max(0, high), whole.width, min(whole.height, low)))
    return strip.resize((STRIP_WIDTH, round(strip.height / 2)), Image.Resampling.LANCZOS)


def find(pdf: pypdfium2.PdfDocument, entry: dict[str, Any]) -> tuple[int, float]:
    """Return the number of the page with an entry's words, and their height; `skip` passes over the first ones."""
    if "page" in entry:
        return entry["page"], 0.0
    skip = entry.get("skip", 0)
    for number in range(2, len(pdf)):
        text = pdf[number].get_textpage()
        place = text.search(entry["find"], match_case=True).get_next()
        if place is not None:
            if not skip:
                return number + 1, text.get_charbox(place[0])[3]
            skip -= 1
    raise SystemExit(f"no page says '{entry['find']}'")


def beside(pictures: list[Image.Image]) -> Image.Image:
    """Return pictures side by side on grey."""
    gap, height = 8, max(picture.height for picture in pictures)
    sheet = Image.new("RGB", (sum(p.width + gap for p in pictures) + gap, height + 2 * gap), "#d9dcdf")
    x = gap
    for picture in pictures:
        sheet.paste(picture, (x, gap))
        x += picture.width + gap
    return sheet


def save(picture: Image.Image, name: str) -> None:
    """Write a picture with few colours."""
    small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(PICTURES / f"{name}.png", optimize=True)


def main() -> None:
    """Write all pictures, in place of those that were there."""
    PICTURES.mkdir(exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    for name, entry in yaml.safe_load((ROOT / "docs" / "gallery.yaml").read_text(encoding="utf-8")).items():
        save(show(entry), name)
    for name in list_themes():
        pages = [show({"report": "halden-2015", **page}, f"name: {name}\n") for page in THEME_PAGES]
        save(beside([page.resize((240, round(240 * page.height / page.width))) for page in pages]), f"theme-{name}")
    shutil.rmtree(WORK)


if __name__ == "__main__":
    main()
