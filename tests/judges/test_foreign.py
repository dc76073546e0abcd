"""Foreign judges: veraPDF on PDFs of every kind, against PDF/UA-1 (ISO 14289-1) and PDF/A-3a (ISO 19005-3)."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace
from PIL import Image as Pixels

from gri_builder.compose.compose import compose_document
from gri_builder.coverage.assess import assess_report
from gri_builder.layout.render import render_pdf
from gri_builder.model.document import Attachment, Document
from gri_builder.model.document import Footnote as DocumentNote
from gri_builder.model.graphics import Picture
from gri_builder.model.rich_text import Image, Paragraph, Run
from gri_builder.resources.frameworks import load_framework
from gri_builder.resources.messages import load_messages
from gri_builder.resources.themes import load_theme
from tests.acceptance.test_extremes import extreme_documents
from tests.judges.agreement import find_disagreements
from tests.judges.verapdf import judge
from tests.support.documents import chapter, document, paragraph, runs, table
from tests.support.made_reports import make_report
from tests.support.page_geometry import find_faults
from tests.unit.layout.test_render import everything

FLAVOURS = ("ua1", "3a")


def assert_accessible(pdf: bytes, folder: Path) -> None:
    """Assert that veraPDF looked and finds nothing against PDF/UA-1 or PDF/A-3a; and that the file agrees with itself.

    `folder` is where the file to be judged may be written.
    """
    file = folder / "judged.pdf"
    file.write_bytes(pdf)
    for flavour in FLAVOURS:
        verdict = judge(file, flavour)
        assert verdict.assertions > 100, flavour
        assert not verdict.failures, f"{flavour}:\n" + "\n".join(verdict.failures)
    assert find_disagreements(pdf) == []


def compose_made(language: str, draft: bool = False) -> Document:
    """Return the report made by hand as a document in that language."""
    report, framework = make_report(language=language), load_framework()
    return compose_document(report, framework, assess_report(framework, report), load_messages(language), draft)


def with_long_tables() -> Document:
    rows = [[f"Plant {n}", "text " * (n % 40), str(n * 17)] for n in range(300)]
    return document(chapter("T", "t", table(["A", "B", "C"], rows)))


def with_pictures() -> Document:
    """Return a document with a picture in each of the modes that people have, some of them transparent."""
    modes = ("RGB", "RGBA", "L", "LA", "1", "P")
    pictures = {f"{mode}.png": _picture(f"{mode}.png", mode) for mode in modes}
    blocks = [Image(path, f"A plain area: {path}", caption=runs(f"Picture {path}")) for path in pictures]
    return document(chapter("Pictures", "pictures", *blocks), pictures=pictures)


def _picture(path: str, mode: str) -> Picture:
    file = io.BytesIO()
    Pixels.new("RGBA", (40, 30), (10, 120, 80, 128)).convert(mode).save(file, "PNG")
    return Picture(path, file.getvalue(), 40, 30)


def with_long_footnotes() -> Document:
    noted = Paragraph((Run("Text"), Run("1", note="n", script="sup"), Run(" goes on.")))
    notes = {"n": DocumentNote(1, (paragraph(2500).runs,))}
    return document(chapter("Story", "s", noted, paragraph(900)), notes=notes)


KINDS: dict[str, Callable[[], Document]] = {
    "long footnotes": with_long_footnotes,
    "pictures": with_pictures,
    "a draft": lambda: replace(everything(), draft="DRAFT – not for publication"),
    "letter size": lambda: replace(everything(), page_size="letter"),
    "justified": lambda: replace(everything(), theme=replace(load_theme(), text="justified")),
    "English": lambda: compose_made("en-GB"),
    "German": lambda: compose_made("de-AT"),
    "French": lambda: compose_made("fr-FR"),
    "a German draft": lambda: compose_made("de-DE", draft=True),
}


def test_every_kind_of_block(tmp_path: Path) -> None:
    assert_accessible(render_pdf(everything()).pdf, tmp_path)


def test_long_tables(tmp_path: Path) -> None:
    assert_accessible(render_pdf(with_long_tables()).pdf, tmp_path)


def test_the_judge_is_content_with_plain_text(tmp_path: Path) -> None:
    assert_accessible(render_pdf(document(chapter("Story", "s", paragraph(900)))).pdf, tmp_path)


@pytest.mark.parametrize("kind", KINDS)
def test_no_fault_in_either_standard(kind: str, tmp_path: Path) -> None:
    pdf = render_pdf(KINDS[kind]()).pdf
    assert_accessible(pdf, tmp_path)
    assert "draft" in kind or find_faults(pdf) == []  # a draft's mark lies under the text


@pytest.mark.parametrize("name", extreme_documents())
def test_no_fault_in_extremes(name: str, tmp_path: Path) -> None:
    assert_accessible(render_pdf(extreme_documents()[name]).pdf, tmp_path)


def test_no_fault_in_what_is_embedded(tmp_path: Path) -> None:
    files = [
        Attachment("données å.json", b"{}", "application/json", "Données – “all”", "Source"),
        Attachment("a (b) \\ c.csv", b"a,b\n", "text/csv", "Table (small)", "Data"),
        Attachment("empty.txt", b"", "text/plain", "Nothing", "Unspecified"),
    ]
    assert_accessible(render_pdf(everything(), attach=lambda _: files).pdf, tmp_path)


@pytest.mark.parametrize("make", [everything, KINDS["English"]], ids=["every kind of block", "a report"])
def test_tags_and_archive_cost_little_room(make: Callable[[], Document]) -> None:
    """At most 1.2 times the size of the same document untagged, as most programs write it: without object streams."""
    tagged, untagged = render_pdf(make()).pdf, render_pdf(make(), tagged=False).pdf
    plain = io.BytesIO()
    with pikepdf.open(io.BytesIO(untagged)) as pdf:
        assert "/StructTreeRoot" not in pdf.Root
        pdf.save(plain, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert len(tagged) <= 1.2 * len(plain.getvalue())
