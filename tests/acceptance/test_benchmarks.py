"""The benchmarks run, on very short reports that are not measured."""

from __future__ import annotations

import io
from pathlib import Path

from benchmarks.audit_time import make_long_pdf
from benchmarks.build_time import repeated
from benchmarks.compare import FLOOR, GRI_BUILDER, PEERS, compete, prepare, tabulate
from benchmarks.peers.look import write_fonts
from pypdf import PdfReader

from gri_builder.layout.render import render_pdf
from tests.support.documents import chapter, document, paragraph


def test_the_comparison_runs_gri_builder_and_the_floor(tmp_path: Path) -> None:
    write_fonts(tmp_path / "fonts")
    (tmp_path / "room").mkdir()
    contestants = prepare(3, tmp_path / "room", left_out=set(PEERS))
    assert [each.name for each in contestants] == [GRI_BUILDER, FLOOR]
    compete(contestants, 1)
    own, floor = (len(PdfReader(each.out).pages) for each in contestants)
    assert own == floor > 3
    assert sum(line.startswith(f"| {GRI_BUILDER} |") for line in tabulate(3, contestants)) == 1


def test_a_report_is_repeated() -> None:
    once = document(chapter("One", "one", *[paragraph(80)] * 24), chapter("Index", "index", paragraph(9)))
    one, two, three = (render_pdf(repeated(once, times)).pages for times in (1, 2, 3))
    assert three - two == two - one > 1


def test_a_long_third_party_report_has_its_pages() -> None:
    assert len(PdfReader(io.BytesIO(make_long_pdf(12))).pages) == 12
