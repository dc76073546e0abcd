"""`batch`: the sample of the guide, what it writes, what it says of faults."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pypdf import PdfReader

from gri_builder.audit.audit import audit_pdf, trace_pdf
from gri_builder.batch.build_row import RowTask, build_here
from gri_builder.batch.read_list import read_list
from gri_builder.cli import main as cli
from gri_builder.model.batch.outcomes import RowResult
from gri_builder.pipeline.build import load_and_check
from gri_builder.workers.outcome import Outcome
from tests.support.paths import ROOT

SAMPLE = ROOT / "docs" / "samples" / "sites"


class Here:
    """Runs tasks one after the other in this process."""

    def run(self, function: Any, items: Any) -> Any:
        return (Outcome(item, function(item)) for item in items)


@pytest.fixture
def sites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(SAMPLE, tmp_path / "sites")
    monkeypatch.setattr("gri_builder.batch.batch.build_row", build_here)
    monkeypatch.setattr("gri_builder.workers.pool.Pool.run", Here.run)
    return tmp_path / "sites"


def change(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


def check(sites: Path, name: str = "bergen") -> tuple[RowResult, dict[str, Any]]:
    """Validate one report; return what became of it, and its findings by rule."""
    found = read_list(sites / "sites.csv", sites / "template")
    entity = next(each for each in found.entities if each.name == name)
    result = build_here(RowTask(entity, str(sites / "out"), True))
    return result, {each.rule: each for each in result.findings}


def test_the_sample(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    code = cli.main(["batch", str(SAMPLE / "sites.csv"), "-o", str(out), "--format", "json", "--jobs", "2"])
    printed = capfd.readouterr()
    assert code == 0, printed.err
    document = json.loads(printed.out)
    schema = json.loads((ROOT / "schemas" / "outputs" / "batch.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(document)
    assert document["totals"]["built"] == 3
    assert [each["name"] for each in document["reports"]] == ["bergen", "graz", "porto"]
    assert not [finding for each in document["reports"] for finding in each["findings"]]
    pdf = out / "graz" / "graz-2015.pdf"
    audit = audit_pdf(pdf)
    assert audit.value
    assert not [each.message for each in audit.value.checks if each.status == "fail"]
    ledger = trace_pdf(pdf).value
    assert ledger
    employees, energy = ledger.entries["employees[2015]"], ledger.entries["energy[2015]"]
    assert (employees.value, energy.value) == (Decimal(87), Decimal("131.75"))
    assert employees.origin
    assert (employees.origin.file, employees.origin.line) == ("sites.csv", 3)
    assert employees.origin.sha256 == ledger.files["sites.csv"]
    assert energy.origin
    assert energy.origin.file == "data/graz/energy.csv"
    assert b"bergen" not in pdf.read_bytes()  # nothing of the other reports


def test_hostile_values_are_printed_as_they_are(sites: Path) -> None:
    site = """*B* <b>x</b> {x} [^1] 5 < 6 [l](http://x.y) | # & 'z' ::: ${HOME}"""
    change(sites / "sites.csv", "bergen,Bergen,Kari Næss", f'bergen,"{site}",=1+1 @SUM')
    found = read_list(sites / "sites.csv", sites / "template")
    result = build_here(RowTask(found.entities[0], str(sites / "out")))
    assert result.status == "built", result.findings
    assert not [each.message for each in result.findings if each.severity == "error"]
    pdf = Path(result.files[0])
    words = "".join("".join(page.extract_text().split()) for page in PdfReader(pdf).pages)
    assert words.count("".join(site.split())) >= 3
    assert "=1+1@SUMisresponsible" in words
    audit = audit_pdf(pdf).value
    assert audit
    assert not [each.message for each in audit.checks if each.status == "fail"]


def test_own_files_replace_those_of_the_template(sites: Path) -> None:
    found = read_list(sites / "sites.csv", sites / "template")
    examined = load_and_check(found.entities[2].template, variant=found.entities[2].variant)
    assert examined.value
    chapter = examined.value.source.chapters["chapters/energy.md"]
    assert chapter
    assert "A new oven" in chapter.text
    assert "Porto put into use" in chapter.text.replace("\n", " ")


def test_one_fault_stops_one_report(sites: Path, capfd: pytest.CaptureFixture[str]) -> None:
    change(sites / "sites.csv", "Kari Næss", "")
    change(sites / "sites.csv", "porto,Porto", "PORTO/,Porto")
    assert cli.main(["batch", str(sites / "sites.csv"), "-o", str(sites / "out"), "--check", "--summary"]) == 1
    printed = capfd.readouterr()
    assert printed.out.splitlines()[1:] == [
        "bergen  NOT BUILT              1",
        "graz    valid",
        "PORTO/  LEFT OUT               1",
    ]
    assert "1 of 3 reports valid" in printed.err
    assert not (sites / "out").exists()


def test_findings_lead_to_the_template_and_name_the_report(sites: Path) -> None:
    change(sites / "sites.csv", "2016-03-01", "1 March")
    change(sites / "template" / "report.yaml", "option: none", "option: nonne")
    result, _ = check(sites)
    assert result.status == "not-built"
    place = next(each for each in result.findings if each.where.line == 7)
    assert place.where.file == str(sites / "template" / "report.yaml")
    assert place.where.excerpt == "published: {{published}}"
    assert place.where.column == 12
    assert place.hint
    assert "{{published}} is '1 March' (sites.csv:2:" in place.hint


def test_a_misspelt_column_in_a_text(sites: Path) -> None:
    change(sites / "template" / "chapters" / "site.md", "{{manager}}", "{{manger}}")
    _, found = check(sites)
    assert "the columns of sites.csv are report, site, manager" in (found["unknown-fact"].hint or "")


@pytest.mark.parametrize(
    ("file", "before", "after", "rule"),
    [
        ("template/report.yaml", "{{published}}", "{{publised}}", "unknown-parameter"),
        ("sites.csv", "Kari Næss", "", "empty-cell"),
        ("sites.csv", "Kari Næss", "x" * 2001, "unusable-cell"),
        ("sites.csv", "Kari Næss", "Kari\ufdd0", "unusable-cell"),
        ("template/figures/site.yaml", "data/{{report}}/", "data/{{manager}}/", "missing-file"),
        ("template/chapters/site.md", "{{manager}}", "[x](https://y.example/{{manager}})", "parameter-in-path"),
    ],
)
def test_faults(sites: Path, file: str, before: str, after: str, rule: str) -> None:
    change(sites / file, before, after)
    result, found = check(sites)
    assert result.status == "not-built"
    assert [each.rule for each in result.findings if each.severity == "error"] == [rule], found
    assert found[rule].hint


def test_a_value_leads_to_no_other_folder(sites: Path) -> None:
    change(sites / "template" / "figures" / "site.yaml", "data/{{report}}/", "data/{{site}}/")
    change(sites / "sites.csv", "bergen,Bergen", "bergen,../data/graz")
    result, found = check(sites)
    assert "parameter-in-path" in found
    assert result.status == "not-built"


def test_a_value_is_no_part_of_a_query(sites: Path) -> None:
    query = (
        "energy:\n  title: E\n  unit: MWh\n  query:\n    file: data/bergen/energy.csv\n"
        "    sql: \"SELECT Year AS period, MWh AS value FROM data WHERE 'x' = '{{site}}'\"\n"
    )
    (sites / "template" / "figures" / "site.yaml").write_text(query, encoding="utf-8")
    change(sites / "template" / "chapters" / "site.md", "{{ employees }} people", "People")
    _, found = check(sites)
    assert "parameter-in-query" in found


def test_values_that_cannot_be_placed(sites: Path) -> None:
    """A key longer than YAML allows: the template is sound, what it would become is not."""
    (sites / "template" / "figures" / "site.yaml").write_text('"{{manager}}": x\n', encoding="utf-8")
    change(sites / "sites.csv", "Kari Næss", "k" * 1500)
    _, found = check(sites)
    assert "unplaced-parameter" in found


def test_wrong_calls(sites: Path, capfd: pytest.CaptureFixture[str]) -> None:
    base = ["batch", str(sites / "sites.csv"), "-o"]
    for arguments, text in (
        (["batch", str(sites / "no.csv")], "does not exist"),
        (["batch", str(sites / "template")], "is a folder"),
        ([*base, str(sites / "out"), "--only", "brgen"], "did you mean 'bergen'?"),
        ([*base, str(sites / "template"), "--check"], "holds sources"),
        ([*base, str(sites / "sites.csv")], "is a file"),
    ):
        assert cli.main(arguments) == 2
        assert text in capfd.readouterr().err


def test_what_a_fault_of_the_program_becomes(sites: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gri_builder.batch.batch import run_batch
    from gri_builder.workers.outcome import Failure

    found = read_list(sites / "sites.csv", sites / "template")
    tasks = [RowTask(each, str(sites / "out")) for each in found.entities]
    kinds = iter(("lost", "fault", "lost"))

    class Failing:
        def run(self, function: Any, items: Any) -> Any:
            return (Outcome(item, Failure(next(kinds), "x")) for item in items)  # type: ignore[arg-type]

    done = run_batch("sites.csv", found, tasks, Failing(), lambda *_: None, True)
    assert [each.status for each in done.reports.values()] == ["lost", "failed", "lost"]
    assert [each.rule for each in done.all_findings()] == ["build-lost", "build-failed", "build-lost"]
