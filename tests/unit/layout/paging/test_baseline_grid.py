"""The baseline grid: running text starts on it, at most half a line lower than it could."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gri_builder.layout.paging.baseline_grid import TOLERANCE, snap
from gri_builder.typesetting.type_scale import SCALES

heights = st.floats(60, 780)
leadings = st.sampled_from([scale.leading for scale in SCALES.values()]) | st.floats(8, 40)


@given(heights, st.floats(0, 30), leadings)
def test_the_first_baseline_is_on_the_grid_and_less_than_half_a_line_is_lost(
    y: float, first_baseline: float, leading: float
) -> None:
    first_line = 790.0
    snapped = snap(y, first_baseline, first_line, leading)
    lines = (first_line - (snapped - first_baseline)) / (leading / 2)
    assert abs(lines - round(lines)) < 1e-6
    assert y - leading / 2 - 1e-6 < snapped <= y + 2 * TOLERANCE
    assert snap(snapped, first_baseline, first_line, leading) == pytest.approx(snapped)


def test_text_at_the_top_of_a_page_stays_there() -> None:
    assert snap(700.0, 10.0, 690.0, 14.0) == 700.0


def test_paragraphs_half_a_line_apart_stay_where_they_are() -> None:
    assert snap(700.0 - 3 * 14.0 - 7.0, 10.0, 690.0, 14.0) == pytest.approx(651.0)
