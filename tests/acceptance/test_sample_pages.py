"""The samples' pages as a designer measures them."""

from __future__ import annotations

import pytest
from benchmarks.pages.quality import SPARSE, Quality, measure_pages
from benchmarks.pages.samples import SAMPLES

from gri_builder.pipeline.build import build_report
from tests.support.paths import REPORTS

SIZES, TITLES = 6, 20.0
"""Sizes of type inside a report, and points from which on a size is one of titles and key figures."""
RAISED = 6.0
"""Points under which type is a raised mark."""
BLANK = {"cigna-2013": 0.34, "halden-2015": 0.24, "aurelia-2016": 0.24}
"""Most that may be blank at the ends of chapters, on average."""
MAX_BAD_SPLITS = 1


@pytest.fixture(scope="module", params=SAMPLES)
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Quality]:
    built = build_report(REPORTS / request.param, tmp_path_factory.mktemp("out")).value
    assert built is not None
    return request.param, measure_pages(built.files[0])


def test_chapters_end_on_pages_that_are_filled(sample: tuple[str, Quality]) -> None:
    name, quality = sample
    assert quality.pages_under(SPARSE) == []
    assert quality.blank <= BLANK[name]


def test_lines_have_a_length_that_is_read_with_ease(sample: tuple[str, Quality]) -> None:
    _, quality = sample
    assert 60 <= quality.text.characters <= 75
    assert quality.text.characters_90 <= 80


def test_nothing_is_left_alone(sample: tuple[str, Quality]) -> None:
    _, quality = sample
    assert quality.headings == ()
    assert quality.text.strays == ()
    assert quality.text.hyphens_at_turns == ()
    assert quality.text.stacks == ()
    assert sum(split.bad for split in quality.splits) <= MAX_BAD_SPLITS


def test_type_has_few_sizes(sample: tuple[str, Quality]) -> None:
    assert sum(RAISED < size < TITLES for size in sample[1].sizes) <= SIZES
