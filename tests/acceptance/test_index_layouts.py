"""Indexes in the layouts that published reports use: each row, page list, omission and mark is read as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from msgspec.structs import replace

from gri_builder.audit.pipeline import audit_pdf_bytes
from gri_builder.model.audit_result import AuditClaim, AuditResult, Reference
from gri_builder.resources.frameworks import framework_ids
from tests.support.index_judge import Judgment, Truth, judge
from tests.support.index_layouts.catalog import LAYOUTS, STANDARDS
from tests.support.index_layouts.report import Report
from tests.support.paths import TESTS

FLOORS = yaml.safe_load((TESTS / "cases" / "audit" / "layout_floors.yaml").read_text(encoding="utf-8")) or {}
"""Shares that are below 1 so far, by layout and measure; to be raised, never lowered."""


ALL = LAYOUTS | {name: layout for name, layout in STANDARDS.items() if layout.framework in framework_ids()}


def judged(name: str, folder: Path) -> Judgment:
    data, truth = Report(ALL[name]).make()
    file = folder / f"{name}.pdf"
    file.write_bytes(data)
    audit = audit_pdf_bytes(file).value
    assert audit
    return judge(audit, truth)


@pytest.mark.parametrize("name", ALL)
def test_an_index_is_read_as_it_is(name: str, tmp_path: Path) -> None:
    found = judged(name, tmp_path)
    floors = FLOORS.get(name, {})
    low = {each: share for each, share in found.shares().items() if share.share < floors.get(each, 1.0)}
    assert not low, found.wrong[:20]


def perfect(truth: Truth) -> AuditResult:
    """Return the audit that says just what the truth says."""
    claims = tuple(
        AuditClaim(
            code=entry["code"],
            id=entry["code"],
            as_written=entry["printed"],
            found_on=entry["page"],
            references=(Reference("p.", tuple(truth["pages_map"][str(page)] for page in entry["printed_pages"])),),
            omission=entry.get("omission"),
            assured=entry.get("assured"),
        )
        for entry in truth["entries"]
    )
    return AuditResult("x.pdf", "", 1, "other", "gri-g4", truth["claimed_option"], (), claims, (), None, ())


def test_the_judge_finds_nothing_wrong_in_a_perfect_audit() -> None:
    _, truth = Report(LAYOUTS["assured-on-page-pt"]).make()
    found = judge(perfect(truth), truth)
    assert not found.wrong
    assert found.pages.all == found.rows.all == len(truth["entries"])
    assert found.omissions_found.all == 5


def test_the_judge_sees_each_fault() -> None:
    _, truth = Report(LAYOUTS["assured-on-page-pt"]).make()
    audit = perfect(truth)
    first, second, *rest = audit.claims
    wrong = replace(first, references=(Reference("99", (99,)),), omission="none", assured=not first.assured)
    found = judge(replace(audit, claims=(wrong, *rest, rest[0]), claimed_option=None, recognized=None), truth)
    faults = {name: share.all - share.right for name, share in found.shares().items()}
    assert faults == {
        "codes_precise": 0,
        "codes_found": 1,
        "rows": 1,
        "pages": 2,
        "omissions_precise": 1,
        "omissions_found": 0,
        "assured": 1,
        "page_errors": 0,
        "subjects": 0,
        "option": 1,
        "framework": 1,
    }
    assert any(second.code in each for each in found.wrong)
