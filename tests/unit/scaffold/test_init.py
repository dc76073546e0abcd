"""The beginning of a report folder: complete, sound, and never over what is there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from gri_builder.cli import main as cli
from gri_builder.model.finding import Finding
from gri_builder.model.framework import Aspect, Disclosure, Requirement
from gri_builder.pipeline.build import build_report, load_and_check
from gri_builder.resources.frameworks import load_framework
from gri_builder.resources.units import find_unit, units_of
from gri_builder.scaffold.init import FolderInUseError, init_report
from gri_builder.scaffold.options import InvalidOptionsError
from gri_builder.scaffold.templates import _IN_WORDS, PLACEHOLDER
from tests.support.paths import ROOT
from tests.support.report_folders import write_own_texts

FRAMEWORK = load_framework()
COVERAGE_RULES = {
    "missing-disclosure",
    "missing-indicator",
    "missing-management-approach",
    "no-material-aspect",
    "option-not-met",
    "to-fill-in",
}
QUOTIENTS = {"intensity": "GJ/t", "time-per-person": "h/employee"}
BARE: dict[str, Any] = {}
CORE = {"aspects": ["Energy", "employment", "Indirect Economic Impacts", "transport"]}
COMPREHENSIVE = {
    "option": "comprehensive",
    "aspects": ["energy", "Local Communities", "Compliance (Society)", "product portfolio", "anti-corruption"],
    "sector": "Financial Services",
}
UTILITY = {"aspects": ["Employment", "access", "biodiversity"], "sector": "electric-utilities"}
STUB = re.compile(r"(?m)^(?:# )?(\S+):(?: {from: report.yaml})?$")
"""A disclosure, to be answered or taken from report.yaml."""
BEGINNINGS = {"bare": BARE, "core": CORE, "comprehensive": COMPREHENSIVE, "utility": UTILITY}


@pytest.fixture(params=BEGINNINGS, name="folder")
def each_beginning(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a new report folder of each kind."""
    return begin(tmp_path / "acme-2015", request.param)


def begin(folder: Path, kind: str) -> Path:
    init_report(folder, FRAMEWORK, **BEGINNINGS[kind])
    return folder


def findings_of(folder: Path) -> tuple[Finding, ...]:
    return load_and_check(folder).findings


def missing(folder: Path) -> set[str]:
    """Return the ids of what is missing, for an Aspect's choice of Indicators the finding's message."""
    return {f.disclosure or f.message for f in findings_of(folder) if f.rule.startswith("missing-")}


def stub_files(folder: Path) -> list[Path]:
    return sorted((folder / "disclosures").glob("*.yaml"))


def uncomment(text: str) -> str:
    """Return the text as an editor does that takes one comment sign away from each line but the first."""
    first, _, rest = text.partition("\n")
    return f"{first}\n{re.sub(r'(?m)^# ?', '', rest)}"


def answer(kind: str, requirement: Requirement) -> str:
    """Return a letter's answer in the way that the comment of its stub shows, or in words where it takes no such."""
    forms = {
        "figure": f"{{figure: {requirement.dimensions[0] if requirement.dimensions else 'count'}}}",
        "list": "{list: [First item., Second item.]}",
        "table": '{table: {columns: [Type, "2014", "2015"], rows: [[Full time, "512", "498"]]}}',
        "choice": f"{{choice: {json.dumps(next(iter(requirement.choices), ''))}}}",
        "reference": '{reference: {document: Annual Report, pages: "45-47"}}',
    }
    return forms[kind] if kind in (*requirement.kinds, "reference") and kind in forms else "One line of words."


def fill(file: Path, kind: str, only: str | None = None) -> None:
    """Take the stubs of a file, or only one of them, out of their comments, and answer each letter."""
    lines, current = [], None
    for line in file.read_text(encoding="utf-8").splitlines():
        if stub := re.fullmatch(r"# (\S+):", line):
            current = FRAMEWORK.disclosure(stub[1]) if only in (None, stub[1]) else None
        lines.append(filled(line, kind, current) if current and re.match("# ", line) else line)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def filled(line: str, kind: str, disclosure: Disclosure) -> str:
    live = line.removeprefix("# ")
    letter = live.strip(" :") if live.startswith(" ") else ""
    found = next((each for each in disclosure.requirements if each.part == letter), None)
    return f"{live} {answer(kind, found)}" if found else live


def write_facts(folder: Path) -> None:
    """Write a fact series for each dimension of units, and one of plain counts."""
    units = {d: QUOTIENTS.get(d) or units_of(d)[0] for d in dimensions()}
    series = (f'{d}: {{title: Series, unit: "{unit}", values: {{2015: 1}}}}\n' for d, unit in units.items())
    (folder / "figures" / "all.yaml").write_text("".join(series), encoding="utf-8")


def dimensions() -> set[str]:
    return {d for each in FRAMEWORK.disclosures.values() for r in each.requirements for d in r.dimensions}


def asked_for(kind: str) -> set[str]:
    """Return the ids of all that a beginning must hold a stub for."""
    wish = BEGINNINGS[kind]
    option = FRAMEWORK.options[wish.get("option", "core")]
    sector = next((s for s in FRAMEWORK.sectors.values() if wish.get("sector") in (s.id, s.name)), None)
    named = {name.casefold() for name in wish.get("aspects", ())}
    aspects = [a for a in FRAMEWORK.aspects.values() if {a.id, a.display_name.casefold()} & named]
    assert len(aspects) == len(named)
    of_sector = {code for code in sector.disclosures if asks(code, aspects)} if sector else set()
    indicators = {code for aspect in aspects for code in aspect.indicators}
    return {*option.general, *of_sector, *indicators, *(f"G4-DMA:{aspect.id}" for aspect in aspects)}


def asks(code: str, aspects: list[Aspect]) -> bool:
    disclosure = FRAMEWORK.disclosures[code]
    return disclosure.kind == "general" or disclosure.aspect in {aspect.id for aspect in aspects}


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_everything_asked_for_has_a_stub(kind: str, tmp_path: Path) -> None:
    folder = begin(tmp_path / "acme-2015", kind)
    stubs = [id for file in stub_files(folder) for id in STUB.findall(file.read_text("utf-8"))]
    assert sorted(stubs) == sorted(asked_for(kind))


def test_only_answers_are_missing(folder: Path) -> None:
    examined = load_and_check(folder)
    assert examined.value is not None
    missing = [each for each in examined.findings if each.rule != "to-fill-in"]
    assert tuple(missing) == examined.value.coverage.findings
    assert {finding.rule for finding in examined.findings} <= COVERAGE_RULES


@pytest.mark.parametrize("answers", ["text", "figure", "list", "table", "choice", "reference"])
@pytest.mark.parametrize("kind", ["core", "comprehensive", "utility"])
def test_filled_stubs_leave_no_finding(kind: str, answers: str, tmp_path: Path) -> None:
    folder = begin(tmp_path / "acme-2015", kind)
    write_facts(folder)
    for file in stub_files(folder):
        fill(file, answers)
    write_own_texts(folder)
    examined = load_and_check(folder)
    assert examined.findings == ()
    assert examined.value and examined.value.report.option in examined.value.coverage.met


@pytest.mark.parametrize(("file", "id"), [("organizational-profile", "G4-10"), ("environmental", "G4-DMA:energy")])
def test_filling_a_stub_removes_its_finding(file: str, id: str, tmp_path: Path) -> None:
    folder = begin(tmp_path / "acme-2015", "core")
    before = missing(folder)
    fill(folder / "disclosures" / f"{file}.yaml", "text", only=id)
    assert before - missing(folder) == {id}


def test_one_indicator_is_enough_for_core(tmp_path: Path) -> None:
    folder = begin(tmp_path / "acme-2015", "core")
    file = folder / "disclosures" / "environmental.yaml"
    assert "one of the 5 Indicators is enough" in file.read_text("utf-8")
    before = missing(folder)
    fill(file, "figure", only="G4-EN6")
    write_facts(folder)
    (gone,) = before - missing(folder)
    assert "Energy" in gone


def test_a_stub_without_an_answer_does_not_count(folder: Path) -> None:
    """Taken out of their comments and left empty, stubs get a finding each, and cover nothing."""
    file = stub_files(folder)[-1]
    text = uncomment(file.read_text("utf-8"))
    file.write_text(text, encoding="utf-8")
    lines = text.splitlines()
    empty = {number for number, line in enumerate(lines, 1) if re.fullmatch(r"  [a-z]:", line)}
    whole = {number for number, line in enumerate(lines, 1) if re.fullmatch(r"\S+:", line)}
    found = {f.where.line for f in findings_of(folder) if f.rule == "empty-answer"}
    assert empty and empty <= found <= empty | whole


def test_examples_of_the_comments_are_sound(tmp_path: Path) -> None:
    """Each form that the comment of a file shows, and the omission, is valid as it is printed."""
    folder = begin(tmp_path / "acme-2015", "core")
    figures = folder / "figures" / "examples.yaml"
    figures.write_text(uncomment(figures.read_text("utf-8")), encoding="utf-8")
    comment = (folder / "disclosures" / "environmental.yaml").read_text("utf-8")
    (folder / "disclosures" / "omission.yaml").write_text(example_of_omission(comment), encoding="utf-8")
    takers = {"text": "G4-3", "figure": "G4-EN3", "list": "G4-4", "table": "G4-4", "reference": "G4-3"}
    shown = [each for each in examples(comment) if each[0] in takers]
    assert [kind for kind, _ in shown] == ["text", "text", "figure", "figure", "list", "table", "reference"]
    for kind, example in shown:
        text = f"{takers[kind]}:\n" + "".join(f"  {line}\n" for line in example)
        (folder / "disclosures" / "shown.yaml").write_text(text, encoding="utf-8")
        assert {finding.rule for finding in findings_of(folder)} <= {*COVERAGE_RULES, "missing-requirement"}
        assert takers[kind] not in missing(folder) or kind == "figure"


def examples(comment: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the kind and the lines of each example in the comment of a file."""
    kind = ""
    lines: list[str] = []
    for line in comment.partition("## What a letter takes:\n")[2].splitlines():
        if not line.startswith("##   "):
            break
        if line[16:].startswith("a:"):
            if lines:
                yield kind, lines
            kind, lines = line[5:16].strip() or kind, []
        lines.append(line[16:])
    yield kind, lines


def example_of_omission(comment: str) -> str:
    text = comment.partition("may be omitted, give a reason:\n")[2].partition("## The reasons")[0]
    return text.replace("##   ", "")


def test_units_of_the_examples_are_units(tmp_path: Path) -> None:
    comment = (begin(tmp_path / "acme-2015", "bare") / "figures" / "examples.yaml").read_text("utf-8")
    for dimension, unit in (*QUOTIENTS.items(), ("intensity", "tCO2e/EUR million"), ("currency", "EUR billion")):
        found = find_unit(unit)
        assert found and found.dimension == dimension and unit in _IN_WORDS[dimension]
    assert all(f"##  {dimension.replace('-', ' ')} " in comment for dimension in dimensions())
    assert all(units_of(dimension) for dimension in dimensions() - _IN_WORDS.keys())


def test_a_new_folder_builds_as_a_draft(tmp_path: Path) -> None:
    built = build_report(begin(tmp_path / "acme-2015", "core"), tmp_path / "out", draft=True)
    assert built.value and built.value.files[0].read_bytes().startswith(b"%PDF")


def test_same_words_same_files_under_any_hash_seed(tmp_path: Path) -> None:
    words = ["acme-2015", "--option", "comprehensive", "--aspect", "water", "--aspect", "Access"]
    words += ["--sector", "electric-utilities"]
    made = []
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        command = [sys.executable, "-m", "gri_builder", "init", *words]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run(command, cwd=tmp_path / seed, env=environment, check=True, capture_output=True)
        made.append({str(f.relative_to(tmp_path / seed)): f.read_bytes() for f in files_below(tmp_path / seed)})
    assert made[0] == made[1]


def files_below(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def test_comments_fit_a_screen(folder: Path) -> None:
    texts = [file.read_text("utf-8") for file in files_below(folder) if file.suffix == ".yaml"]
    assert max(len(line) for text in texts for line in text.splitlines()) <= 110


def test_stand_ins_are_marked(folder: Path) -> None:
    report = yaml.safe_load((folder / "report.yaml").read_text("utf-8"))
    waiting = [report["title"], report["organization"]["name"]]
    waiting += [row["within"] for row in report.get("material_aspects", ())]
    assert all(text.startswith(PLACEHOLDER) for text in waiting)
    lines = [
        line
        for file in files_below(folder)
        for line in file.read_text("utf-8").splitlines()
        if PLACEHOLDER[:-2] in line
    ]
    assert len(lines) == len(waiting) + 2 and not any(line.startswith("#") for line in lines)


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [("acme-2015", None, 2015), ("acme", "2016", 2016), ("acme-2015", "2016", 2016), ("acme", None, 2017)],
)
def test_the_year(name: str, year: str | None, expected: int, tmp_path: Path) -> None:
    init_report(tmp_path / name, FRAMEWORK, year=year)
    text = (tmp_path / name / "report.yaml").read_text("utf-8")
    assert yaml.safe_load(text)["period"]["start"].year == expected
    assert ("No year was given" in text) == (expected == 2017)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("acme-2015", "acme-2015"), ("Ácme & Söhne", "Acme-Sohne"), ("2015", "2015"), ("报告", "report"), ("..x.", "x")],
)
def test_the_name_of_the_output_files(name: str, expected: str, tmp_path: Path) -> None:
    init_report(tmp_path / name, FRAMEWORK)
    examined = load_and_check(tmp_path / name)
    assert examined.value and examined.value.report.name == expected


def test_all_unknown_words_in_one_run(tmp_path: Path) -> None:
    compliance = [f"'{aspect.id}'" for aspect in FRAMEWORK.aspects.values() if aspect.name == "Compliance"]
    with pytest.raises(InvalidOptionsError) as caught:
        init_report(
            tmp_path / "new", FRAMEWORK, "cor", ["Enrgy", "Compliance", "Noise", "qqqq", "Energy"], "medya", "15"
        )
    assert caught.value.problems == (
        "'cor' is not a valid option; did you mean 'core'?",
        "'medya' is not a sector with additional disclosures; did you mean 'media'?",
        "'Enrgy' is not an Aspect; did you mean 'energy'?",
        f"'Compliance' has several meanings; write {', '.join(compliance[:-1])} or {compliance[-1]}",
        "the Aspect 'noise' belongs to the sector 'airport-operators'; add --sector airport-operators",
        "'qqqq' is not an Aspect; 'gri-builder catalog' lists the Aspects",
        "'15' is not a year from 1990 to 2099",
    )
    assert not any(tmp_path.iterdir())


def test_a_name_that_sectors_share_is_clear_within_one(tmp_path: Path) -> None:
    init_report(tmp_path / "new", FRAMEWORK, aspects=["Emergency Preparedness"], sector="oil-and-gas")
    report = yaml.safe_load((tmp_path / "new" / "report.yaml").read_text("utf-8"))
    assert [row["aspect"] for row in report["material_aspects"]] == ["emergency-preparedness-oil-and-gas"]
    with pytest.raises(InvalidOptionsError, match="several meanings"):
        init_report(tmp_path / "other", FRAMEWORK, aspects=["Emergency Preparedness"])


def test_never_over_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("notes", encoding="utf-8")
    for folder in (tmp_path, tmp_path / "mine"):
        with pytest.raises(FolderInUseError):
            init_report(folder, FRAMEWORK)
    assert [file.name for file in files_below(tmp_path)] == ["mine"]
    assert (tmp_path / "mine").read_text("utf-8") == "notes"


def test_an_empty_folder_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert init_report(Path(), FRAMEWORK)[0] == Path("report.yaml")
    assert load_and_check(Path()).value


@pytest.mark.parametrize("there", [True, False])
def test_all_files_or_none(there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "new" if there else tmp_path / "a" / "b" / "new"
    if there:
        folder.mkdir()
    name = "replace" if there else "rename"
    move = getattr(Path, name)

    def fail_in_the_end(self: Path, target: Path) -> object:
        if target in (folder / "report.yaml", tmp_path / "a"):
            raise OSError(28, "No space left on device")
        return move(self, target)

    monkeypatch.setattr(Path, name, fail_in_the_end)
    with pytest.raises(OSError, match="No space left"):
        init_report(folder, FRAMEWORK)
    assert list(tmp_path.rglob("*")) == ([folder] if there else [])


def read_schemas(folder: Path) -> dict[str, Any]:
    return {file.name: json.loads(file.read_text("utf-8")) for file in (folder / ".schemas").iterdir()}


def test_schemas_for_editors(tmp_path: Path) -> None:
    schemas = read_schemas(begin(tmp_path / "acme-2015", "core"))
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    assert set(re.findall(r'"\$ref": "([^#"]*)', json.dumps(schemas))) == {""}
    answers = Draft202012Validator(schemas["disclosures.schema.json"])
    init_report(tmp_path / "acme-2023", load_framework("gri-2021"))
    later = Draft202012Validator(read_schemas(tmp_path / "acme-2023")["disclosures.schema.json"])
    for report in (ROOT / "report_data").glob("*/report.yaml"):
        by_g4 = yaml.safe_load(report.read_text("utf-8"))["framework"] == FRAMEWORK.id
        for file in (report.parent / "disclosures").glob("*.yaml"):
            (answers if by_g4 else later).validate(yaml.safe_load(file.read_text("utf-8")))
    for wrong in ({"G4-EN99": "x"}, {"G4-EN3": {"h": "x"}}, {"G4-3": {"a": {"figure": "x"}}}, {"G4-FS6": {"a": "x"}}):
        assert not answers.is_valid(wrong)
    answer = schemas["disclosures.schema.json"]["properties"]["G4-EN3"]["else"]
    assert "energy" in answer["properties"]["a"]["description"]


def test_files_name_their_schemas(folder: Path) -> None:
    for file in files_below(folder):
        if file.suffix == ".yaml":
            named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", file.read_text("utf-8"))
            assert named and (file.parent / named[1]).is_file()


def test_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["init", "my report", "--aspect", "energy"]) == 0
    out, err = capfd.readouterr()
    assert out.splitlines() == [str(f.relative_to(tmp_path)) for f in ordered(tmp_path / "my report")]
    assert err.splitlines()[-2:] == ["  gri-builder coverage 'my report'", "  gri-builder build 'my report' --draft"]
    assert cli.main(["init", "my report"]) == 2
    assert capfd.readouterr().err == (
        "gri-builder: the folder 'my report' is not empty; nothing was written: name a folder that is new or empty\n"
    )
    assert cli.main(["init", "x", "--aspect", "enrgy", "--option", "cor"]) == 2
    assert capfd.readouterr().err.count("did you mean") == 2
    assert cli.main(["init", "my report/report.yaml/x"]) == 2
    assert "can't be written: Not a directory" in capfd.readouterr().err


def ordered(folder: Path) -> list[Path]:
    """Return the visible files of a new folder in the order of the framework."""
    names = [*(section.id for section in FRAMEWORK.sections), "environmental"]
    answers = [folder / "disclosures" / f"{name}.yaml" for name in names]
    return [folder / "report.yaml", *answers, folder / "figures/examples.yaml", folder / "chapters/welcome.md"]
