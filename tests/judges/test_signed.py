"""veraPDF on signed PDFs: as built, after the first and after the second signature, with visible seals."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.judges.verapdf import judge
from tests.support.signed_reports import build_report_to_sign, sign_twice


@pytest.mark.parametrize("flavour", ["ua1", "3a"])
def test_signed_reports(flavour: str, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    for data in (build_report_to_sign(), *sign_twice()):
        file.write_bytes(data)
        found = judge(file, flavour)
        assert found.assertions > 100
        assert not found.failures
