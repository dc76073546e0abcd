"""Indexes in the layouts that published reports use: each row, page list, omission and mark is read as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from gri_builder.audit.pipeline import audit_pdf_bytes
from tests.support.index_judge import Judgment, judge
from tests.support.index_layouts.catalog import LAYOUTS
from tests.support.index_layouts.report import Report
from tests.support.paths import TESTS

FLOORS = yaml.safe_load((TESTS / "cases" / "audit" / "layout_floors.yaml").read_text(encoding="utf-8")) or {}
"""Shares that are below 1 so far, by layout and measure; to be raised, never lowered."""


def judged(name: str, folder: Path) -> Judgment:
    data, truth = Report(LAYOUTS[name]).make()
    file = folder / f"{name}.pdf"
    file.write_bytes(data)
    audit = audit_pdf_bytes(file).value
    assert audit
    return judge(audit, truth)


@pytest.mark.parametrize("name", LAYOUTS)
def test_an_index_is_read_as_it_is(name: str, tmp_path: Path) -> None:
    found = judged(name, tmp_path)
    floors = FLOORS.get(name, {})
    low = {each: share for each, share in found.shares().items() if share.share < floors.get(each, 1.0)}
    assert not low, found.wrong[:20]
