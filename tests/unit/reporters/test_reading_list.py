"""What to read first: limits of the reading, failures, gaps, uncertain readings, what was not checked; by weight."""

from __future__ import annotations

from msgspec.structs import replace

from gri_builder.model.audit_result import (
    AuditClaim,
    AuditResult,
    Check,
    CheckStatus,
    Evidence,
    IndexRegion,
    PageMap,
    PageRun,
    Verdict,
)
from gri_builder.model.finding import Finding, Severity
from gri_builder.reporters.audit.reading_list import Entry, Weight, list_entries
from tests.support.made_audits import CLAIMS, FRAMEWORK, at, make_audit


def entries_of(audit: AuditResult, *weights: Weight) -> list[Entry]:
    return [entry for entry in list_entries(audit, FRAMEWORK) if entry.weight in weights]


def test_the_most_important_come_first() -> None:
    weights = [entry.weight for entry in list_entries(make_audit(), FRAMEWORK)]
    assert weights == sorted(weights)
    assert set(weights) == {Weight.FAILURE, Weight.GAP, Weight.UNCERTAIN, Weight.UNCHECKED}


def test_an_index_that_could_not_be_read_is_the_first_entry_with_its_place() -> None:
    regions = (IndexRegion(40, (0, 0, 9, 9), 10, 9), IndexRegion(41, (1, 2, 3, 4), 10, 4))
    problem = "in 6 of 10 rows neither a page nor an answer was read"
    first = list_entries(make_audit(index_problem=problem, index_regions=regions), FRAMEWORK)[0]
    assert (first.name, first.message, first.page) == ("could not be read", problem, 41)
    assert first.passage
    assert first.passage.box == (1, 2, 3, 4)


def test_a_finding_that_says_so_is_that_entry() -> None:
    problem = "6 of 10 rows were not understood"
    finding = Finding("index-unreadable", Severity.WARNING, f"the index can't be read: {problem}", at(41), "read it")
    (entry,) = entries_of(make_audit(index_problem=problem, findings=(finding,)), Weight.UNREAD)
    assert (entry.about, entry.severity, entry.page) == ("index-unreadable", "warning", 41)


def test_page_numbers_that_do_not_agree_come_first() -> None:
    trusted = PageMap("printed", (PageRun(1, 44, 1),), 40, 40)
    assert entries_of(make_audit(page_map=trusted), Weight.UNREAD) == []
    (entry,) = entries_of(make_audit(page_map=replace(trusted, agreeing=20, trusted=False)), Weight.UNREAD)
    assert (entry.about, "50 % of the 40 numbered pages" in entry.message) == ("page-map", True)


def test_gaps_quote_the_row_if_there_is_one() -> None:
    gaps = {entry.id: entry for entry in entries_of(make_audit(), Weight.GAP)}
    assert gaps["G4-10"].message.startswith("missing: ")
    assert (gaps["G4-10"].evidence, gaps["G4-10"].page) == ("", 40)
    assert "no Indicator of the material Aspect 'Energy' is covered in full" in {gap.message for gap in gaps.values()}
    listed = AuditClaim("G4-10", "G4-10", "G4 10", 42, placeholder="to be updated")
    gap = next(entry for entry in entries_of(make_audit(claims=(listed,)), Weight.GAP) if entry.id == "G4-10")
    assert (gap.evidence, gap.page) == ("G4 10 | to be updated", 42)


def test_uncertain_rows_and_weak_evidence() -> None:
    weak = AuditClaim("G4-9", "G4-9", "G4-9", 40, evidence=Evidence(Verdict.WEAK, 5, "sites and markets"))
    check = Check("subject-on-page", CheckStatus.SKIPPED, "few words of its subject are on the page", at(40), "G4-9")
    claims = (weak, replace(CLAIMS[0], uncertain="'LA56' is probably 'LA6'"))
    found = entries_of(make_audit(claims=claims, checks=(check,), findings=()), Weight.UNCERTAIN)
    assert [(entry.about, entry.id, entry.page, entry.evidence) for entry in found] == [
        ("index-row", "G4-1", 40, "G4-1 | 3–4"),
        ("subject-on-page", "G4-9", 5, "sites and markets"),
    ]


def test_checks_skipped_for_one_reason_are_one_entry() -> None:
    skipped = tuple(
        Check("reference-outside", CheckStatus.SKIPPED, "it leads to another document", at(41), f"G4-{number}")
        for number in range(1, 6)
    )
    (entry,) = entries_of(make_audit(checks=skipped), Weight.UNCHECKED)
    assert (entry.message, entry.evidence) == (
        "it leads to another document (5 times)",
        "G4-1, G4-2, G4-3, G4-4, G4-5",
    )
    assert len(entries_of(make_audit(checks=skipped[:3]), Weight.UNCHECKED)) == 3
