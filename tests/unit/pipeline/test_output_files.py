"""Publishing: the content index as files, and all files or none."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from msgspec.structs import replace
from openpyxl import load_workbook

from gri_builder.compose.compose import compose_document
from gri_builder.coverage.assess import assess_report
from gri_builder.embedded.content_index import encode_index, make_index
from gri_builder.embedded.index_table import make_csv, make_xlsx, tabulate
from gri_builder.embedded.open_data.open_data import Edition, make_open_data
from gri_builder.model.claim import Claim
from gri_builder.model.finding import Result
from gri_builder.model.provenance import Ledger
from gri_builder.model.report import ExternalReference, Omission, Report
from gri_builder.pipeline.output_files import ENDINGS, make_files, write_files
from gri_builder.resources.frameworks import load_framework, schemas_folder
from gri_builder.resources.messages import load_messages
from tests.support.golden import assert_golden
from tests.support.made_reports import HERE, make_report

FACTS = make_open_data(
    Ledger("acme-2015", "Acme", date(2015, 1, 1), date(2015, 12, 31), {}, {}, {}),
    Edition("acme-2015", "Report", "en-GB", date(2016, 5, 12)),
)


@pytest.fixture(scope="module")
def report() -> Report:
    return make_report()


@pytest.fixture(scope="module")
def claims(report: Report) -> tuple[Claim, ...]:
    framework = load_framework()
    document = compose_document(report, framework, assess_report(framework, report), load_messages("en"))
    placed = [replace(claim, physical_pages=(5, 6, 7, 33)) for claim in document.claims if claim.id == "G4-EN3"]
    rest = [claim for claim in document.claims if claim.id in ("G4-1", "G4-DMA:energy", "G4-EN1", "G4-EC1")]
    formula = Claim("G4-3", "G4-3", "=1+1", "Organizational Profile", references=(ExternalReference("+Plus", HERE),))
    several = (Omission(("a", "b"), "not-applicable", "No.", HERE), Omission(("c",), "not-applicable", "None.", HERE))
    return (
        formula,
        *rest,
        *(replace(c, assurance_page=40) for c in placed),
        Claim("X", "X", "x", "g", omissions=several),
    )


def publish(report: Report, claims: tuple[Claim, ...], pdf: bytes, folder: Path) -> Result[tuple[Path, ...]]:
    return write_files((report.name,), make_files(report, "gri-g4", claims, pdf, FACTS), folder)


def test_golden_json(report: Report, claims: tuple[Claim, ...]) -> None:
    assert_golden("compose-index.json", encode_index(make_index(report, "gri-g4", claims)).decode())


def test_json_is_as_its_schema_says(report: Report, claims: tuple[Claim, ...]) -> None:
    schema = json.loads((schemas_folder() / "outputs" / "index.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    checker = Draft202012Validator(schema, format_checker=FormatChecker())
    index = json.loads(encode_index(make_index(report, "gri-g4", claims)))
    checker.validate(index)
    assert not checker.is_valid(index | {"option": 1})
    assert not checker.is_valid(index | {"more": 1})


def test_all_files_have_the_same_rows(report: Report, claims: tuple[Claim, ...]) -> None:
    names, rows = tabulate(claims)
    written = list(csv.reader(io.StringIO(make_csv(claims).decode(), newline="")))
    sheet = load_workbook(io.BytesIO(make_xlsx(claims, report.published))).worksheets[0]
    filled = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    assert written[0] == filled[0] == list(names)
    assert [row[0] for row in written[1:]] == [row[0] for row in filled[1:]] == [claim.id for claim in claims]
    assert filled[1:] == [list(row) for row in rows]
    assert [row.id for row in make_index(report, "gri-g4", claims).rows] == [claim.id for claim in claims]


def test_a_row_in_full(claims: tuple[Claim, ...]) -> None:
    names, rows = tabulate(claims)
    row = next(dict(zip(names, row, strict=True)) for row in rows if row[0] == "G4-EN3")
    assert row["pages"] == "5–7, 33"
    assert row["reference"] == "Handbook, 5"
    assert (row["omitted"], row["reason"]) == ("b, g", "information-unavailable")
    assert row["explanation"] == "Not measured yet; available: mid 2017; steps: We fit meters."
    assert (row["assured"], row["assurance_page"], row["un-global-compact"]) == ("yes", "40", "7, 8, 9")


def test_texts_are_no_formulas(report: Report, claims: tuple[Claim, ...]) -> None:
    sheet = load_workbook(io.BytesIO(make_xlsx(claims, report.published))).worksheets[0]
    assert (sheet["C2"].value, sheet["C2"].data_type) == ("=1+1", "s")
    assert "'=1+1" in make_csv(claims).decode()


def test_workbooks_are_the_same_bytes(report: Report, claims: tuple[Claim, ...]) -> None:
    assert make_xlsx(claims, report.published) == make_xlsx(claims, report.published)


# -- all files or none ------------------------------------------------------------------------------------------------


def listing(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_files_are_written(tmp_path: Path, report: Report, claims: tuple[Claim, ...]) -> None:
    folder = tmp_path / "new" / "output"
    published = publish(report, claims, b"%PDF", folder)
    names = [f"acme-2015{ending}" for ending in ENDINGS]
    assert published.ok
    assert published.value == tuple(folder / name for name in names)
    assert sorted(listing(folder)) == sorted(names)
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    assert (folder / "acme-2015.pdf").read_bytes() == b"%PDF"


def test_a_folder_in_the_way_is_a_finding(tmp_path: Path, report: Report, claims: tuple[Claim, ...]) -> None:
    (tmp_path / "acme-2015.index.csv").mkdir()
    (tmp_path / "acme-2015.pdf").write_bytes(b"old")
    published = publish(report, claims, b"new", tmp_path)
    assert published.value is None
    assert [finding.rule for finding in published.findings] == ["output-not-written"]
    assert listing(tmp_path) == {"acme-2015.pdf": b"old"}


def test_a_mixed_set_is_a_finding_that_says_where_the_old_files_are(
    tmp_path: Path, report: Report, claims: tuple[Claim, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "acme-2015.pdf").write_bytes(b"old")
    replace_file = Path.replace

    def fail(self: Path, target: Path) -> Path:
        if (self.parent.name, self.suffix) in {("new", ".csv"), ("old", ".pdf")}:
            raise PermissionError(13, "in use")
        return replace_file(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    published = publish(report, claims, b"new", tmp_path)
    monkeypatch.undo()
    (finding,) = published.findings
    assert (finding.rule, published.value) == ("output-mixed", None)
    assert "'acme-2015.pdf' could not be put back" in finding.message
    kept = next(tmp_path.glob(".gri-builder-*")) / "old"
    assert str(kept) in (finding.hint or "")
    assert (kept / "acme-2015.pdf").read_bytes() == b"old"
    assert publish(report, claims, b"newer", tmp_path).ok
    assert (tmp_path / "acme-2015.pdf").read_bytes() == b"newer"
    assert len(list(tmp_path.iterdir())) == len(ENDINGS)


def test_a_file_for_a_folder_is_a_finding(tmp_path: Path, report: Report, claims: tuple[Claim, ...]) -> None:
    (tmp_path / "output").write_bytes(b"a file")
    published = publish(report, claims, b"new", tmp_path / "output")
    assert [finding.rule for finding in published.findings] == ["output-not-written"]
