"""`build` of several reports: each into its own folder, all of them whatever becomes of one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gri_builder.cli import main as cli
from gri_builder.pipeline.output_files import ENDINGS
from tests.support.report_folders import CASES

MINIMAL = CASES / "valid" / "minimal"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    for name in ("north", "south", "broken"):
        shutil.copytree(MINIMAL, tmp_path / "reports" / name)
    (tmp_path / "reports" / "broken" / "report.yaml").write_text("organization: [\n", encoding="utf-8")
    return tmp_path / "reports"


def test_each_report_is_built(reports: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out = reports.parent / "out"
    folders = [str(reports / name) for name in ("north", "broken", "south")]
    assert cli.main(["build", *folders, "-o", str(out), "--jobs", "2"]) == 1
    printed = capfd.readouterr()
    assert sorted(path.name for path in out.iterdir()) == ["north", "south"]
    assert len(printed.out.split()) == 2 * len(ENDINGS)
    assert "2 of 3 reports built" in printed.err
    assert f"not built: {reports / 'broken'}" in printed.err
    assert len(list((out / "north").glob("*.pdf"))) == 1
    alone = reports.parent / "alone"
    assert cli.main(["build", folders[0], "-o", str(alone)]) == 0
    for file in alone.iterdir():
        assert file.read_bytes() == (out / "north" / file.name).read_bytes()


def test_two_reports_for_one_folder(reports: Path, capfd: pytest.CaptureFixture[str]) -> None:
    other = reports.parent / "other" / "north"
    shutil.copytree(reports / "north", other)
    assert cli.main(["build", str(reports / "north"), str(other), "-o", str(reports.parent / "out")]) == 2
    assert "would be built into one folder" in capfd.readouterr().err
    assert not (reports.parent / "out").exists()


def test_a_report_that_is_not_there(reports: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["build", str(reports / "north"), str(reports / "nroth"), "-o", str(reports.parent / "out")]) == 2
    assert "there is no folder" in capfd.readouterr().err
