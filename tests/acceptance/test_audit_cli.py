"""`audit` and `coverage` of a PDF on the command line: what goes where, and with which exit code."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import openpyxl
import pytest

from gri_builder.audit.audit import audit_pdf
from gri_builder.cli import main as cli
from gri_builder.pipeline.build import build_report
from tests.support.hostile_pdfs import CORPUS
from tests.support.mutations import mutate
from tests.support.paths import ROOT, TESTS
from tests.unit.reporters.test_audit_reporters import check_audit_schema
from tests.unit.reporters.test_reporters import check_schema

THIRD_PARTY = ROOT / "docs" / "samples" / "fjord-foods-2015.pdf"
REPORT = TESTS / "cases" / "audit" / "report"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command in this process: exit code, stdout, stderr."""

    def run_command(*words: str | Path) -> tuple[int, str, str]:
        code = cli.main([str(word) for word in words])
        captured = capfd.readouterr()
        return code, captured.out, captured.err

    return run_command


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a gri-builder PDF."""
    built = build_report(REPORT, tmp_path_factory.mktemp("out")).value
    assert built
    return built.files[0]


@pytest.fixture
def changed(pdf: Path, tmp_path: Path) -> Path:
    """Return a gri-builder PDF with a page number of its index retyped."""
    file = tmp_path / "changed.pdf"
    file.write_bytes(mutate(pdf.read_bytes(), [{"retype": {"page": 12, "old": "8", "new": "9", "alone": True}}]))
    return file


def test_text_goes_to_stdout(run: Run, pdf: Path) -> None:
    code, out, err = run("audit", pdf)
    assert (code, err) == (0, "")
    first = out.splitlines()[0]
    assert first.startswith("brook-2015.pdf: 13 pages, 39 claims, ")
    assert " 0 failed, " in first


def test_a_change_is_an_error(run: Run, changed: Path) -> None:
    code, out, _ = run("audit", changed)
    assert code == 1
    said = "error[index-row]: G4-14: the printed index differs from the embedded one in pages: printed '9'"
    assert f"changed.pdf:page 12 (printed 12): {said}" in out
    assert "   help: one of the two was changed after the report was made" in out


def test_json(run: Run, changed: Path) -> None:
    code, out, err = run("audit", changed, "--format", "json")
    document = check_audit_schema(out)
    assert (code, err) == (1, "")
    assert document["producer"] == "gri-builder"
    assert {finding["rule"] for finding in document["findings"]} == {"index-row", "page-content"}
    assert document["totals"]["checks"]["fail"] == 2


def test_csv_and_html(run: Run, pdf: Path, tmp_path: Path) -> None:
    code, out, _ = run("audit", pdf, "--format", "csv")
    assert code == 0
    assert len(list(csv.reader(io.StringIO(out)))) == 40
    page = tmp_path / "audit.html"
    assert run("audit", pdf, "--format", "html", "-o", page) == (0, "", "")
    assert "brook-2015.pdf#page=4" in page.read_text(encoding="utf-8")


def test_an_existing_working_paper_is_updated(run: Run, pdf: Path, tmp_path: Path) -> None:
    paper = tmp_path / "paper.xlsx"
    assert run("audit", pdf, "--format", "xlsx", "-o", paper)[0] == 0
    book = openpyxl.load_workbook(paper)
    heads = [cell.value for cell in book["Claims"][1]]
    book["Claims"].cell(2, heads.index("remark") + 1, "agreed to the letter")
    book.save(paper)
    assert run("audit", pdf, "--format", "xlsx", "-o", paper)[0] == 0
    claims = openpyxl.load_workbook(paper)["Claims"]
    assert claims.cell(2, heads.index("remark") + 1).value == "agreed to the letter"


@pytest.mark.parametrize("folder", ["", "papers", "../elsewhere/deep"])
@pytest.mark.parametrize("name", ["plain.pdf", "Umwelt & Ümläute #2 100%.pdf", "a:b?c'd.pdf"])
def test_links_of_paper_and_page_lead_to_the_pdf(run: Run, tmp_path: Path, folder: str, name: str) -> None:
    """Resolved as RFC 3986 says, against the file that holds them, they are the PDF's own address, with the page."""
    home = tmp_path / "reports 1"
    home.mkdir()
    pdf = home / name
    pdf.write_bytes(THIRD_PARTY.read_bytes())
    out = home / folder
    out.mkdir(parents=True, exist_ok=True)
    assert run("audit", pdf, "--format", "xlsx", "-o", out / "paper.xlsx")[0] == 1
    sheet = openpyxl.load_workbook(out / "paper.xlsx")["Read these first"]
    links = [cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert links
    for link in links:
        assert urljoin((out.resolve() / "paper.xlsx").as_uri(), link.target) == pdf.resolve().as_uri()
        assert link.location == f"page={sheet[link.ref].value}"
        assert not set(link.target or "") & set(" #?\\")
    assert run("audit", pdf, "--format", "html", "-o", out / "audit.html")[0] == 1
    targets = re.findall(r'href="([^"#]+)#page=\d+"', (out / "audit.html").read_text(encoding="utf-8"))
    assert {urljoin((out.resolve() / "audit.html").as_uri(), html.unescape(each)) for each in targets} == {
        pdf.resolve().as_uri()
    }


def test_a_sample_is_drawn(run: Run, pdf: Path) -> None:
    code, out, _ = run("audit", pdf, "--sample", "5", "--seed", "7", "--format", "json")
    sample = check_audit_schema(out)["sample"]
    assert (code, sample["seed"], len(sample["items"])) == (0, 7, 5)
    assert len(run("audit", pdf, "--sample", "5", "--stratified", "--format", "csv")[1].splitlines()) == 6
    for words, said in (
        (("--seed", "7"), "--seed and --stratified are for a sample"),
        (("--sample", "0"), "'0' does not name a number of items"),
        (("--sample", "a few"), "'a few' does not name a number of items"),
    ):
        code, out, err = run("audit", pdf, *words)
        assert (code, out, said in err) == (2, "", True)


def test_pictures_are_for_the_page(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "audit.html"
    assert run("audit", THIRD_PARTY, "--format", "html", "--pictures", "-o", page)[0] == 1
    text = page.read_text(encoding="utf-8")
    assert text.count("data:image/webp;base64,") == 16
    assert "img-src data:" in text
    code, _, err = run("audit", THIRD_PARTY, "--pictures")
    assert (code, "--pictures is for the page that --format html writes" in err) == (2, True)


def test_another_file_is_left_as_it_is(run: Run, pdf: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.xlsx"
    letter.write_text("Dear Sir or Madam")
    code, _, err = run("audit", pdf, "--format", "xlsx", "-o", letter)
    assert code == 2
    assert "was not changed: it is not a workbook" in err
    assert letter.read_text() == "Dear Sir or Madam"


def test_what_is_not_there(run: Run, pdf: Path) -> None:
    code, out, err = run("audit", pdf.with_name("brook-2016.pdf"))
    assert (code, out) == (2, "")
    assert err.startswith("gri-builder: the file '")
    assert f"; did you mean '{pdf}'?" in err
    code, _, err = run("audit", pdf.parent)
    assert code == 2
    assert "is a folder; name a PDF in it" in err


def test_an_encrypted_pdf_needs_its_password(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "secret.pdf"
    file.write_bytes(CORPUS["encrypted"].make())
    code, out, err = run("audit", file)
    assert (code, out) == (2, "")
    assert "error[password-needed]" in err
    assert "give its password with --password" in err
    assert run("audit", file, "--password", "secret")[0] == 0


def test_a_password_from_a_file_or_a_prompt(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, words = tmp_path / "secret.pdf", tmp_path / "password.txt"
    file.write_bytes(CORPUS["encrypted"].make())
    words.write_text("secret\n")
    assert run("audit", file, "--password-file", words)[0] == 0
    words.write_bytes(b"\xef\xbb\xbfsecret\r\nsecond line")
    assert run("audit", file, "--password-file", words)[0] == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("secret\n"))
    assert run("audit", file, "--password-file", "-")[0] == 0
    code, _, err = run("audit", file, "--password-file", tmp_path / "gone.txt")
    assert (code, "gone.txt' can't be read" in err) == (2, True)
    code, _, err = run("audit", file, "--password")
    assert (code, err) == (2, "gri-builder: there is no terminal to ask for the password; use --password-file\n")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda prompt: "secret")
    assert run("audit", file, "--password")[0] == 0
    assert run("audit", file, "--password", "x", "--password-file", words)[0] == 2


def test_a_prompt_for_a_password_without_an_answer(run: Run, pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def end_input(prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", end_input)
    assert run("audit", pdf, "--password") == (2, "", "gri-builder: no password was given\n")


def test_coverage_of_a_pdf_is_that_of_its_folder(run: Run, pdf: Path) -> None:
    (code, ours, _), (also, theirs, _) = (run("coverage", what, "--format", "json") for what in (pdf, REPORT))
    assert code == also == 0
    found, promised = (check_schema("coverage", text) for text in (ours, theirs))
    assert found["totals"] == promised["totals"]
    assert found["criteria"] == promised["criteria"]
    assert found["disclosures"][0]["pages"] == ["4"]


def test_coverage_of_a_pdf_by_another_option(run: Run, pdf: Path) -> None:
    code, out, _ = run("coverage", pdf, "--option", "comprehensive")
    assert code == 1
    assert "claims 'Core', assessed against 'Comprehensive'" in out
    assert run("coverage", pdf, "--option", "none")[0] == 0


def test_coverage_of_a_pdf_without_claims(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "plain.pdf"
    file.write_bytes(CORPUS["encrypted-without-password"].make())
    code, out, err = run("coverage", file)
    assert (code, out) == (0, "")
    assert "plain.pdf makes no claims under the framework" in err


def test_the_public_name(pdf: Path) -> None:
    checked = audit_pdf(pdf)
    assert checked.ok
    assert checked.value
    assert json.loads(json.dumps(checked.value.sha256)) == checked.value.sha256


def test_facts_of_another_program_can_not_be_traced(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "plain.pdf"
    file.write_bytes(CORPUS["encrypted-without-password"].make())
    code, out, err = run("trace", file)
    assert (code, out) == (1, "")
    assert "error[no-embedded-facts]" in err


def test_a_pdf_with_too_many_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pypdf

    from gri_builder.pdf_reader import reader

    writer = pypdf.PdfWriter()
    for _ in range(3):
        writer.add_blank_page(100, 100)
    writer.write(tmp_path / "blank.pdf")
    limit = next(name for name in ("MAX_PAGES", "MOST_PAGES") if hasattr(reader, name))
    monkeypatch.setattr(reader, limit, 2)
    findings = reader.read_pdf((tmp_path / "blank.pdf").read_bytes(), "blank.pdf", None).findings
    assert "too-many-pages" in {finding.rule for finding in findings}
