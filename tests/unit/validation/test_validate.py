"""Validation: every case folder has exactly the expected findings, and every rule has a case."""

from __future__ import annotations

import ast
import json
import re
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from gri_builder.coverage.assess import assess_report
from gri_builder.model.finding import Finding, Severity
from gri_builder.model.report import Choice, ExternalReference, Figures, Grid, Items, Narrative
from gri_builder.model.rich_text import Directive, Heading, Paragraph, plain_text
from gri_builder.resources.frameworks import load_framework
from gri_builder.source.loader import load_report
from gri_builder.source.schema_check import to_plain
from gri_builder.validation.texts import runs_of
from tests.support.paths import ROOT
from tests.support.report_folders import CASES, MINIMAL, judge, lay_out
from tests.unit.spreadsheets.test_spreadsheets import load_cases

INVALID = sorted(path for path in (CASES / "invalid").iterdir())
VALID = sorted(path for path in (CASES / "valid").iterdir())
PACKAGE = ROOT / "src" / "gri_builder"
ABOUT_DATA = (
    "source/**",
    "spreadsheets/**",
    "facts/**",
    "tables/**",
    "validation/**",
    "fonts/font_files",
    "graphics/raster_images",
)
"""Modules whose rules are tested by these cases; Markdown rules have separate cases."""
CROSSCHECK = PACKAGE / "validation" / "cross_checks"
"""Rules of cross-checks have separate cases."""


def shown(finding: Finding) -> str:
    """Return the location and the rule of a finding, as the cases state them."""
    place = [str(part) for part in (finding.where.file, finding.where.line, finding.where.column) if part is not None]
    return f"{':'.join(place)} {finding.rule}"


@pytest.mark.parametrize("case", INVALID, ids=lambda path: path.name)
def test_invalid_case(case: Path, tmp_path: Path) -> None:
    _, findings = judge(lay_out(case, tmp_path / "report"))
    expected = (case / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert [shown(finding) for finding in findings] == expected


@pytest.mark.parametrize("case", VALID, ids=lambda path: path.name)
def test_valid_case(case: Path) -> None:
    report, findings = judge(case)
    noted = case / "expected.txt"
    assert [shown(finding) for finding in findings] == (noted.read_text("utf-8").splitlines() if noted.exists() else [])
    assert all(finding.severity is Severity.INFO for finding in findings)
    assert report is not None


def named_rules(module: Path) -> set[str]:
    """Return the rules of a module: the kebab-case texts that it passes to functions or has as defaults."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            values = [*node.args, *(keyword.value for keyword in node.keywords)]
        elif isinstance(node, ast.FunctionDef):
            values = node.args.defaults
        else:
            values = [node.value] if isinstance(node, ast.AnnAssign) and node.value else []
        texts = [value.value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)]
        found.update(text for text in texts if re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", text))
    return found - {"utf-8", "utf-8-sig", "utf-16-le"}


def test_every_rule_has_a_case() -> None:
    modules = [module for room in ABOUT_DATA for module in PACKAGE.glob(f"{room.replace('**', '**/*')}.py")]
    rules = set().union(*(named_rules(module) for module in modules if CROSSCHECK not in module.parents))
    stated = {line.split()[1] for case in INVALID for line in (case / "expected.txt").read_text("utf-8").splitlines()}
    stated |= {finding.split()[-1] for _, _, variation in load_cases() for finding in variation.get("findings", ())}
    assert rules - stated == set()
    crossed = set().union(*(named_rules(module) for module in CROSSCHECK.glob("*.py")))
    assert stated - rules - crossed == set()


def test_no_list_of_findings_is_passed_on() -> None:
    """Steps return their findings. A list that several functions append to would make their order matter."""
    taken = {
        f"{module.stem}.{node.name}"
        for room in ("validation", "facts", "compose", "coverage", "spreadsheets", "source")
        for module in (PACKAGE / room).rglob("*.py")
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
        if argument.annotation and "list[Finding]" in ast.unparse(argument.annotation)
    }
    assert taken == set()


def test_validation_has_frozen_nouns_only() -> None:
    """No object of one step is changed by another."""
    for module in (PACKAGE / "validation").rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and "Struct" in {ast.unparse(base) for base in node.bases}:
                assert any(keyword.arg == "frozen" for keyword in node.keywords), node.name


def test_no_message_speaks_of_schemas_or_python(tmp_path: Path) -> None:
    for number, case in enumerate(INVALID):
        _, findings = judge(lay_out(case, tmp_path / str(number)))
        for finding in findings:
            text = f"{finding.message} {finding.hint}"
            assert not re.search(r"schema|\bdict\b|\bNone\b|jsonschema|regex|pattern|\binstance\b|\[\]|\{\}", text), (
                text
            )
            assert finding.message == finding.message.strip()
            assert not finding.message.endswith(".")
            assert finding.hint, f"{finding.rule} has no hint"


def test_an_offending_text_is_underlined_exactly(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    shutil.copytree(MINIMAL, folder)
    (folder / "report.yaml").write_text(
        (MINIMAL / "report.yaml").read_text("utf-8").replace("aspect: energy", "aspect: enrgy"), "utf-8"
    )
    _, (finding,) = judge(folder)
    where = finding.where
    assert where.excerpt and where.column
    assert where.excerpt[where.column - 1 :][: where.width] == "enrgy"
    assert where.pointer == "/material_aspects/0/aspect"


# What a valid folder is read as


def test_minimal_report() -> None:
    report, _ = judge(MINIMAL)
    assert report
    assert (report.name, report.title, report.organization.short_name) == (
        "acme-2015",
        "Making less go further",
        "Acme Holding plc",
    )
    assert (report.start, report.end, report.published) == (date(2015, 1, 1), date(2015, 12, 31), date(2016, 5, 12))
    assert report.option is None
    assert [aspect.aspect for aspect in report.aspects] == ["energy"]
    women = report.series["employees"].value("2015", ("Women",))
    assert women is not None
    assert women.value == Decimal(840)
    assert report.series["energy-total"].unit.printed == "GJ"
    assert set(report.answers) == {"G4-3", "G4-EN3"}
    assert isinstance(report.answers["G4-EN3"].parts["e"][0], Figures)
    assert report.pictures["images/dot.png"].width == 8
    assert [chapter.path for chapter in report.chapters] == ["chapters/story.md"]


def test_kinds_of_answer() -> None:
    report, _ = judge(CASES / "valid" / "kinds")
    assert report
    energy = report.answers["G4-EN3"]
    assert energy.assured
    assert [omission.parts for omission in energy.omissions] == [("a", "b"), ("g",)]
    assert energy.omissions[1].details == {"steps": "We keep it now.", "available": "2017"}
    (first,) = report.answers["G4-1"].parts[""]
    assert isinstance(first, ExternalReference)
    assert (first,) == (ExternalReference("Annual Report 2015", first.where, "45", "https://acme.example/ar.pdf"),)
    text, grid = report.answers["G4-9"].parts["a"]
    assert isinstance(text, Narrative)
    assert isinstance(grid, Grid)
    assert grid.rows[1] == ("Countries", "1004")
    assert report.assurance
    assert report.assurance.statement == "chapters/assurance.md"
    assert [chapter.path for chapter in report.chapters] == ["chapters/story.md", "chapters/assurance.md"]
    assert report.index_columns == ("un-global-compact",)
    assert report.theme.logo in report.pictures
    assert report.notice


def test_two_dimensions_and_status() -> None:
    report, _ = judge(CASES / "valid" / "two-dimensions")
    assert report
    series = report.series["by-region"]
    assert series.dimensions == ("region", "gender")
    assert series.value("2014", ("Europe", "Women")) is None
    estimated = series.value("2015", ("Europe", "Men"))
    assert estimated
    assert (estimated.value, estimated.status) == (Decimal(700), "estimated")
    assert series.value("2015", ("No", "Women"))
    assert series.periods == ("2015", "target 2020")


def test_values_keep_their_digits(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    shutil.copytree(MINIMAL, folder)
    file = folder / "figures" / "energy.yaml"
    file.write_text(
        file.read_text("utf-8")
        .replace("405150", "12345678901234567890.10")
        .replace("391020", "12345678901234567890.5"),
        "utf-8",
    )
    report, findings = judge(folder)
    assert findings == ()
    assert report
    assert [str(fact.value) for fact in report.series["energy-total"].facts] == [
        "12345678901234567890.10",
        "12345678901234567890.5",
    ]


def test_choice_and_list(tmp_path: Path) -> None:
    framework = load_framework()
    code, part, choice = next(
        (each.code, requirement.part, requirement.choices[0])
        for each in framework.disclosures.values()
        for requirement in each.requirements
        if requirement.choices and each.kind != "management-approach" and each.sector is None
    )
    folder = tmp_path / "report"
    shutil.copytree(MINIMAL, folder)
    (folder / "disclosures" / "more.yaml").write_text(
        f'{code}:\n  {part}: {{choice: "{choice}"}}\nG4-DMA:energy:\n  b: {{list: [One., Two.]}}\n', "utf-8"
    )
    report, findings = judge(folder)
    assert findings == ()
    assert report
    assert report.answers[code].parts[part] == (Choice(choice),)
    (items,) = report.answers["G4-DMA:energy"].parts["b"]
    assert isinstance(items, Items)
    assert len(items.items) == 2


def test_an_invalid_answer_counts_as_complete_in_coverage(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    shutil.copytree(MINIMAL, folder)
    answers = folder / "disclosures" / "answers.yaml"
    answers.write_text('G4-3: "open\nG4-EM3:\n  e: {figure: energy-total}\nG4-DMA:enrgy: We manage it.\n', "utf-8")
    report, findings = judge(folder)
    assert [finding.rule for finding in findings] == ["yaml-syntax", "unknown-code", "unknown-aspect"]
    assert report
    coverage = {row.id: row.status.value for row in assess_report(load_framework(), report, "core").rows}
    assert (coverage["G4-3"], coverage["G4-EN3"], coverage["G4-DMA:energy"]) == ("covered",) * 3


def test_directives_reach_the_report() -> None:
    report, _ = judge(CASES / "valid" / "two-dimensions")
    assert report
    blocks = report.chapters[0].prose.blocks
    assert any(isinstance(block, Directive) and block.arguments == ("by-region", "employees") for block in blocks)
    assert any(isinstance(block, Paragraph) and "Of " in plain_text(block.runs) for block in blocks)


# The schemas that editors use


@pytest.mark.parametrize("name", ["report", "figures"])
def test_schemas_are_valid(name: str) -> None:
    schema = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("case", VALID, ids=lambda path: path.name)
def test_schemas_accept_what_is_valid(case: Path) -> None:
    source = load_report(case).value
    assert source
    for name, nodes in (("report", (source.report,)), ("figures", source.figures)):
        schema = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
        for node in nodes:
            assert list(Draft202012Validator(schema).iter_errors(to_plain(node))) == []


@pytest.mark.parametrize(
    "case",
    ["wrong-type-dimension", "wrong-type-undimensioned", "wrong-type-number", "unknown-key-fact", "wrong-value-fact"],
)
def test_the_schema_of_facts_refuses_what_is_refused_here(case: str, tmp_path: Path) -> None:
    source = load_report(lay_out(CASES / "invalid" / case, tmp_path / "report")).value
    assert source
    schema = json.loads((ROOT / "schemas" / "figures.schema.json").read_text(encoding="utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(to_plain(source.figures[0])))


def test_plain_numbers_are_text_where_both_may_stand() -> None:
    report, findings = judge(CASES / "valid" / "plain-numbers")
    assert findings == ()
    assert report is not None
    (grid,) = report.answers["G4-10"].parts["b"]
    assert isinstance(grid, Grid)
    assert (grid.columns, grid.rows[0]) == (("Type", "2014", "2015"), ("Full time", "512", "1004.50"))
    (reference,) = report.answers["G4-EC1"].parts[""]
    assert isinstance(reference, ExternalReference)
    assert reference.pages == "12"
    assert report.answers["G4-EN1"].omissions[0].details["available"] == "2017"


def test_a_name_used_in_several_places_is_reported_once_with_all_of_them(tmp_path: Path) -> None:
    folder = lay_out(MINIMAL, tmp_path / "report")
    chapter = next((folder / "chapters").glob("*.md"))
    chapter.write_text(f"{chapter.read_text('utf-8')}\n{{{{ zzzzz }}}}\n\n{{{{ zzzzz }}}}\n", "utf-8")
    hints = [finding.hint for finding in judge(folder)[1] if finding.rule == "unknown-fact"]
    assert len(hints) == 1
    assert hints[0] is not None
    start = "define the fact series in figures/, under its id; it is used in "
    assert hints[0].startswith(f"{start}chapters/story.md:")


def test_numbers_that_were_used_again_mean_what_is_in_force() -> None:
    report, findings = judge(CASES / "valid" / "used-numbers")
    assert findings == ()
    assert report is not None
    assert set(report.answers) == {"2-1", "303-1@2018", "303-5@2018", "306-3@2020"}
    (chapter,) = report.chapters
    blocks = chapter.prose.blocks
    covers = [cover for block in blocks if isinstance(block, Heading) for cover in block.covers]
    assert covers == ["302-4", "303-2@2018/a", "403-1@2018", "306-4@2020/a"]
    assert [block.arguments for block in blocks if isinstance(block, Directive)] == [("303-5@2018",)]
    (told,) = report.answers["2-1"].parts["a"]
    assert isinstance(told, Narrative)
    assert [run.link for block in told.prose.blocks for run in runs_of(block) if run.link] == ["#303-1@2018"]
