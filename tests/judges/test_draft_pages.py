"""Drafts of the cases: veraPDF and the file itself find nothing against PDF/UA-1 and PDF/A-3a, whatever is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from gri_builder.pipeline.build import build_report
from tests.judges.test_foreign import assert_accessible
from tests.support.paths import TESTS

CASES = sorted(folder for folder in (TESTS / "cases" / "drafts").iterdir() if folder.is_dir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.name))
def test_a_draft_is_accessible(case: Path, tmp_path: Path) -> None:
    built = build_report(case, tmp_path, draft=True)
    assert built.value is not None
    assert_accessible(built.value.files[0].read_bytes(), tmp_path)
