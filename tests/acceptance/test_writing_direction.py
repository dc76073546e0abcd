"""Writing direction: a report read from right to left is the mirror image of the same one read from left to right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageOps

from gri_builder.fonts import scripts
from gri_builder.pipeline.build import build_report
from gri_builder.typesetting.style import GUTTER, MARGIN_COLUMN

REPORT = """format: 1
framework: gri-g4
name: mirror
title: Both ways
organization: {name: Brook Mills Ltd, address: By the river}
period: {start: 2015-01-01, end: 2015-12-31}
published: 2016-04-20
language: en
option: none
material_aspects: [{aspect: energy, within: both mills}]
theme: {name: harbour, radius: 6, logo: logo.svg}
chapters: [story.md]
"""
STORY = """# The story {covers="G4-1"}

::: opener
A short summary.
:::

::: aside icon=info
A note beside the text, in the margin of the page.
:::

A paragraph of running text that is long enough to fill two lines and more of the text column of the page.[^note]

[^note]: Set at the foot.

- One item
- Another
  - Inside

1. First
2. Second

> A quotation.

Term
: What it means.

::: callout icon=leaf A box
Text in the box.
:::

::: quote name="Ada Weir" role="Miller"
The river decides.
:::

::: columns
Text in the first column, which goes on for a while so that there is some for both of them.

And text for the other column, which goes on for about as long as the first one does.
:::

::: timeline
Early
: The mill is built.

Late
: It is sold.
:::

::: qr https://brook.example
Words beside the code.
:::
"""
INNER = 58
"""Width in points of the margin at the edge where lines begin."""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><path d="M0 0h60v20z" fill="#fff"/></svg>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    report = tmp_path / "report"
    (report / "disclosures").mkdir(parents=True)
    (report / "report.yaml").write_text(REPORT, "utf-8")
    (report / "story.md").write_text(STORY, "utf-8")
    (report / "logo.svg").write_text(LOGO, "utf-8")
    (report / "disclosures" / "all.yaml").write_text("G4-3: Brook Mills\nG4-4: {a: {list: [Flour, Bran]}}\n", "utf-8")
    return report


def build(folder: Path, output: Path) -> pypdfium2.PdfDocument:
    built = build_report(folder, output)
    assert built.value is not None, built.findings
    return pypdfium2.PdfDocument(built.value.files[0].read_bytes())


@pytest.fixture
def pair(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[pypdfium2.PdfDocument, pypdfium2.PdfDocument]]:
    """The same report twice: read from left to right, and as if English were read from right to left."""
    plain = build(folder, tmp_path / "plain")
    monkeypatch.setattr(scripts, "RTL_LANGUAGES", scripts.RTL_LANGUAGES | {"en"})
    scripts.text_direction.cache_clear()
    yield plain, build(folder, tmp_path / "mirrored")
    monkeypatch.undo()
    scripts.text_direction.cache_clear()


def rows(page: pypdfium2.PdfPage) -> list[tuple[float, float, float]]:
    """Return lower edge, left and right end of each row of text on the page; what overlaps in height is one row.

    Large text is kerned, and up to three points narrower than its room.
    """
    text, found = page.get_textpage(), list[tuple[float, float, float]]()
    for left, low, right, high in sorted(map(text.get_rect, range(text.count_rects())), key=lambda box: box[1]):
        if found and (low + high) / 2 < found[-1][0] + 9:
            y, near, far = found[-1]
            found[-1] = (y, min(near, left), max(far, right))
        else:
            found.append((low, left, right))
    return found


def test_each_row_of_text_is_reflected(pair: tuple[pypdfium2.PdfDocument, pypdfium2.PdfDocument]) -> None:
    plain, mirrored = pair
    assert len(plain) == len(mirrored)
    for left, right in zip(plain, mirrored, strict=True):
        width = left.get_width()
        expected = [(y, width - far, width - near) for y, near, far in rows(left)]
        found = rows(right)
        assert len(found) == len(expected)
        for one, other in zip(expected, found, strict=True):
            assert one == pytest.approx(other, abs=3), (one, other)


def test_shapes_are_reflected_and_pictures_are_not(
    pair: tuple[pypdfium2.PdfDocument, pypdfium2.PdfDocument],
) -> None:
    """The reflected cover differs from the other one in its texts and its logo alone."""
    plain, mirrored = (document[0].render(scale=1).to_pil().convert("L") for document in pair)
    difference = ImageChops.difference(ImageOps.mirror(plain), mirrored)
    lower = difference.crop((0, difference.height // 2, difference.width, difference.height))
    assert _share(lower) < 0.01
    logo = (INNER, 54, INNER + 132, 54 + 44)
    across = (mirrored.width - INNER - 132, 54, mirrored.width - INNER, 54 + 44)
    assert _share(ImageChops.difference(plain.crop(logo), mirrored.crop(across))) < 0.05


def _share(image: Image.Image) -> float:
    """Return the share of pixels that differ clearly."""
    counts = image.histogram()
    return sum(counts[60:]) / sum(counts)


TABLE = """# شيء {covers="G4-1"}

| البند | 2013 | 2014 |
|---|--:|--:|
| الماء | 12.5 | 1,200 |
| الخبز | 7 | 3.25 |
"""


def places(page: pypdfium2.PdfPage, text: str) -> tuple[float, float]:
    """Return the left and the right end of the first place of a text on the page."""
    textpage = page.get_textpage()
    first, count = textpage.search(text, match_whole_word=True).get_next()
    boxes = [textpage.get_charbox(index) for index in range(first, first + count)]
    return min(box[0] for box in boxes), max(box[2] for box in boxes)


def test_columns_run_from_right_to_left(folder: Path, tmp_path: Path) -> None:
    """The first column is at the right edge; digits keep their order, and are aligned at their decimal signs."""
    (folder / "story.md").write_text(TABLE, "utf-8")
    report = folder / "report.yaml"
    report.write_text(report.read_text("utf-8").replace("language: en", "language: ar"), "utf-8")
    document = build(folder, tmp_path / "out")
    page = next(page for page in document if "1,200" in page.get_textpage().get_text_range())
    first, second, third = places(page, "الماء"), places(page, "12.5"), places(page, "1,200")
    assert first[0] > second[1] > second[0] > third[1]
    assert first[1] == pytest.approx(page.get_width() - INNER - MARGIN_COLUMN - GUTTER - 5, abs=1.5)
    point = places(page, "12.5")[1] - places(page, "7")[1]
    assert point > 4, "12.5 reaches further to the right by its decimals"
    assert places(page, "2013")[1] == pytest.approx(places(page, "12.5")[1], abs=1)
