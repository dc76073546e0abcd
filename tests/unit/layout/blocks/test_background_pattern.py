"""Background patterns: each seed has its own drawing, which stays in its area, is small, and is soon drawn."""

from __future__ import annotations

import io
import time
import zlib
from datetime import UTC, datetime

import pypdfium2
import pytest
from PIL import ImageChops

from gri_builder.layout.blocks.background_pattern import PATTERNS, draw_pattern
from gri_builder.layout.blocks.pattern_variation import Variation, make_seed
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.model.color import Color, parse_color
from gri_builder.pdf.reportlab_adapter.settings import document_settings
from gri_builder.pdf.xmp import Metadata

DARK, PALE, ACCENT = parse_color("#0b5563"), parse_color("#ffd500"), parse_color("#c9832a")
OPENER, COVER = (0.0, 673.0, 595.0, 168.0), (0.0, 0.0, 595.0, 420.0)
TITLES = [f"Chapter {number}" for number in range(40)]


def drawn(name: str, seed: int, base: Color = DARK, area: tuple[float, float, float, float] = OPENER) -> str:
    return " ".join(draw_pattern(name, area, base, ACCENT, seed))


@pytest.mark.parametrize("name", PATTERNS)
def test_no_two_of_forty_chapters_have_the_same_drawing(name: str) -> None:
    drawings = {drawn(name, make_seed(title)) for title in TITLES}
    assert len(drawings) == len(TITLES)
    assert drawings == {drawn(name, make_seed(title)) for title in TITLES}


@pytest.mark.parametrize("name", PATTERNS)
@pytest.mark.parametrize("area", [OPENER, COVER], ids=["opener", "cover"])
def test_a_drawing_is_small(name: str, area: tuple[float, float, float, float]) -> None:
    sizes = [len(zlib.compress(drawn(name, make_seed(title), area=area).encode())) for title in TITLES]
    assert max(sizes) < (12_000 if area == OPENER else 20_000)


@pytest.mark.parametrize("name", PATTERNS)
def test_an_opener_is_drawn_in_a_few_milliseconds(name: str) -> None:
    def once(seed: int) -> float:
        start = time.process_time()
        drawn(name, seed)
        return time.process_time() - start

    assert min(once(seed) for seed in range(20)) < 0.006


@pytest.mark.parametrize("name", PATTERNS)
@pytest.mark.parametrize("base", [DARK, PALE], ids=["dark", "pale"])
def test_a_drawing_is_seen_and_stays_in_its_area(name: str, base: Color) -> None:
    with document_settings():
        canvas = ReportCanvas((300, 300), "en")
        canvas.describe(Metadata("t", "a", "s", "en", "test", datetime(2000, 1, 1, tzinfo=UTC)))
        canvas.decorate(*draw_pattern(name, (50, 60, 200, 120), base, ACCENT, 3))
        canvas.save()
    page = pypdfium2.PdfDocument(io.BytesIO(canvas.data))[0].render(scale=1).to_pil().convert("RGB")
    inside = page.crop((50, 120, 250, 240))
    page.paste("white", (49, 119, 251, 241))
    assert ImageChops.invert(page).getbbox() is None
    colors = inside.getcolors(100_000)
    assert colors is not None
    assert len(colors) > 5


def test_values_follow_from_the_seed_and_fill_their_range() -> None:
    values = [Variation(make_seed(title)).between("step", 2, 5) for title in TITLES]
    assert all(2 <= value <= 5 for value in values)
    assert max(values) - min(values) > 2
    counts = {Variation(make_seed(title)).count("layers", 3, 5) for title in TITLES}
    assert counts == {3, 4, 5}
    assert make_seed("Water") == make_seed("Water") != make_seed("Water", 1)
