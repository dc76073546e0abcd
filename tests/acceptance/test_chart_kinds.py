"""A report that shows every kind of chart: built without a finding, audited, and true in each kind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gri_builder.audit.audit import audit_pdf
from gri_builder.model.audit_result import CheckStatus
from gri_builder.model.figures.chart import SERIES_CHART_KINDS
from gri_builder.pipeline.build import build_report
from tests.support.page_geometry import find_faults
from tests.support.paths import TESTS

CHARTS = TESTS / "cases" / "charts"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = build_report(CHARTS, tmp_path_factory.mktemp("charts"))
    assert built.findings == ()
    assert built.value is not None
    return built.value.files[0]


def test_every_kind_is_shown() -> None:
    written = " ".join(each.read_text(encoding="utf-8") for each in sorted((CHARTS / "chapters").glob("*.md")))
    assert sorted(re.findall(r"type=(\w+)", written)) == sorted(SERIES_CHART_KINDS)


def test_nothing_overlaps_or_leaves_the_page(file: Path) -> None:
    assert find_faults(file.read_bytes()) == []


def test_the_audit_finds_no_fault(file: Path) -> None:
    result = audit_pdf(file).value
    assert result is not None
    assert [(check.rule, check.message) for check in result.checks if check.status is CheckStatus.FAIL] == []
