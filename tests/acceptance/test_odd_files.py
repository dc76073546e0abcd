"""Tables, pictures and fonts that are damaged, odd or made to do harm give a finding or are read, and leave no log."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from gri_builder.cli import main as cli
from tests.support.paths import ROOT
from tests.support.report_folders import MINIMAL, judge, lay_out

AGGREGATED = """
by-site:
  title: By site
  unit: MWh
  by: site
  aggregate: {file: figures/c.csv, value: kWh, unit: kWh, period: year, how: sum}
"""
HEADERS = b"site,year,kWh\n"
OWN_FONT = "text_font: {regular: fonts/t.ttf}\n"
FONT = next((ROOT / "src/gri_builder/resources/fonts").rglob("*.ttf"))


def add(folder: Path, path: str, data: bytes) -> None:
    (folder / path).parent.mkdir(exist_ok=True)
    (folder / path).write_bytes(data)


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("inside", [b"\n", b"\r\n", b"\r"])
def test_cells_may_hold_any_line_end(end: bytes, inside: bytes, tmp_path: Path) -> None:
    folder = lay_out(MINIMAL, tmp_path / "report")
    lines = [
        HEADERS.strip(),
        b'"A' + inside + b'B",2014,1000',
        b'"A' + inside + b'B",2015,2000',
        b"C,2014,1",
        b"C,2015,2",
    ]
    add(folder, "figures/c.csv", end.join(lines) + end)
    add(folder, "figures/c.yaml", AGGREGATED.encode())
    report, findings = judge(folder)
    assert report is not None, findings
    facts = report.series["by-site"].facts
    assert {" ".join(fact.members[0].split()) for fact in facts} == {"A B", "C"}
    assert len(facts) == 4


def test_each_ragged_row_of_an_aggregated_table_has_its_finding(tmp_path: Path) -> None:
    folder = lay_out(MINIMAL, tmp_path / "report")
    add(folder, "figures/c.csv", HEADERS + b"A,2014,1,7\nA,2015,2\nB,2014\nB,2015,4\n")
    add(folder, "figures/c.yaml", AGGREGATED.encode())
    _, findings = judge(folder)
    assert {(each.rule, each.where.line) for each in findings} >= {("ragged-row", 2), ("empty-value", 4)}


def test_a_jpeg_of_many_scans_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.effect_noise((32, 32), 50).convert("RGB").save(out, "JPEG", progressive=True)
    data = out.getvalue()
    scan = data[data.rfind(b"\xff\xda") : -2]
    folder = lay_out(MINIMAL, tmp_path / "report")
    add(folder, "images/x.jpg", data[:-2] + scan * 3_000 + data[-2:])
    with (folder / "chapters" / "story.md").open("a", encoding="utf-8") as story:
        story.write("\n\n![A picture](images/x.jpg)\n")
    _, findings = judge(folder)
    (found,) = [each for each in findings if each.rule == "oversized-image"]
    assert "--limit jpeg-scans=N" in (found.hint or "")


@pytest.mark.parametrize("at", [0, 12, 18])
@pytest.mark.parametrize("table", [b"head", b"hhea"])
def test_a_font_that_no_build_can_embed_is_refused(
    table: bytes, at: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = bytearray(FONT.read_bytes())
    start = int.from_bytes(data[(entry := data.index(table, 12)) + 8 : entry + 12], "big")
    data[start + at : start + at + 4] = b"\xff\xff\xff\xff"
    folder = lay_out(MINIMAL, tmp_path / "report")
    add(folder, "fonts/t.ttf", bytes(data))
    add(folder, "theme.yaml", OWN_FONT.encode())
    validated = cli.main(["validate", str(folder)])
    assert validated in (0, 1)
    assert ("[broken-font]" in capsys.readouterr().out) is (validated == 1)
    assert cli.main(["build", str(folder), "-o", str(tmp_path / "out")]) == validated


def test_what_libraries_log_is_not_printed(tmp_path: Path) -> None:
    data = bytearray(FONT.read_bytes())
    start = int.from_bytes(data[(entry := data.index(b"head", 12)) + 8 : entry + 12], "big")
    data[start + 20 : start + 36] = b"\xff" * 16  # dates that fontTools warns of
    folder = lay_out(MINIMAL, tmp_path / "report")
    add(folder, "fonts/t.ttf", bytes(data))
    add(folder, "theme.yaml", OWN_FONT.encode())
    command = [sys.executable, "-m", "gri_builder", "validate", str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=120)
    assert len(done.stderr.splitlines()) == 1, done.stderr
