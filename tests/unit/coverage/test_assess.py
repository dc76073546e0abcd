"""Coverage: a truth table of small reports, one per file, and what the rows and findings carry.

A case starts from a report that is complete for an option (or from an empty one), changes it, and says what to
expect: `met` and either all `findings` ('rule id') or their number by rule, and as much more as it is about.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from msgspec import to_builtins
from msgspec.structs import asdict, replace

from gri_builder.coverage.assess import assess, assess_report
from gri_builder.coverage.coverage_input import CoverageInput, DisclosureClaim
from gri_builder.model.coverage import Coverage, Outcome, Status
from gri_builder.model.finding import Location, Severity
from gri_builder.model.framework import Framework, disclosure_id
from gri_builder.model.report import (
    Answer,
    AnswerPart,
    AssessedTopic,
    Chapter,
    ExternalReference,
    MaterialAspect,
    Narrative,
    Omission,
    Organization,
    Report,
)
from gri_builder.model.rich_text import Heading, Paragraph, Quote, RichText, Run
from gri_builder.resources.frameworks import load_framework, schemas_folder
from gri_builder.resources.themes import load_theme
from tests.support.paths import TESTS

CASES = TESTS / "cases" / "coverage"
NAMES = sorted(f"{file.parent.name}/{file.stem}" for file in CASES.glob("*/*.yaml"))
"""By framework: its id, and the name of the case."""
G4 = load_framework("gri-g4")
PUBLISHED = {"gri-g4": date(2016, 5, 12), "gri-2016": date(2019, 5, 12), "gri-2021": date(2024, 5, 12)}
"""Day of publication of the cases of each framework, unless they say another one."""
HERE = Location("report.yaml", 9, 9)
WORDS = Narrative(RichText((Paragraph((Run("Words."),)),)))
Letters = dict[str, dict[str, tuple[AnswerPart, ...]]]


def split(named: str) -> tuple[str, list[str]]:
    """Return id and letters of 'ID', 'ID/a,b' or 'ID/a-c'."""
    id, _, letters = named.partition("/")
    first, dash, last = letters.partition("-")
    return id, [chr(n) for n in range(ord(first), ord(last) + 1)] if dash else [x for x in letters.split(",") if x]


def complete_ids(framework: Framework, case: dict[str, Any]) -> list[str]:
    """Return the ids that an option asks for, the first disclosure of each topic where it need not be all of them."""
    rules, day, sector = framework.options[case["start"]], PUBLISHED[framework.id], case.get("sector")
    day = framework.effective_day(date.fromisoformat(case["published"]) if "published" in case else day)
    added = (d.code for d in framework.general_disclosures(sector) if d.sector)
    ids = [*rules.general, *(added if rules.conditions("sector-general") else ())]
    for aspect in (framework.aspects[a] for a in case["aspects"] if a in framework.aspects):
        if rules.management_approach:
            ids += [disclosure_id(code, aspect.id) for code in framework.management_approaches]
        current = [code for code in aspect.indicators if framework.disclosures[code].in_force(day)]
        ids += current if rules.indicators == "all" else current[:1] if rules.indicators else []
        if rules.conditions("sector-specific"):
            ids += [d.code for d in framework.disclosures_of_aspect(aspect.id, sector) if d.sector]
    references = framework.sectors[sector].references if sector and rules.conditions("sector-references") else ()
    listed = (each.code for each in references if each.topic in case["aspects"])
    managed = framework.management_approaches
    ids += [code for code in listed if code not in managed and framework.disclosures[code].in_force(day)]
    return list(dict.fromkeys(ids))


def answers_of(framework: Framework, case: dict[str, Any]) -> Letters:
    """Return the pieces by id and letter: a complete start, without what is dropped, with what is added."""
    answers: Letters = {}
    if case["start"] != "nothing":
        for id in complete_ids(framework, case):
            answers[id] = dict.fromkeys(framework.disclosures[id.partition(":")[0]].parts, (WORDS,))
    for id, letters in map(split, case.get("drop", ())):
        answers[id] = {part: words for part, words in answers.get(id, {}).items() if letters and part not in letters}
    place = ExternalReference("Annual Report 2015", HERE, "45-47", "https://acme.example/2015.pdf")
    for key, piece in (("answer", WORDS), ("reference", place)):
        for id, letters in map(split, case.get(key, ())):
            answers.setdefault(id, {}).update(dict.fromkeys(letters or [""], (piece,)))
    return answers


def omissions_of(case: dict[str, Any]) -> dict[str, tuple[Omission, ...]]:
    found: dict[str, tuple[Omission, ...]] = {}
    for row in case.get("omit", ()):
        part = row.get("part", [])
        details = {key: row[key] for key in ("steps", "available", "prohibition") if key in row}
        omission = Omission(
            (part,) if isinstance(part, str) else tuple(part), row["reason"], row["explanation"], HERE, details
        )
        found[row["id"]] = (*found.get(row["id"], ()), omission)
    return found


def report_of(framework: Framework, case: dict[str, Any]) -> Report:
    answers, omissions = answers_of(framework, case), omissions_of(case)
    published = date.fromisoformat(case["published"]) if "published" in case else PUBLISHED[framework.id]
    heading = Heading(2, (Run("Section"),), Location("chapters/one.md", 3), covers=tuple(case.get("cover", ())))
    claim = case.get("claim", case["start"])
    return Report(
        theme=load_theme(),
        name="acme",
        title="Acme",
        organization=Organization("Acme Holding plc", "Acme"),
        start=date(published.year - 1, 1, 1),
        end=date(published.year - 1, 12, 31),
        published=published,
        language="en-GB",
        option=None if claim == "none" else claim,
        where=HERE,
        sector=case.get("sector"),
        aspects=tuple(MaterialAspect(id, HERE, within="everywhere") for id in case["aspects"]),
        assessed=tuple(
            AssessedTopic(framework.aspects[id].name, None, id, reason)
            for id, reason in case.get("dismiss", {}).items()
        ),
        chapters=(Chapter("chapters/one.md", RichText((Quote((heading,)),))),),
        answers={
            id: Answer(id, Location("disclosures/all.yaml", 5), answers.get(id, {}), omissions.get(id, ()))
            for id in {**answers, **omissions}
        },
    )


def read_case(name: str) -> dict[str, Any]:
    case = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    option = next(iter(framework_of(name).options))
    return {"start": option, "aspects": ["energy"], **case}


def framework_of(name: str) -> Framework:
    return load_framework(name.partition("/")[0])


def judged(name: str) -> Coverage:
    case = read_case(name)
    return assess_report(framework_of(name), report_of(framework_of(name), case), case.get("judge"))


def observe(framework: Framework, coverage: Coverage) -> dict[str, Any]:
    """Return what a case can speak about, under the names that it uses."""
    rows = {row.id: row for row in coverage.rows}
    found: dict[str, Any] = {
        "met": list(coverage.met),
        "findings": sorted(f"{f.rule} {f.disclosure or ''}".strip() for f in coverage.findings),
        "rules": dict(Counter(f.rule for f in coverage.findings)),
        "severities": {f.rule: str(f.severity) for f in coverage.findings},
        "rows": len(rows),
        "status": {id: str(row.status) for id, row in rows.items()},
        "letters": {id: {part: str(state) for part, state in row.requirements.items()} for id, row in rows.items()},
        "counts": {id: [omitted.counts for omitted in row.omissions] for id, row in rows.items()},
        "required_for": {id: list(row.required_for) for id, row in rows.items()},
        "links": {id: list(row.links) for id, row in rows.items()},
        "totals": {option: asdict(totals) for option, totals in coverage.totals.items()},
        "criteria": list(dict.fromkeys(c.criterion for c in coverage.criteria)),
        "verdict": {option: str(coverage.verdict(option)) for option in framework.options},
    }
    for key in ("needs", "holds", "unclear"):
        found[key] = {
            option: {c.criterion: getattr(c, key) for c in coverage.criteria if c.option == option}
            for option in framework.options
        }
    found["unclear"] = {o: {c: list(ids) for c, ids in each.items()} for o, each in found["unclear"].items()}
    found["needs"] = {o: {c: list(ids) for c, ids in each.items()} for o, each in found["needs"].items()}
    return found


def cut(found: Any, expected: Any) -> Any:
    """Return as much of what was found as was expected."""
    if isinstance(expected, dict) and isinstance(found, dict):
        return {key: cut(found.get(key), value) for key, value in expected.items()}
    return found


@pytest.mark.parametrize("name", NAMES)
def test_truth_table(name: str) -> None:
    expected = dict(read_case(name)["expect"])
    coverage = judged(name)
    texts = {"messages": "message", "hints": "hint"}
    for key, field in texts.items():
        for rule, text in expected.pop(key, {}).items():
            assert any(text in getattr(f, field) for f in coverage.findings if f.rule == rule), (
                rule,
                coverage.findings,
            )
    found = observe(framework_of(name), coverage)
    assert "findings" in expected or "rules" in expected
    if "rules" in expected:
        assert found["rules"] == expected["rules"]
    expected["findings"] = sorted(expected.get("findings", found["findings"]))
    assert cut(found, expected) == expected


def test_the_truth_tables_are_large() -> None:
    counts = Counter(name.partition("/")[0] for name in NAMES)
    assert min(counts.values()) >= 80


@pytest.mark.parametrize("name", NAMES)
def test_totals_add_up_and_agree_with_the_criteria(name: str) -> None:
    coverage = judged(name)
    for option, totals in coverage.totals.items():
        parts = totals.covered + totals.partial + totals.omitted + totals.missing
        needs = [id for c in coverage.criteria if c.option == option for id in c.needs]
        assert parts == totals.required
        counted = totals.partial + totals.missing
        has_others = framework_of(name).options[option].conditions("omissions", "sector-topics")
        assert len(needs) >= counted if has_others else len(needs) == counted
        assert (option in coverage.met) == (coverage.verdict(option) is Outcome.HOLDS)


@pytest.mark.parametrize("name", NAMES)
def test_errors_say_whether_the_judged_option_is_met(name: str) -> None:
    coverage = judged(name)
    errors = [f for f in coverage.findings if f.severity is Severity.ERROR]
    assert bool(errors) == (coverage.judged is not None and coverage.verdict(coverage.judged) is Outcome.OPEN)
    assert [f.rule for f in errors].count("option-not-met") == bool(errors)


@pytest.mark.parametrize("name", NAMES)
def test_findings_are_sentences(name: str) -> None:
    for finding in judged(name).findings:
        assert finding.message
        assert not finding.message.endswith(".")
        assert "None" not in finding.message + (finding.hint or "")
        assert finding.hint != ""


@pytest.mark.parametrize("name", NAMES)
def test_rows_have_the_shape_of_the_contract(name: str) -> None:
    schema = json.loads((schemas_folder() / "outputs" / "coverage.schema.json").read_text(encoding="utf-8"))
    errors = [error.message for error in Draft202012Validator(schema).iter_errors(document_of(judged(name)))]
    assert errors == []


def document_of(coverage: Coverage) -> dict[str, Any]:
    """Return a coverage as the contract's JSON, field by field."""
    fields = json.loads(json.dumps(to_builtins(coverage)))
    claimed, judged, met = (fields.pop(key) for key in ("claimed", "judged", "met"))
    for finding in fields["findings"]:
        where = {key: value for key, value in finding["where"].items() if value is not None}
        finding["where"] = {key: value for key, value in where.items() if key not in ("excerpt", "width")}
    return {
        "format": "gri-builder/coverage/1",
        "period": {"start": fields.pop("start"), "end": fields.pop("end")},
        "option": {"claimed": claimed, "judged": judged, "met": met},
        "disclosures": fields.pop("rows"),
        **fields,
    }


# -- what rows and findings carry


def stated(**stated_by_id: DisclosureClaim) -> CoverageInput:
    by_id = {id.replace("_", "-"): each for id, each in stated_by_id.items()}
    return CoverageInput(by_id, ("energy",), Location("x.pdf", page=35, label="33"), "core")


def test_rows_come_in_the_framework_s_order() -> None:
    ids = [row.id for row in judged("gri-g4/sector-aspect").rows]
    general = [f"G4-{number}" for number in range(1, 59)]
    assert ids[:58] == general
    assert ids[58:60] == ["G4-EC1", "G4-EC2"]
    assert ids[-17] == "G4-DMA:active-ownership"
    assert ids[-16:] == list(G4.sectors["financial-services"].disclosures)
    energy = [row.id for row in judged("gri-g4/core-complete").rows]
    assert energy[energy.index("G4-EN2") + 1 :][:2] == ["G4-DMA:energy", "G4-EN3"]


def test_claims_of_a_pdf_are_judged_alike() -> None:
    claim = DisclosureClaim(
        frozenset({""}), assured=True, pages=("33", "35"), links=("https://x.example",), assurance_page="80"
    )
    coverage = assess(G4, stated(G4_EN3=claim))
    row = next(row for row in coverage.rows if row.id == "G4-EN3")
    assert (row.pages, row.links, row.assured, row.assurance_page) == (
        ("33", "35"),
        ("https://x.example",),
        True,
        "80",
    )
    assert set(row.requirements.values()) == {Status.COVERED}
    assert (coverage.organization, coverage.start) == (None, None)
    assert {f.where.page for f in coverage.findings} == {35}


def test_findings_stand_at_the_answer_else_at_the_option() -> None:
    coverage = judged("gri-g4/many-faults-one-sum")
    where = {f.disclosure: f.where for f in coverage.findings}
    assert where["G4-10"] == Location("disclosures/all.yaml", 5)
    assert where[None] == HERE
    answers = report_of(G4, read_case("gri-g4/core-complete"))
    bare = replace(answers, answers={id: a for id, a in answers.answers.items() if id != "G4-5"})
    assert [f.where for f in assess_report(G4, bare).findings] == [HERE, HERE]


def test_a_finding_on_what_a_heading_covers_stands_at_the_heading() -> None:
    answers = report_of(G4, {"start": "core", "aspects": ["energy"], "cover": ["G4-EN3/a"]})
    bare = replace(answers, answers={id: a for id, a in answers.answers.items() if id != "G4-EN3"})
    found = [f.where for f in assess_report(G4, bare).findings if f.rule == "missing-requirement"]
    assert found == [Location("chapters/one.md", 3)]


def test_an_answer_without_pieces_answers_nothing() -> None:
    report = report_of(G4, {"start": "core", "aspects": ["energy"]})
    emptied = replace(report, answers={**report.answers, "G4-5": Answer("G4-5", HERE, {"a": ()})})
    row = next(row for row in assess_report(G4, emptied).rows if row.id == "G4-5")
    assert row.status is Status.MISSING


def test_a_reference_without_address_is_linked_by_name_and_pages() -> None:
    report = report_of(G4, {"start": "nothing", "claim": "none", "aspects": []})
    parts: dict[str, tuple[AnswerPart, ...]] = {
        "a": (ExternalReference("Annual Report", HERE, "45-47"),),
        "b": (ExternalReference("Annual Report", HERE),),
    }
    answered = replace(report, answers={"G4-EC1": Answer("G4-EC1", HERE, parts, assured=True)})
    row = next(row for row in assess_report(G4, answered).rows if row.id == "G4-EC1")
    assert (row.links, row.assured) == (("Annual Report, 45-47", "Annual Report"), True)


def test_judging_does_not_depend_on_the_order_of_answers() -> None:
    report = report_of(G4, read_case("gri-g4/many-faults-one-sum"))
    turned = replace(
        report,
        answers=dict(reversed([*report.answers.items()])),
        aspects=tuple(reversed(report.aspects)),
    )
    assert assess_report(G4, report) == assess_report(G4, turned)
