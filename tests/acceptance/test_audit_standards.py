"""The audit of PDFs by the GRI Standards: framework, editions, topics, options, and what is printed of them."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gri_builder.audit.pipeline import audit_pdf_bytes
from gri_builder.model.audit_result import AuditResult
from gri_builder.reporters.audit.json import write_audit_json
from gri_builder.reporters.audit.text import write_audit_text
from gri_builder.resources.frameworks import load_framework
from tests.support.index_judge import judge
from tests.support.index_layouts.catalog import STANDARDS
from tests.support.index_layouts.drawing import Column
from tests.support.index_layouts.report import Report
from tests.support.index_layouts.rows import Row


def audit(name: str, folder: Path, option: str | None = None) -> AuditResult:
    data, _ = Report(STANDARDS[name]).make()
    file = folder / "report.pdf"
    file.write_bytes(data)
    result = audit_pdf_bytes(file, option=option).value
    assert result
    return result


def test_a_report_by_the_standards_of_2021(tmp_path: Path) -> None:
    result = audit("standard-column-en-gri-2021", tmp_path)
    assert (result.recognized, result.recognized_name) == ("gri-2021", "GRI Standards (Universal Standards 2021)")
    assert result.recognized_reasons[-1].endswith("that only this framework has")
    ids = [claim.id for claim in result.claims]
    topics = {id.partition(":")[2] for id in ids if id.startswith("3-3:")}
    assert {"emissions", "water-and-effluents"} & topics
    assert all(not id.startswith("303") or id.endswith("@2018") for id in ids)
    assert result.coverage
    assert set(result.coverage.met) <= {"in-accordance", "with-reference"}


def test_a_report_by_the_standards_of_2016(tmp_path: Path) -> None:
    result = audit("standard-column-it-gri-2016", tmp_path)
    assert (result.recognized, result.claimed_option) == ("gri-2016", STANDARDS["standard-column-it-gri-2016"].option)
    assert {claim.id.partition(":")[0] for claim in result.claims} >= {"103-1@2016", "103-2@2016", "103-3@2016"}
    assert len([claim for claim in result.claims if claim.id.startswith("103-1@2016:")]) > 5


def test_codes_are_printed_as_the_index_prints_them(tmp_path: Path) -> None:
    result = audit("standard-column-en-gri-2016", tmp_path)
    text = write_audit_text(result, load_framework("gri-2016"))
    assert "@20" not in text
    assert "102-14 " in text
    assert any("@20" in claim["id"] for claim in json.loads(write_audit_json(result))["claims"])


@pytest.mark.parametrize("option", ["in-accordance", "with-reference", "none", "core"])
def test_an_option_is_assessed_if_the_framework_has_it(option: str, tmp_path: Path) -> None:
    result = audit("printed-years-en-gri-2021", tmp_path, option)
    assert result.coverage
    claimed = STANDARDS["printed-years-en-gri-2021"].option
    assert result.coverage.judged == {"none": None, "core": claimed}.get(option, option)


def mix(rows: list[Row], _words: dict[str, Any], _rng: random.Random) -> None:
    """Print some codes of 2016 in place of those of 2021."""
    general = [row for row in rows if row.general]
    for row, code in zip(general, ("102-15", "102-20", "102-35", "102-44"), strict=False):
        row.code = row.printed = row.cells["code"] = code


def test_codes_of_both_standards_are_named(tmp_path: Path) -> None:
    file = tmp_path / "mixed.pdf"
    file.write_bytes(Report(replace(STANDARDS["two-languages-it-gri-2021"], change=(mix,))).make()[0])
    result = audit_pdf_bytes(file).value
    assert result
    assert result.recognized == "gri-2021"
    (message,) = [each.message for each in result.findings if each.rule == "other-framework"]
    assert message.startswith("the index mixes two frameworks: besides codes of the GRI Standards (Universal Standards")
    assert "4 codes (102-15, 102-20, 102-35 …) of the GRI Standards (2016)" in message


def former(rows: list[Row], _words: dict[str, Any], _rng: random.Random) -> None:
    """Print the codes of G4 in a column of their own."""
    for row in rows:
        row.cells["cross"] = row.source


def test_a_column_of_codes_of_g4_is_named(tmp_path: Path) -> None:
    columns = (Column("code", 70), Column("cross", 70, head="code"), Column("title", 200), Column("page", 120))
    layout = replace(STANDARDS["printed-years-en-gri-2016"], columns=columns, change=(former,))
    data, truth = Report(layout).make()
    file = tmp_path / "transition.pdf"
    file.write_bytes(data)
    result = audit_pdf_bytes(file).value
    assert result
    assert (result.recognized, result.also_recognized) == ("gri-2016", ("gri-g4",))
    assert judge(result, truth).wrong == []
    (message,) = [each.message for each in result.findings if each.rule == "other-framework"]
    assert message.startswith(
        "the PDF uses codes of the G4 Sustainability Reporting Guidelines, too; only claims by the"
    )


def withdraw(rows: list[Row], _words: dict[str, Any], _rng: random.Random) -> None:
    """Print a code that the Standards of 2021 no longer have."""
    row = next(row for row in rows if row.code == "308-1")
    row.code = row.printed = row.cells["code"] = "307-1"


def test_a_withdrawn_code_is_named_with_its_framework(tmp_path: Path) -> None:
    layout = replace(STANDARDS["printed-years-en-gri-2021"], change=(withdraw,), specific=44)
    file = tmp_path / "withdrawn.pdf"
    file.write_bytes(Report(layout).make()[0])
    result = audit_pdf_bytes(file).value
    assert result
    (message,) = [each.message for each in result.findings if each.rule == "code-unknown"]
    assert message.startswith(
        "the index lists '307-1', which is not a code of the framework, but of the GRI Standards (2016)"
    )
