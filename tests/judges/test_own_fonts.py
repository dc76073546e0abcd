"""Own fonts that do not show all characters: what is printed is whole, and both standards hold."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from gri_builder.audit.pipeline import audit_pdf_bytes
from gri_builder.model.audit_result import CheckStatus
from gri_builder.pipeline.build import build_report
from tests.judges.verapdf import judge
from tests.support.made_fonts import blank, draw_apart, make_font, make_variable_font, without
from tests.support.report_folders import CASES, lay_out

FONTS = {
    "no-digits": make_font(without("0123456789")),
    "no-seven": make_font(without("7")),
    "no-hyphen": make_font(without("-\u00ad")),
    "no-soft-hyphen": make_font(without("\u00ad")),
    "blank-soft-hyphen": make_font(change=draw_apart("\u00ad", 0)),
    "no-space": make_font(without(" \u00a0")),
    "blank-letters": make_font(change=blank("ae")),
    "letters-only": make_font("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ "),
    "variable": make_variable_font(),
}
WORDS = "internationalization organization responsibility environmental sustainability "
STORY = f"""\
# Energy 2015

## Use of energy in 2007–2015

Energy 1,234,567.89 GJ **bold 70** *italic 7* -5 – dash … it’s a-b `code 7-8`.[^1] {WORDS * 12}

| Site | 2014 | 2015 |
|---|--:|--:|
| North-East 7 | 1,070 | 7,071.5 |

::: chart energy-total type=bar
:::

[^1]: A note of 2017 on page 7. {WORDS * 4}
"""


@pytest.fixture(params=FONTS)
def pdf(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return the PDF of a report whose text and headings are set in one of the fonts."""
    folder = lay_out(CASES / "valid" / "minimal", tmp_path / "report")
    (folder / "chapters" / "story.md").write_text(STORY, "utf-8")
    (folder / "fonts").mkdir()
    (folder / "fonts" / "own.ttf").write_bytes(FONTS[request.param])
    report = folder / "report.yaml"
    theme = "theme: {text_font: {regular: fonts/own.ttf}, heading_font: {regular: fonts/own.ttf}}\n"
    report.write_text(report.read_text("utf-8") + theme, "utf-8")
    built = build_report(folder, tmp_path / "out")
    assert built.value is not None, built.findings
    return built.value.files[0]


def test_everything_is_printed_and_both_standards_hold(pdf: Path) -> None:
    for flavour in ("ua1", "3a"):
        assert judge(pdf, flavour).failures == {}
    text = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True, text=True).stdout
    text = " ".join(text.split())
    for printed in ("1,234,567.89 GJ", "bold 70", "italic 7", "-5", "a-b", "7,071.5", "note of 2017"):
        assert printed in text
    audited = audit_pdf_bytes(pdf).value
    assert audited is not None
    assert [check.message for check in audited.checks if check.status is CheckStatus.FAIL] == []
