"""`inspect --write`: the series of a file become a file of `figures/`, which the report reads without an error."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gri_builder.cli.main import main
from gri_builder.model.finding import Severity
from gri_builder.pipeline.build import load_and_check
from tests.support.paths import TESTS

TABLE = "Year,Energy (GJ),Water (m3)\n2014,2154,199\n2015,2097,187\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(TESTS / "cases" / "given" / "gri-g4", tmp_path / "report")
    (tmp_path / "report" / "data").mkdir()
    (tmp_path / "report" / "data" / "sums.csv").write_text(TABLE, "utf-8")
    return tmp_path / "report"


def test_the_report_reads_them(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(folder / "data" / "sums.csv"), "--write"]) == 0
    shown = capsys.readouterr()
    assert "sums.yaml" in shown.err and "this gives" in shown.out
    checked = load_and_check(folder)
    assert [each for each in checked.findings if each.severity is Severity.ERROR] == []
    assert checked.value is not None
    keys = {fact.key for one in checked.value.report.series.values() for fact in one.facts}
    assert keys == {"energy[2014]", "energy[2015]", "water[2014]", "water[2015]"}


def test_nothing_is_written_over_and_nothing_outside_of_a_report(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "figures").mkdir()
    (folder / "figures" / "sums.yaml").write_text("mine: 1\n", "utf-8")
    assert main(["inspect", str(folder / "data" / "sums.csv"), "--write"]) == 2
    assert "exists already" in capsys.readouterr().err
    assert (folder / "figures" / "sums.yaml").read_text("utf-8") == "mine: 1\n"
    (tmp_path / "alone.csv").write_text(TABLE, "utf-8")
    assert main(["inspect", str(tmp_path / "alone.csv"), "--write"]) == 2
    assert "in no report folder" in capsys.readouterr().err
    (folder / "data" / "words.csv").write_text("a,b\nx,y\n", "utf-8")
    assert main(["inspect", str(folder / "data" / "words.csv"), "--write"]) == 2
    assert "holds no series" in capsys.readouterr().err
