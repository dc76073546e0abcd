"""veraPDF on drawings: gradients, transparency, masks, patterns and text in a report's pictures."""

from __future__ import annotations

import shutil
from pathlib import Path

import pikepdf
import pytest

from gri_builder import audit_pdf
from gri_builder.pipeline.build import build_report
from tests.judges.test_foreign import assert_accessible
from tests.support.paths import CASES

FORM = {"/Type", "/Subtype", "/BBox", "/Resources", "/Group", "/Filter", "/Length"}
"""Entries of a form XObject."""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the PDF of a report with a drawing that has every effect."""
    folder = tmp_path_factory.mktemp("drawings")
    shutil.copytree(CASES / "elements", folder / "report")
    shutil.copyfile(CASES / "svg" / "effects.svg", folder / "report" / "images" / "flow.svg")
    built = build_report(folder / "report", folder / "output").value
    assert built
    return built.files[0]


def test_drawings_with_every_effect_hold_both_standards(report: Path, tmp_path: Path) -> None:
    data = report.read_bytes()
    assert b"/SMask" in data
    assert_accessible(data, tmp_path)
    assert [one for one in audit_pdf(report).findings if one.severity != "info"] == []


def test_form_xobjects_hold_drawings_only(report: Path) -> None:
    pdf = pikepdf.open(report)
    forms = [item for item in pdf.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form"]
    assert len(forms) > 5
    for form in forms:
        assert set(map(str, form.keys())) <= FORM
        used = {str(each.operator) for each in pikepdf.parse_content_stream(form)}
        assert not used & {"BDC", "BMC", "BT", "BI", "Tj", "TJ"}
