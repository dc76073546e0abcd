"""Files that viewers open are opened: what is in a broken file is read, and what kept it from being read is named."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from gri_builder.model.finding import Severity
from gri_builder.pdf_reader.reader import read_pdf
from tests.support.broken_pdfs import BROKEN, WORDS
from tests.support.hostile_pdfs import CORPUS, write_pdf

ALL = list(WORDS)
UNREADABLE = {
    "classic/trailer-root-is-a-page",
    "classic/trailer-root-leads-nowhere",
    "classic/trailer-without-root",
    "modern/tail-cut",
    "modern/xref-stream-cut",
}
"""What poppler can't read either: nothing leads to the pages, or their objects are packed into what was cut."""


def read_pages(data: bytes) -> list[str]:
    """Return the text of each page as the audit reads it; none where it can't."""
    read = read_pdf(data, "a.pdf").value
    return [" ".join(word.text for word in page.words) for page in read.pages] if read else []


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_read(name: str) -> None:
    """All pages are read, but for a page whose content lost its end."""
    pages = read_pages(BROKEN[name])
    if name in UNREADABLE:
        assert pages == []
    elif name in ("classic/xref-and-trailer-missing", "classic/content-cut-in-the-file"):
        assert pages[:2] == ALL[:2]
    else:
        assert pages == ALL


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_what_poppler_reads_is_read(tmp_path: Path) -> None:
    """A foreign judge: poppler's pdftotext."""
    missed = []
    for name, data in sorted(BROKEN.items()):
        file = tmp_path / "a.pdf"
        file.write_bytes(data)
        done = subprocess.run(["pdftotext", file, "-"], capture_output=True, check=False)
        judged = [text.strip() for text in done.stdout.decode(errors="replace").split("\f") if text.strip()]
        if not set(judged) <= set(read_pages(data)):
            missed.append((name, judged))
    assert missed == []


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("classic/no-startxref", "pdf-repaired"),
        ("modern/head-of-60000-bytes", "pdf-repaired"),
        ("rc4/header-missing", "pdf-repaired"),
        ("classic/page-of-a-wrong-type", "pdf-repaired"),
        ("classic/count-too-low", "page-list"),
        ("classic/count-negative", "page-list"),
        ("classic/count-missing", "page-list"),
    ],
)
def test_what_was_repaired_is_named(name: str, rule: str) -> None:
    (found,) = read_pdf(BROKEN[name], "a.pdf").findings
    assert (found.rule, found.severity) == (rule, Severity.WARNING)
    assert found.hint
    assert found.hint.startswith("3 pages were read")


def make_tree(kids: bytes, count: bytes = b"3", extra: tuple[bytes, ...] = ()) -> bytes:
    """Return a PDF of pages A, B and C, objects 4, 6 and 8; objects from 10 on are `extra`."""
    objects = [
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [%s] /Count %s /MediaBox [0 0 300 300] /Resources <</Font <</F1 3 0 R>>>>>>"
        % (kids, count),
        b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
    ]
    for number, letter in enumerate("ABC"):
        content = b"BT /F1 12 Tf 20 200 Td (%s) Tj ET" % letter.encode()
        objects.append(b"<</Type /Page /Parent 2 0 R /Contents %d 0 R>>" % (5 + 2 * number))
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content))
    return write_pdf([*objects, *extra])


TREES = {
    "plain": (make_tree(b"4 0 R 6 0 R 8 0 R"), "ABC", ""),
    "a page twice": (make_tree(b"4 0 R 6 0 R 4 0 R 8 0 R", b"4"), "ABAC", ""),
    "a page twice in a row": (make_tree(b"4 0 R 4 0 R 6 0 R 8 0 R", b"4"), "AABC", ""),
    "a null": (make_tree(b"4 0 R null 6 0 R 8 0 R", b"4"), "ABC", "an entry behind page 1 leads to nothing"),
    "a null that is not counted": (
        make_tree(b"4 0 R null 6 0 R 8 0 R"),
        "ABC",
        "an entry behind page 1 leads to nothing",
    ),
    "a number": (make_tree(b"7 4 0 R 6 0 R 8 0 R"), "ABC", "an entry before the first page leads to nothing"),
    "a missing object": (
        make_tree(b"4 0 R 6 0 R 77 0 R 8 0 R", b"4"),
        "ABC",
        "an entry behind page 2 leads to nothing",
    ),
    "count too low": (
        make_tree(b"4 0 R 6 0 R 8 0 R", b"1"),
        "ABC",
        "a list that ends behind page 3 states 1 pages and has 3",
    ),
    "count too high": (
        make_tree(b"4 0 R 6 0 R 8 0 R", b"9"),
        "ABC",
        "a list that ends behind page 3 states 9 pages and has 3",
    ),
    "count below zero": (make_tree(b"4 0 R 6 0 R 8 0 R", b"-3"), "ABC", "states -3 pages and has 3"),
    "count of another kind": (make_tree(b"4 0 R 6 0 R 8 0 R", b"(3)"), "ABC", "states no number of pages and has 3"),
    "an empty branch": (
        make_tree(b"4 0 R 10 0 R 6 0 R 8 0 R", b"3", (b"<</Type /Pages /Kids [] /Count 0>>",)),
        "ABC",
        "",
    ),
    "an empty branch that counts": (
        make_tree(b"4 0 R 10 0 R 6 0 R 8 0 R", b"4", (b"<</Type /Pages /Kids [] /Count 1>>",)),
        "ABC",
        "a list that ends behind page 1 states 1 pages and has 0",
    ),
    "a branch twice": (
        make_tree(b"10 0 R 8 0 R 10 0 R", b"5", (b"<</Type /Pages /Kids [4 0 R 6 0 R] /Count 2>>",)),
        "ABCAB",
        "",
    ),
    "a branch in itself": (
        make_tree(b"10 0 R 8 0 R", b"3", (b"<</Type /Pages /Kids [4 0 R 10 0 R 6 0 R] /Count 2>>",)),
        "ABC",
        "an entry behind page 1 leads back to a list that contains it",
    ),
    "the root in itself": (make_tree(b"4 0 R 2 0 R 6 0 R 8 0 R"), "ABC", "leads back to a list that contains it"),
    "a page that is written in the list": (
        make_tree(b"4 0 R <</Type /Page /Parent 2 0 R /Contents 7 0 R>> 8 0 R"),
        "ABC",
        "",
    ),
    "a branch without type": (
        make_tree(b"10 0 R 8 0 R", b"3", (b"<</Kids [4 0 R 6 0 R] /Count 2>>",)),
        "ABC",
        "",
    ),
}
"""Bytes, the letter of each page, and what is said of the tree."""


@pytest.mark.parametrize("name", TREES)
def test_pages_are_those_that_are_shown(name: str) -> None:
    """Words of a page are those of that page, whatever the list of pages is like."""
    data, letters, flaw = TREES[name]
    result = read_pdf(data, "a.pdf")
    assert result.value
    assert "".join(page.text.strip() for page in result.value.pages) == letters
    assert "".join(word.text for page in result.value.pages for word in page.words) == letters
    assert [page.number for page in result.value.pages] == list(range(1, len(letters) + 1))
    said = [finding.message for finding in result.findings if finding.rule == "page-list"]
    assert len(said) == bool(flaw)
    assert flaw in "".join(said)


ENCRYPTED = {
    "certificate": (
        b"/Adobe.PubSec/V 4/SubFilter/adbe.pkcs7.s5/Recipients[<00>]",
        "by certificate, for certain recipients",
    ),
    "rights": (b"/FOPN_fLock/V 1/VEID (x)", "protected by 'FOPN_fLock', a program for the rights of its readers"),
}


@pytest.mark.parametrize("name", ENCRYPTED)
def test_encryption_without_a_password_is_called_that(name: str) -> None:
    handler, said = ENCRYPTED[name]
    data = BROKEN["classic/tail-of-blanks"].replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt<</Filter%s>>" % handler)
    for password in (None, "secret"):
        (found,) = read_pdf(data, "a.pdf", password).findings
        assert found.rule == "encrypted-by-certificate"
        assert said in found.message


@pytest.mark.parametrize(
    ("password", "rule"), [(None, "password-needed"), ("guess", "wrong-password"), ("secret", "pdf-repaired")]
)
def test_a_broken_file_with_a_password(password: str | None, rule: str) -> None:
    data = CORPUS["encrypted"].make()
    broken = data[: data.rindex(b"startxref")]
    assert [finding.rule for finding in read_pdf(broken, "a.pdf", password).findings] == [rule]


@pytest.mark.parametrize(
    "data", [b"", b"1 0 obj endobj", b"a text with 12 0 obj and endobj in it", b"%PDF-1.7\n1 0 obj null endobj"]
)
def test_what_is_no_pdf_is_not_made_one(data: bytes) -> None:
    (found,) = read_pdf(data, "a.pdf").findings
    assert found.rule in ("not-a-pdf", "damaged-pdf")
