"""A folder without an error builds, what was built audits clean, and each word of it is on the pages in its order.

200 reports in every run, 5,000 in the nightly profile, in parts that are tried side by side; the last part is of
charts, tables and diagrams only.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.support.report_folders import MINIMAL
from tests.support.whole_reports.examine import examine_folder
from tests.support.whole_reports.folders import ReportFolder, figure_folders, report_folders

PARTS = 8
EXAMPLES = 5000 if settings().max_examples >= 2000 else 200
PHASES = tuple(Phase) if EXAMPLES == 5000 else (Phase.explicit, Phase.generate)
"""To find the smallest report that fails takes minutes, which is for the nightly profile."""
HEALTHY = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


@pytest.mark.parametrize("part", range(PARTS))
def test_what_is_written_is_what_is_printed(part: int) -> None:
    @seed(part)
    @settings(max_examples=EXAMPLES // PARTS, phases=PHASES, suppress_health_check=HEALTHY)
    @given(figure_folders() if part == PARTS - 1 else report_folders())
    def examine(report: ReportFolder) -> None:
        with tempfile.TemporaryDirectory() as folder:
            assert examine_folder(report, Path(folder)).problems == ()

    examine()


def test_lost_and_moved_words_are_found(tmp_path: Path) -> None:
    files = {str(path.relative_to(MINIMAL)): path.read_bytes() for path in sorted(MINIMAL.rglob("*")) if path.is_file()}
    files["chapters/story.md"] = b"# Story\n\nOne and *two*, 3~4~5.\n\n> Six\n\n## Seven\n\nEight.\n"
    kept = ("Story", "Oneandtwo345", "Six", "Seven", "Eight")
    assert examine_folder(ReportFolder(files, kept, ("two",)), tmp_path / "a").problems == ()
    moved = ReportFolder(files, ("Six", "Oneandtwo345", "Sixth"), ("Ninth",))
    problems = examine_folder(moved, tmp_path / "b").problems
    assert problems == ("out of order: oneandtwo345", "lost: sixth", "lost: Ninth")
