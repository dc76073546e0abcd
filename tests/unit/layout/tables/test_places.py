"""Where a table is set: in the text, over the margin, smaller, on a turned page; else the build is refused."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pypdf
import pytest

from gri_builder.layout.render import Rendered, render_pdf
from gri_builder.layout.tables.fitting import MIN_SIZE, Fit, Rooms, choose_fit
from gri_builder.layout.tables.widths import ColumnWidths
from gri_builder.model.document import Callout, SideNote
from gri_builder.model.finding import Severity
from gri_builder.model.rich_text import Table
from gri_builder.pipeline.build import build_report
from tests.support.documents import chapter, document, paragraph, table
from tests.support.page_geometry import find_faults
from tests.support.report_folders import MINIMAL
from tests.support.table_boxes import lay_out

SIZES = (8.5, 7.5, MIN_SIZE)


def months(count: int, rows: int = 2) -> Table:
    heads = ["Site", *(f"M {month}" for month in range(1, count + 1))]
    return table(heads, [["North", *["12,345"] * count]] * rows, "right")


def fit_of(needed: float, **rooms: float) -> Fit:
    """Return how a table is set whose one column of numbers needs so much room at full size."""
    return choose_fit(lambda scale: ColumnWidths(*([needed * scale],) * 4), SIZES, Rooms(**rooms))


def test_the_margin_comes_before_a_smaller_size_and_that_before_a_turned_page() -> None:
    rooms = {"text": 400.0, "margin": 98.0, "turned": 746.0}
    assert fit_of(400, **rooms) == Fit()
    assert fit_of(498, **rooms) == Fit(margin=98)
    smaller = fit_of(500, **rooms)
    assert (smaller.margin, smaller.is_turned) == (98, False)
    assert smaller.scale * SIZES[0] == SIZES[1]
    assert fit_of(700, **rooms) == Fit(is_turned=True)
    assert fit_of(800, **rooms).scale * SIZES[0] >= MIN_SIZE
    assert fit_of(1200, **rooms).breaks_out


def render(*blocks: object) -> Rendered:
    return render_pdf(document(chapter("Tables", "t", *blocks)))  # type: ignore[arg-type]


def sizes_of(rendered: Rendered) -> list[bool]:
    """Return whether each page is a landscape one."""
    pages = pypdf.PdfReader(io.BytesIO(rendered.pdf)).pages
    return [page.cropbox.width > page.cropbox.height for page in pages]


@pytest.mark.parametrize(("count", "turned"), [(3, False), (11, False), (14, False), (23, True)])
def test_tables_of_many_months_are_whole_and_inside(count: int, turned: bool) -> None:
    rendered = render(paragraph(30), months(count, 16), paragraph(30))
    assert rendered.findings == ()
    assert any(sizes_of(rendered)) == turned
    assert find_faults(rendered.pdf) == []
    pages = pypdf.PdfReader(io.BytesIO(rendered.pdf)).pages
    assert any("12,345" in page.extract_text() for page in pages)


def test_tables_that_follow_each_other_share_a_turned_page() -> None:
    assert sum(sizes_of(render(months(23), months(23), paragraph(20)))) == 1


def test_a_note_in_the_margin_is_above_a_table_that_uses_it() -> None:
    rendered = render(paragraph(20), SideNote((paragraph(50),)), paragraph(8), months(13))
    assert find_faults(rendered.pdf) == []


def test_a_long_note_after_a_table_that_uses_the_margin_is_not_moved_over_it() -> None:
    rendered = render(paragraph(150), months(13, 18), SideNote((paragraph(60),)), paragraph(20))
    assert find_faults(rendered.pdf) == []


def test_a_table_in_a_box_is_smaller_but_no_page_is_turned() -> None:
    rendered = render(Callout((months(12),)))
    assert rendered.findings == ()
    assert not any(sizes_of(rendered))
    assert find_faults(rendered.pdf) == []


def test_numbers_without_room_are_an_error() -> None:
    (finding,) = render(Callout((months(22),))).findings
    assert (finding.rule, finding.severity) == ("table-too-wide", Severity.ERROR)
    assert "show fewer columns" in (finding.hint or "")


def test_nothing_is_reported_while_a_table_is_measured() -> None:
    block = lay_out(months(40), 300)
    assert block.fit is not None
    assert block.fit.breaks_out  # without a canvas, a report of it would fail


def test_nothing_is_written_for_a_table_without_room(tmp_path: Path) -> None:
    folder, head = tmp_path / "report", "|".join(f"M{n}" for n in range(26))
    shutil.copytree(MINIMAL, folder)
    row, rule = "|".join(["12,345"] * 26), "|".join(["--:"] * 26)
    story = next((folder / "chapters").glob("*.md"))
    text = story.read_text(encoding="utf-8")
    story.write_text(f"{text}\n\n::: callout A box\n|{head}|\n|{rule}|\n|{row}|\n:::\n", encoding="utf-8")
    built = build_report(folder, tmp_path / "out")
    assert built.value is None
    found = [finding for finding in built.findings if finding.severity is Severity.ERROR]
    assert [finding.rule for finding in found] == ["table-too-wide"]
    assert found[0].where.file.endswith(story.name)
    assert not (tmp_path / "out").exists()
