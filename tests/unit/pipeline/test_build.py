"""The whole run from a report folder to the files in the output folder."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

import gri_builder
from gri_builder.model.finding import Severity
from gri_builder.pipeline.build import build_report, check_report, load_and_check

REPORT = """\
format: 1
framework: gri-g4
name: small
title: A small report
organization: {name: Small plc, contact: green@small.example}
period: {start: 2015-01-01, end: 2015-12-31}
published: 2016-05-12
language: en-GB
option: OPTION
material_aspects:
  - {aspect: energy, within: all plants}
"""
ANSWERS = """\
G4-3: Small plc.
G4-EN3:
  e: {figure: energy}
  f: Meters.
"""
FIGURES = "energy:\n  title: Energy\n  unit: GJ\n  values: {2014: 12, 2015: 10}\n"


def make_folder(root: Path, option: str = "none", answers: str = ANSWERS) -> Path:
    folder = root / "report"
    for name, text in {
        "report.yaml": REPORT.replace("OPTION", option),
        "disclosures/all.yaml": answers,
        "figures/all.yaml": FIGURES,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_report_is_built(tmp_path: Path) -> None:
    built = build_report(make_folder(tmp_path), tmp_path / "out")
    assert built.findings == ()
    assert built.value
    assert [path.name for path in built.value.files] == [
        "small.pdf",
        "small.index.json",
        "small.index.csv",
        "small.index.xlsx",
        "small.facts.csv",
        "small.fact-places.csv",
        "small.facts.json",
        "small.datapackage.json",
    ]
    assert built.value.pages == len(PdfReader(built.value.files[0]).pages)


def test_the_index_names_the_pages_that_hold_it(tmp_path: Path) -> None:
    built = build_report(make_folder(tmp_path), tmp_path / "out")
    assert built.value
    texts = [page.extract_text() for page in PdfReader(built.value.files[0]).pages]
    index = json.loads(built.value.files[1].read_text(encoding="utf-8"))
    for row in index["rows"]:
        assert row["physical_pages"], row
        assert row["pages"] == [str(page) for page in row["physical_pages"]]
        assert all(f"{row['code']} {row['title']}" in " ".join(texts[p - 1].split()) for p in row["physical_pages"])
    assert [claim.id for claim in built.value.claims] == [row["id"] for row in index["rows"]] == ["G4-3", "G4-EN3"]


def test_pages_are_told_as_they_are_finished(tmp_path: Path) -> None:
    told: list[int] = []
    built = build_report(make_folder(tmp_path), tmp_path / "out", progress=told.append)
    assert built.value
    assert told == list(range(1, built.value.pages + 1))


def test_an_error_leaves_what_was_there(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    build_report(folder, tmp_path / "out")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    (folder / "disclosures" / "all.yaml").write_text("G4-3: {a: {figure: nothing}}\n", encoding="utf-8")
    built = build_report(folder, tmp_path / "out")
    assert built.value is None
    assert not built.ok
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


def test_missing_answers_stop_a_build_but_no_draft(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, option="core")
    refused = build_report(folder, tmp_path / "out")
    assert refused.value is None
    assert not (tmp_path / "out").exists()
    assert {"missing-disclosure", "option-not-met"} <= {finding.rule for finding in refused.findings}
    draft = build_report(folder, tmp_path / "out", draft=True)
    assert draft.value
    assert {finding.severity for finding in draft.findings} == {Severity.WARNING}
    assert {finding.rule for finding in draft.findings} == {finding.rule for finding in refused.findings}
    assert all("Draft" in page.extract_text() for page in PdfReader(draft.value.files[0]).pages[1:])


def test_other_errors_stop_a_draft_too(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, option="core", answers=ANSWERS + "G4-99: What?\n")
    built = build_report(folder, tmp_path / "out", draft=True)
    assert built.value is None
    assert [finding.rule for finding in built.findings if finding.severity is Severity.ERROR] == ["unknown-code"]


def test_no_report_there(tmp_path: Path) -> None:
    built = build_report(tmp_path, tmp_path / "out")
    assert built.value is None
    assert [finding.rule for finding in built.findings] == ["missing-file"]


def test_a_check_finds_what_a_build_finds(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, option="core", answers="G4-3: 5\n")
    checked, examined = check_report(folder), load_and_check(folder)
    assert checked.findings == examined.findings == build_report(folder, tmp_path / "out").findings
    assert checked.findings


def test_an_output_that_cannot_be_written_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"a file")
    built = build_report(make_folder(tmp_path), tmp_path / "out")
    assert [finding.rule for finding in built.findings] == ["output-not-written"]


def test_the_same_bytes_in_another_place(tmp_path: Path) -> None:
    one = build_report(make_folder(tmp_path / "a"), tmp_path / "a" / "out")
    two = build_report(make_folder(tmp_path / "b"), tmp_path / "b" / "out")
    assert one.value
    assert two.value
    assert [file.read_bytes() for file in one.value.files] == [file.read_bytes() for file in two.value.files]


@pytest.mark.parametrize(("epoch", "time"), [("86400", "D:19700102000000"), ("", "D:20160512000000")])
def test_the_time_is_never_the_clock_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, epoch: str, time: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    built = build_report(make_folder(tmp_path), tmp_path / "out")
    assert built.value
    metadata = PdfReader(io.BytesIO(built.value.files[0].read_bytes())).metadata
    assert metadata
    assert str(metadata["/CreationDate"]).startswith(time)


@pytest.mark.parametrize("epoch", ["soon", "-1", "1.5", "253402300800", "9" * 40, "²"])
def test_a_time_that_is_none_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    built = build_report(make_folder(tmp_path), tmp_path / "out")
    assert [finding.rule for finding in built.findings] == ["invalid-source-date-epoch"]
    assert not (tmp_path / "out").exists()


# -- public names -----------------------------------------------------------------------------------------------------


def test_public_names() -> None:
    assert gri_builder.build_report is build_report
    assert {name: bool(getattr(gri_builder, name)) for name in gri_builder.__all__} == dict.fromkeys(
        gri_builder.__all__, True
    )
    assert set(gri_builder.__all__) <= set(dir(gri_builder))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = gri_builder.nothing


def test_importing_is_quick() -> None:
    code = (
        "import sys, gri_builder; print([m for m in ('reportlab', 'yaml', 'jsonschema', 'babel') if m in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
