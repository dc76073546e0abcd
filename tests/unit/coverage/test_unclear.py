"""Coverage where rows of a content index could not be read: neither covered nor missing."""

from __future__ import annotations

from msgspec.structs import replace

from gri_builder.coverage.assess import assess
from gri_builder.coverage.coverage_input import CoverageInput, DisclosureClaim
from gri_builder.model.coverage import Outcome, Status
from gri_builder.model.finding import Location
from gri_builder.model.report import Omission
from gri_builder.resources.frameworks import load_framework

FRAMEWORK = load_framework()
WHERE = Location("x.pdf")
ANSWERED = DisclosureClaim(frozenset({""}))
NEEDED = (*FRAMEWORK.options["core"].general, "G4-DMA:energy", "G4-EN3")
COMPLETE = CoverageInput(dict.fromkeys(NEEDED, ANSWERED), ("energy",), WHERE, "core", basis="claims")


def without(*ids: str, unclear: bool) -> CoverageInput:
    claims = {id: claim for id, claim in COMPLETE.claims.items() if id not in ids}
    return replace(COMPLETE, claims=claims, unclear=dict.fromkeys(ids, "no row") if unclear else {})


def test_all_claimed_holds() -> None:
    assert assess(FRAMEWORK, COMPLETE).verdict("core") is Outcome.HOLDS


def test_what_could_not_be_read_decides_nothing() -> None:
    coverage = assess(FRAMEWORK, without("G4-17", "G4-EN3", unclear=True))
    assert coverage.met == ()
    assert coverage.verdict("core") is Outcome.UNCLEAR
    assert [finding.rule for finding in coverage.findings] == ["option-unclear"]
    assert "G4-17" in coverage.findings[0].message
    assert {id for each in coverage.criteria if each.option == "core" for id in each.unclear} == {"G4-17", "energy"}


def test_what_is_missing_decides() -> None:
    coverage = assess(FRAMEWORK, without("G4-17", unclear=False))
    assert coverage.verdict("core") is Outcome.OPEN
    assert "option-not-met" in [finding.rule for finding in coverage.findings]


def test_another_answered_indicator_makes_it_clear() -> None:
    claimed = without("G4-EN3", unclear=True)
    claimed = replace(claimed, claims={**claimed.claims, "G4-EN5": ANSWERED})
    assert assess(FRAMEWORK, claimed).verdict("core") is Outcome.HOLDS


def test_no_aspect_can_be_named_in_words() -> None:
    coverage = assess(FRAMEWORK, replace(COMPLETE, aspects=()))
    assert coverage.verdict("core") is Outcome.UNCLEAR
    assert assess(FRAMEWORK, replace(COMPLETE, aspects=(), basis="answers")).verdict("core") is Outcome.OPEN


def test_an_unnamed_part_that_is_omitted_without_reason() -> None:
    partly = DisclosureClaim(frozenset({""}), (Omission((), "not-reported", "", WHERE),), partly=True)
    coverage = assess(FRAMEWORK, replace(COMPLETE, claims={**COMPLETE.claims, "G4-EN3": partly}))
    assert next(row.status for row in coverage.rows if row.id == "G4-EN3") is Status.PARTIAL
    finding = next(finding for finding in coverage.findings if finding.rule == "missing-requirement")
    assert "omits a part" in finding.message
    counted = replace(partly, omissions=(Omission((), "not-applicable", "We own no plants", WHERE),))
    coverage = assess(FRAMEWORK, replace(COMPLETE, claims={**COMPLETE.claims, "G4-EN3": counted}))
    assert next(row.status for row in coverage.rows if row.id == "G4-EN3") is Status.COVERED
