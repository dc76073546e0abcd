"""A colleague's file stays as it is: marks, parentheses, limits, currencies, corrections, each with its right value."""

from __future__ import annotations

import codecs
import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from gri_builder import build_report
from gri_builder.cli.main import main
from gri_builder.model.facts import Fact
from gri_builder.source.text_encodings import ENCODINGS, recognize_text
from tests.support.paths import ROOT
from tests.support.report_folders import MINIMAL, judge
from tests.support.workbooks import make_workbook

Rows = list[list[object]]
WIDE, LONG = "from: {{file: {}, where: {{Metric: Energy}}{}}}", "aggregate: {{file: {}, period: Year, value: Value{}}}"


def write_table(folder: Path, kind: str, rows: Rows) -> str:
    """Write a table as CSV or workbook into a report folder, and return its path there."""
    path = f"figures/data.{kind}"
    if kind == "xlsx":
        (folder / path).write_bytes(make_workbook({"Sheet1": {"rows": rows}}))
    else:
        lines = (",".join(f'"{cell}"' if "," in str(cell) else str(cell) for cell in row) for row in rows)
        (folder / path).write_text("\n".join(lines) + "\n", "utf-8")
    return path


def make_report(room: Path, source: str, unit: str = "MWh", language: str = "en") -> Path:
    """Write the smallest report with a series 'energy' into a folder."""
    folder = room / "report"
    if not folder.exists():
        shutil.copytree(MINIMAL, folder)
    text = f"energy:\n  title: Energy\n  unit: {unit}\n  {source}\n"
    (folder / "figures" / "more.yaml").write_text(text, "utf-8")
    return folder


def read(folder: Path) -> tuple[dict[str, Fact], list[str]]:
    """Return the facts of 'energy' by period, and the findings about it."""
    report, findings = judge(folder)
    series = report.series.get("energy") if report else None
    facts = {fact.period: fact for fact in series.facts} if series else {}
    ignored = (
        "unread-",
        "unused-",
        "year-on-year-jump",
        "negative-value",
        "ambiguous-number",
        "number-as-text: the number '7,",
    )
    texts = [f"{finding.rule}: {finding.message} | {finding.hint}" for finding in findings]
    return facts, [text for text in texts if not text.startswith(ignored)]


def read_cells(
    room: Path, kind: str, how: str, cells: list[object], keys: str, unit: str = "MWh"
) -> tuple[dict[str, Fact], list[str]]:
    """Return facts and findings of a table with one value for 2014 and one for 2015."""
    folder = room / "report"
    shutil.copytree(MINIMAL, folder)
    if how == "from":
        path = write_table(folder, kind, [["Metric", 2014, 2015], ["Energy", *cells]])
        make_report(room, WIDE.format(path, keys), unit)
    else:
        rows: Rows = [["Year", "Value"], *([year, cell] for year, cell in zip((2014, 2015), cells, strict=True))]
        path = write_table(folder, kind, rows)
        make_report(room, LONG.format(path, keys), unit)
    return read(folder)


KINDS = pytest.mark.parametrize("kind", ["csv", "xlsx"])
HOWS = pytest.mark.parametrize("how", ["from", "aggregate"])


@KINDS
@HOWS
@pytest.mark.parametrize(
    ("cells", "keys", "unit", "values"),
    [
        (["(1,204)", "7,300"], ", negative: parentheses", "MWh", (-1204, 7300)),
        (["1204-", 7300], ", negative: trailing", "MWh", (-1204, 7300)),
        (["1204*", "1,210†"], ', ignore: ["*", "†"]', "MWh", (1204, 1210)),
        (["1204 (e)", 1210.5], ', ignore: ["(e)"]', "MWh", (1204, "1210.5")),
        (["1204¹", 1210], ", ignore: ¹", "MWh", (1204, 1210)),
        (["(1,204)*", 8], ', negative: parentheses, ignore: ["*"]', "MWh", (-1204, 8)),
        (["€ 1,204", "1,210 €"], "", "EUR", (1204, 1210)),
        (["EUR 1,204", "-€1,210.50"], "", "EUR", (1204, "-1210.50")),
        (["$1,204", "USD 1,210"], "", "USD", (1204, 1210)),
        (["($1,204)", "$(1,210)"], ", negative: parentheses", "USD", (-1204, -1210)),
        (["<5", 1204], ', below: {"<5": 2.5, reason: half of the limit}', "MWh", ("2.5", 1204)),
        (["< 5*", 12.25], ', ignore: "*", below: {"<5": 2.5, reason: half of the limit}', "MWh", ("2.5", "12.25")),
    ],
)
def test_it_reads(
    tmp_path: Path, kind: str, how: str, cells: list[object], keys: str, unit: str, values: tuple[object, ...]
) -> None:
    facts, findings = read_cells(tmp_path, kind, how, cells, keys, unit)
    assert not findings
    assert [facts[year].value for year in ("2014", "2015")] == [Decimal(str(value)) for value in values]
    assert facts["2014"].origin is not None
    assert facts["2014"].origin.adjustments[0].text == cells[0]


@KINDS
@HOWS
def test_a_corrected_cell(tmp_path: Path, kind: str, how: str) -> None:
    cell = "B2" if how == "from" or kind == "csv" else "Sheet1!B2"
    keys = f", corrections: {{{cell}: {{value: 1204.5, was: 12045, reason: a lost point}}}}"
    facts, findings = read_cells(tmp_path, kind, how, [12045, 7], keys)
    assert not findings
    assert facts["2014"].value == Decimal("1204.5")
    assert facts["2015"].value == 7
    assert facts["2015"].origin is not None
    assert not facts["2015"].origin.adjustments
    assert facts["2014"].origin is not None
    [note] = facts["2014"].origin.adjustments
    assert (note.kind, note.text, note.value, note.cell, note.reason) == (
        "correction",
        "12045",
        "1204.5",
        "B2",
        "a lost point",
    )


@KINDS
@HOWS
@pytest.mark.parametrize(
    ("keys", "rule"),
    [
        (", negative: parentheses", "needless-adjustment: 'parentheses'"),
        (', ignore: ["*"]', "needless-adjustment: '*'"),
        (', below: {"<5": 2.5, reason: half}', "needless-adjustment: '<5'"),
        (", corrections: {Z9: {value: 1, reason: wrong}}", "needless-adjustment: the corrected cell 'Z9'"),
        (", corrections: {Other!B2: {value: 1, reason: wrong}}", "needless-adjustment: the corrected cell 'Other!B2'"),
        (", corrections: {B2: {value: 12, reason: wrong}}", "needless-adjustment: B2"),
        (", corrections: {B2: {value: 1, was: 13, reason: wrong}}", "outdated-correction"),
        (", corrections: {x: {value: 1, reason: wrong}}", "wrong-value"),
        (', ignore: ["-"]', "wrong-value"),
        (', below: {"<5": 6, reason: half}', "wrong-value"),
    ],
)
def test_it_no_longer_applies(tmp_path: Path, kind: str, how: str, keys: str, rule: str) -> None:
    _, findings = read_cells(tmp_path, kind, how, [12, 7], keys)
    assert findings
    assert findings[0].startswith(rule)


@KINDS
@HOWS
@pytest.mark.parametrize(
    ("cell", "unit", "key", "value"),
    [
        ("(1,204)", "MWh", "negative: parentheses", -1204),
        ("1204-", "MWh", "negative: trailing", -1204),
        ("1204*", "MWh", 'ignore: ["*"]', 1204),
        ("1204¹", "MWh", 'ignore: ["¹"]', 1204),
        ("1204 (e)", "MWh", 'ignore: ["(e)"]', 1204),
        ("~1204", "MWh", 'ignore: ["~"]', 1204),
        ("<5", "MWh", 'below: {"<5": 2.5, reason: half of the limit}', "2.5"),
        ("($1,204)", "USD", "negative: parentheses", -1204),
    ],
)
def test_the_hint_works(tmp_path: Path, kind: str, how: str, cell: str, unit: str, key: str, value: object) -> None:
    _, findings = read_cells(tmp_path / "before", kind, how, [cell, 17], "", unit)
    assert key in findings[0]
    facts, findings = read_cells(tmp_path / "after", kind, how, [cell, 17], f", {key}", unit)
    assert not findings
    assert facts["2014"].value == Decimal(str(value))


@KINDS
@HOWS
@pytest.mark.parametrize(
    ("cell", "unit", "keys"),
    [("$1,204", "EUR", ""), ("1,204 £", "EUR", ""), ("€ 1,204", "EUR million", ""), ("EUR 12", "USD", "")],
)
def test_another_currency(tmp_path: Path, kind: str, how: str, cell: str, unit: str, keys: str) -> None:
    _, findings = read_cells(tmp_path, kind, how, [cell, 12], keys, unit)
    assert findings
    assert findings[0].startswith("wrong-currency")


@HOWS
def test_millions_of_euros(tmp_path: Path, how: str) -> None:
    facts, findings = read_cells(tmp_path, "csv", how, ["€ 1,204", "12"], ", unit: EUR million", "EUR million")
    assert not findings
    assert facts["2014"].value == 1204


@pytest.mark.parametrize("how", ["from", "aggregate"])
def test_german_decimals(tmp_path: Path, how: str) -> None:
    keys = (
        ', locale: de-DE, below: {"<5": 2.5, reason: half}, ignore: "*", corrections: {B3: {value: 1.204, reason: r}}'
    )
    folder = tmp_path / "report"
    shutil.copytree(MINIMAL, folder)
    path = write_table(folder, "csv", [["Year", "Value"], [2014, "<5"], [2013, "99"], [2015, "1.204,5*"]])
    long = f"from: {{file: {path}, period: Year, value: Value{keys}}}"
    make_report(tmp_path, long if how == "from" else LONG.format(path, keys))
    facts, findings = read(folder)
    assert not findings
    values = {"2013": Decimal("1.204"), "2014": Decimal("2.5"), "2015": Decimal("1204.5")}
    assert {period: fact.value for period, fact in facts.items()} == values
    assert facts["2014"].status == "estimated"
    assert facts["2015"].status == "measured"


def test_series_of_one_file_have_their_own_statements(tmp_path: Path) -> None:
    folder = make_report(tmp_path, "values: {2015: 1}")
    write_table(folder, "csv", [["Year", "MWh", "t"], [2015, "1*", "2†"], [2015, "3", "4"]])
    text = "".join(
        f"{name}:\n  title: A\n  unit: {unit}\n"
        f"  aggregate: {{file: figures/data.csv, period: Year, value: {unit}, {key}}}\n"
        for name, unit, key in (("energy", "MWh", 'ignore: "*"'), ("waste", "t", 'ignore: "†"'))
    )
    (folder / "figures" / "more.yaml").write_text(text, "utf-8")
    report, findings = judge(folder)
    assert report is not None
    assert [report.series[name].facts[0].value for name in ("energy", "waste")] == [4, 6]
    assert not findings


@pytest.mark.parametrize(
    ("text", "codec", "language", "encoding"),
    [
        ("Zürich,Straße", "cp1252", "en", "windows-1252"),
        ("Zürich,Straße", "mac-roman", "de", "macintosh"),
        ("Москва,Энергия", "cp1251", "en", "windows-1251"),
        ("Účet, řízení, Říčany", "cp1250", "cs", "windows-1250"),
        ("東京,エネルギー", "cp932", "en", "shift_jis"),
        ("東京,エネルギー", "euc_jp", "ja", "euc-jp"),
        ("Zürich 1", "utf-16-le", "en", "utf-16le"),
        ("m³, 5 µg, € 3", "cp1252", "en", "windows-1252"),
        ("北京,能源,上海", "gb18030", "en", None),
    ],
)
def test_encodings_are_recognized(text: str, codec: str, language: str, encoding: str | None) -> None:
    found = recognize_text(text.encode(codec), language)
    assert (found and found.encoding) == encoding
    assert found is None or found.text == text


def test_encodings_of_the_schema_are_those_that_are_read() -> None:
    schema = json.loads((ROOT / "schemas" / "figures.schema.json").read_text("utf-8"))
    assert schema["$defs"]["encoding"]["enum"] == list(ENCODINGS)
    assert all(codecs.lookup(name) for name in ENCODINGS.values())


@pytest.mark.parametrize("format", ["text", "json"])
def test_a_pdf_traces_what_was_adjusted(tmp_path: Path, format: str, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "report"
    shutil.copytree(MINIMAL, folder)
    rows = "Année,Énergie\n2014,1204*\n2014,(1)\n2015,<5\n2015,12040\n"
    (folder / "figures" / "data.csv").write_bytes(rows.encode("cp1252"))
    keys = "negative: parentheses, ignore: '*', below: {'<5': 2.5, reason: half of the limit}, encoding: windows-1252"
    keys += ", corrections: {B5: {value: 1204, was: 12040, reason: a typing error}}"
    source = f"aggregate: {{file: figures/data.csv, period: Année, value: Énergie, {keys}}}"
    make_report(tmp_path, source)
    with (folder / "chapters" / "story.md").open("a", encoding="utf-8") as story:
        story.write("\nIt was {{ energy[2014] }}, then {{ energy[2015] }}.\n")
    built = build_report(folder, tmp_path / "out")
    assert built.ok, built.findings
    [pdf] = (tmp_path / "out").glob("*.pdf")
    assert main(["trace", str(pdf), "--format", format]) == 0
    shown = capsys.readouterr().out
    facts, _ = read(folder)
    assert {period: fact.value for period, fact in facts.items()} == {"2014": 1203, "2015": Decimal("1206.5")}
    if format == "text":
        plain = " ".join(shown.split())
        assert "B2 '1204*' counts as 1204: '*' is left out" in plain
        assert "B3 '(1)' counts as -1: a number below zero" in plain
        assert "B4 '<5' counts as 2.5: half of the limit" in plain
        assert "B5 '12040' counts as 1204: a typing error" in plain
        assert "encoding windows-1252" in plain
    else:
        document = json.loads(shown)
        schema = json.loads((ROOT / "schemas" / "outputs" / "trace.schema.json").read_text("utf-8"))
        Draft202012Validator(schema).validate(document)
        origins = {fact["key"]: fact["origin"] for fact in document["facts"]}
        assert [each["kind"] for each in origins["energy[2015]"]["adjusted"]] == ["below", "correction"]
        assert origins["energy[2014]"]["encoding"] == "windows-1252"


@KINDS
def test_months_as_columns(tmp_path: Path, kind: str) -> None:
    folder = make_report(tmp_path, "values: {2015: 1}")
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    path = write_table(folder, kind, [["Site", *months], ["Leeds", "1*", *[2] * 9, "<5", 7], ["York", *[1] * 12]])
    keys = 'ignore: "*", below: {"<5": 2.5, reason: h}, corrections: {M2: {value: 3, was: 7, reason: a typing error}}'
    make_report(tmp_path, f"aggregate: {{file: {path}, period: 2015, {keys}}}")
    facts, findings = read(folder)
    assert not findings
    assert facts["2015"].value == 1 + 18 + Decimal("2.5") + 3 + 12
    assert facts["2015"].origin is not None
    notes = {note.kind: note.cell for note in facts["2015"].origin.adjustments}
    assert notes == {"ignored": "B2", "below": "L2", "correction": "M2"}
