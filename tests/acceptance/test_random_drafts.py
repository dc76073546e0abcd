"""Drafts of whole reports with random holes: they are built and audit clean, or an error says why not; none crashes.

8 reports in every run, 500 in the nightly profile.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from gri_builder.model.finding import Severity
from gri_builder.pipeline.build import build_report
from tests.support.whole_reports.examine import audit_problems
from tests.support.whole_reports.folders import ReportFolder, report_folders

EXAMPLES = 500 if settings().max_examples >= 2000 else 8
HEALTHY = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
HOLES = ("remove", "empty", "value", "number", "block", "block")


@st.composite
def holed_folders(draw: st.DrawFn) -> ReportFolder:
    """Return a whole report from which files, values of keys, numbers or entries are taken away."""
    report = draw(report_folders())
    files = dict(report.files)
    for hole in draw(st.lists(st.sampled_from(HOLES), min_size=1, max_size=5)):
        path = draw(st.sampled_from(sorted(files)))
        if hole in ("remove", "empty") and path != "report.yaml":
            files = {each: data for each, data in files.items() if each != path}
            files |= {path: b""} if hole == "empty" else {}
        elif path.endswith(".yaml"):
            files[path] = draw(_holed_texts(files[path].decode(), hole)).encode()
    return ReportFolder(files, (), ())


@st.composite
def _holed_texts(draw: st.DrawFn, text: str, hole: str) -> str:
    """Return a YAML text without one value, one number, or one entry of the first column."""
    lines = text.split("\n")
    patterns = {"value": r"\s*[\w-]+: \S", "number": r"\s*'?\d{4}'?: [\d.]+$", "block": r"[\w]"}
    places = [n for n, line in enumerate(lines) if re.match(patterns.get(hole, r"$^"), line)]
    if not places:
        return text
    place = draw(st.sampled_from(places))
    if hole != "block":
        return "\n".join([*lines[:place], lines[place].split(": ")[0] + ":", *lines[place + 1 :]])
    end = next((n for n in range(place + 1, len(lines)) if re.match(r"\S", lines[n])), len(lines))
    return "\n".join([*lines[:place], *lines[end:]])


def test_a_report_with_holes_builds_or_says_why_not() -> None:
    built = 0

    @seed(22)
    @settings(max_examples=EXAMPLES, phases=(Phase.explicit, Phase.generate), suppress_health_check=HEALTHY)
    @given(holed_folders())
    def examine(report: ReportFolder) -> None:
        nonlocal built
        with tempfile.TemporaryDirectory() as folder:
            report.write(Path(folder) / "report")
            found = build_report(Path(folder) / "report", Path(folder) / "out", draft=True)
            if found.value is None:
                assert any(each.severity is Severity.ERROR for each in found.findings)
                assert not (Path(folder) / "out").exists()
                return
            built += 1
            assert all(gap.where for gap in found.value.gaps)
            assert audit_problems(found.value.files[0]) == ()

    examine()
    assert built > EXAMPLES / 4
