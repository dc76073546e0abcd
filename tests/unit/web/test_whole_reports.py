"""A folder without an error has a web edition: its pages are whole, and their links lead somewhere."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from tests.support.web_sites import Page, list_broken_links, make_site
from tests.support.whole_reports.folders import ReportFolder, figure_folders, report_folders

from gri_builder.pipeline.build import load_and_check
from gri_builder.web import figure_plan

EXAMPLES = 1000 if settings().max_examples >= 2000 else 3
HEALTHY = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


@pytest.mark.parametrize(
    ("kind", "most"), [("reports", figure_plan.MOST), ("figures", figure_plan.MOST), ("figures", 3)]
)
def test_any_report_has_pages(kind: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figure_plan, "MOST", most)  # with few figures on a page, small reports have several pages

    @seed(26)
    @settings(max_examples=EXAMPLES, phases=(Phase.generate,), suppress_health_check=HEALTHY, deadline=None)
    @given(report_folders() if kind == "reports" else figure_folders())
    def examine(report: ReportFolder) -> None:
        with tempfile.TemporaryDirectory() as folder:
            report.write(Path(folder) / "report")
            if not load_and_check(Path(folder) / "report").ok:
                return
            files = make_site.__wrapped__(Path(folder) / "report")
            pages = {name: Page(data) for name, data in files.items() if name.endswith(".html")}
            assert list_broken_links(files, pages) == []
            for name, page in pages.items():
                assert len(page.ids) == len(set(page.ids)), name

    examine()
