"""Our own PDFs: an unharmed one passes every check, and each change to one is found and named by its rule."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from gri_builder.audit.gri_builder_pdf.embedded_report import MARK
from gri_builder.audit.pipeline import audit_pdf_bytes
from gri_builder.audit.rules.printed_numbers import shows_value
from gri_builder.audit.rules.runner import GRI_BUILDER_RULES, THIRD_PARTY_RULES
from gri_builder.model.audit_result import AuditResult, CheckStatus
from gri_builder.pipeline.build import build_report, load_and_check
from tests.support.mutations import mutate
from tests.support.paths import ROOT, TESTS

CASES = TESTS / "cases" / "audit"
CHANGES: dict[str, dict[str, Any]] = yaml.safe_load((CASES / "changes.yaml").read_text(encoding="utf-8"))
SEAL = "page-content"
"""Rule that notices any change to a page, whatever it says."""
SEALS = frozenset(
    {SEAL, "sealed-page", "sealed-structure", "sealed-document", "sealed-file", "signature", "saved-again"}
)
"""Rules that notice any change at all."""
OF_SIGNATURES = frozenset({"signature-intact", "signature-claimed"})
"""Rules on what a signed PDF holds, or claims to; test_audit_signatures.py has their cases."""
CHANGE_PAGES = {"retype", "stretch", "remove-page", "swap-pages", "insert-blank"}
FOLDERS = {"brook-2015": CASES / "report", **{folder.name: folder for folder in (ROOT / "report_data").iterdir()}}


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the PDFs of the reports, by name."""
    output = tmp_path_factory.mktemp("out")
    built = {name: build_report(folder, output).value for name, folder in sorted(FOLDERS.items())}
    return {name: each.files[0].read_bytes() for name, each in built.items() if each}


def audit(data: bytes, folder: Path, name: str = "report.pdf") -> AuditResult:
    """Return the audit of a PDF, made in this process."""
    file = folder / name
    file.write_bytes(data)
    checked = audit_pdf_bytes(file)
    assert checked.value, checked.findings
    return checked.value


@pytest.mark.parametrize("name", sorted(FOLDERS))
def test_an_unharmed_report_passes_every_check(pdfs: dict[str, bytes], name: str, tmp_path: Path) -> None:
    result = audit(pdfs[name], tmp_path)
    assert result.findings == ()
    assert [check for check in result.checks if check.status is CheckStatus.FAIL] == []
    assert result.count(CheckStatus.PASS) > 150
    used = re.search(r"(?m)^framework: (\S+)$", (FOLDERS[name] / "report.yaml").read_text(encoding="utf-8"))
    assert used and (result.producer, result.recognized) == ("gri-builder", used[1])


def test_every_rule_passes_on_something(pdfs: dict[str, bytes], tmp_path: Path) -> None:
    """No rule is idle: on a complete report each of them has made a check."""
    passed = {check.rule for check in audit(pdfs["brook-2015"], tmp_path).checks if check.status is CheckStatus.PASS}
    assert passed == set(GRI_BUILDER_RULES) - OF_SIGNATURES


@pytest.mark.parametrize("name", sorted(FOLDERS))
def test_the_pdf_covers_what_its_folder_covers(pdfs: dict[str, bytes], name: str, tmp_path: Path) -> None:
    """What is promised is what is extracted: by letter, omission, assurance and criterion."""
    promised, found = load_and_check(FOLDERS[name]).value, audit(pdfs[name], tmp_path).coverage
    assert promised
    assert found
    for one, other in zip(promised.coverage.rows, found.rows, strict=True):
        assert (one.id, one.status, one.requirements) == (other.id, other.status, other.requirements)
        assert (one.assured, [(o.part, o.reason, o.counts) for o in one.omissions]) == (
            other.assured,
            [(o.part, o.reason, o.counts) for o in other.omissions],
        )
    assert promised.coverage.met == found.met
    assert promised.coverage.totals == found.totals


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("0.66\u00a0g/100\u00a0g", "0.66", True),
        ("0.69\u00a0g/100\u00a0g", "0.66", False),
        ("6.4\u00a0per\u00a0200,000\u00a0h", "6.41", True),
        ("EUR\u00a0874.6\u00a0million", "874.6", True),
        ("1\u202f204,5\u00a0t", "1204.5", True),
        ("3,648,000\u00a0m³", "3648000", True),
        ("5,82,500\u00a0kWh", "582500", True),
        ("5,82,501\u00a0kWh", "582500", False),
    ],
)
def test_digits_of_a_unit_are_none_of_the_value(text: str, value: str, shown: bool) -> None:
    assert shows_value(text, Decimal(value)) is shown


@pytest.mark.parametrize(("text", "mark"), [("FP8", True), ("G4-EN3 a", True), ("CRE7 b", True), ("The FP8", False)])
def test_codes_of_sectors_are_marks(text: str, mark: bool) -> None:
    assert (MARK.fullmatch(text) is not None) is mark


def test_claims_are_read_as_printed(pdfs: dict[str, bytes], tmp_path: Path) -> None:
    result = audit(pdfs["brook-2015"], tmp_path)
    claim = next(each for each in result.claims if each.id == "G4-EN3")
    assert (claim.as_written, claim.found_on, claim.pages, claim.assured, claim.assurance_page) == (
        "G4-EN3",
        13,
        (5,),
        True,
        11,
    )
    assert claim.references[0].text == "5"
    assert (claim.evidence.page, claim.evidence.verdict) == (5, "found")
    reference = next(each for each in result.claims if each.id == "G4-EN4")
    assert reference.references[0].text == "Hauliers' Report 2015, 12-13, https://hauliers.example/2015.pdf"
    assert reference.references[0].outside
    assert [page.page for page in result.index_pages] == [12, 13]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_found(pdfs: dict[str, bytes], change: str, tmp_path: Path) -> None:
    case = CHANGES[change]
    result = audit(mutate(pdfs["brook-2015"], case["steps"]), tmp_path)
    failed = {check.rule for check in result.checks if check.status is CheckStatus.FAIL}
    touched = any(verb in CHANGE_PAGES for step in case["steps"] for verb in step)
    assert (SEAL in failed) == (touched or SEAL in case.get("includes", ()))
    assert failed & SEALS, "the seal does not notice it"
    failed -= SEALS
    if "rules" in case:
        assert failed == set(case["rules"])
    else:
        assert failed >= set(case["includes"]) - SEALS
    found = [finding for finding in result.findings if finding.rule in failed or not failed]
    if "names" in case:
        assert case["names"] in {finding.disclosure for finding in found}
    if "page" in case:
        assert case["page"] in {finding.where.page for finding in found}
    broken = [check.message for check in result.checks if "the rule itself broke" in check.message]
    assert broken == []


def test_no_rule_lacks_a_change_that_it_finds() -> None:
    named = {rule for case in CHANGES.values() for rule in (*case.get("rules", ()), *case.get("includes", ()))}
    assert named | SEALS | OF_SIGNATURES == set(GRI_BUILDER_RULES)


def test_every_rule_is_told_to_auditors() -> None:
    page = (ROOT / "docs" / "guides" / "auditor.md").read_text(encoding="utf-8")
    assert [rule for rule in (*GRI_BUILDER_RULES, *THIRD_PARTY_RULES) if f"`{rule}`" not in page] == []
