"""What was built audits clean, whatever its Markdown looks like."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from gri_builder.audit.pipeline import audit_pdf_bytes
from gri_builder.model.audit_result import CheckStatus
from gri_builder.pipeline.build import build_report
from tests.support.paths import TESTS

CASES: dict[str, Any] = yaml.safe_load((TESTS / "cases" / "audit" / "clean.yaml").read_text(encoding="utf-8"))
REPORT: dict[str, Any] = yaml.safe_load("""\
format: 1
framework: gri-g4
name: mini
title: Mini report
organization: {name: Mini Corp, website: https://mini.example}
period: {start: 2015-01-01, end: 2015-12-31}
published: 2016-05-12
language: en-GB
option: none
notice: A **notice** with `{#code}` and [a link](https://mini.example/x).
material_aspects:
  - {aspect: energy, within: all plants, outside: landlords}
chapters: [chapters/one.md]
""")
FIGURES = "energy: {title: Energy, unit: GJ, values: {2014: 3700, 2015: 3600}}\n"


@pytest.mark.parametrize("name", CASES)
def test_what_was_built_audits_clean(name: str, tmp_path: Path) -> None:
    case = {"chapter": CASES[name]} if isinstance(CASES[name], str) else CASES[name]
    files = {
        "report.yaml": json.dumps({**REPORT, **case.get("report", {})}, ensure_ascii=False, default=str),
        "chapters/one.md": case.get("chapter", "# Story\n\nText.\n"),
        "figures/energy.yaml": case.get("figures", FIGURES),
        "disclosures/answers.yaml": json.dumps(case.get("answers", {"G4-3": "Mini Corp."}), ensure_ascii=False),
        **case.get("files", {}),
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8", newline="")
    built = build_report(tmp_path, tmp_path / "out")
    assert built.value, [finding.message for finding in built.findings]
    audited = audit_pdf_bytes(built.value.files[0])
    assert audited.value
    assert [check.message for check in audited.value.checks if check.status is CheckStatus.FAIL] == []
    assert [check.message for check in audited.value.checks if "the rule itself" in check.message] == []
    assert audited.findings == ()
