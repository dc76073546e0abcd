"""A folder without an error builds, what was built audits clean, and each word of it is on the pages in its order.

200 reports in every run, 5,000 in the nightly profile, in parts that are tried side by side.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings

from tests.support.whole_reports.examine import examine_folder
from tests.support.whole_reports.folders import ReportFolder, report_folders

PARTS = 20
EXAMPLES = 5000 if settings().max_examples >= 2000 else 200
HEALTHY = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


@pytest.mark.parametrize("part", range(PARTS))
def test_what_is_written_is_what_is_printed(part: int) -> None:
    @seed(part)
    @settings(max_examples=EXAMPLES // PARTS, suppress_health_check=HEALTHY)
    @given(report_folders())
    def examine(report: ReportFolder) -> None:
        with tempfile.TemporaryDirectory() as folder:
            assert examine_folder(report, Path(folder)).problems == ()

    examine()
