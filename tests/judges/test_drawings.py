"""veraPDF on drawings: gradients, transparency, masks, patterns and text in a report's pictures."""

from __future__ import annotations

import shutil
from pathlib import Path

from gri_builder import audit_pdf
from gri_builder.pipeline.build import build_report
from tests.judges.test_foreign import assert_accessible
from tests.support.paths import CASES


def test_drawings_with_every_effect_hold_both_standards(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    shutil.copytree(CASES / "elements", folder)
    shutil.copyfile(CASES / "svg" / "effects.svg", folder / "images" / "flow.svg")
    built = build_report(folder, tmp_path / "output").value
    assert built
    pdf = built.files[0]
    data = pdf.read_bytes()
    assert b"/SMask" in data
    assert_accessible(data, tmp_path)
    checked = audit_pdf(pdf)
    assert [one for one in checked.findings if one.severity != "info"] == []
