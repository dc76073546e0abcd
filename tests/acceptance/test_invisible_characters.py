"""Characters that only break lines: never printed inside a line, nor in what readers and searches get."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pikepdf
import pytest

from gri_builder.audit.pipeline import audit_pdf_bytes
from gri_builder.model.audit_result import CheckStatus
from gri_builder.model.texts.readable_text import readable, without_inner_hyphens
from gri_builder.pipeline.build import build_report
from tests.judges.verapdf import judge
from tests.support.report_folders import CASES, lay_out

SERIES = """\
sites:
  title: Energy con~sumption
  unit: GJ
  note: Of the com~pany.
  by: site
  values:
    North~ern: {2014: 7, 2015: 8}
    South~ern: {2014: 5, 2015: 6}
"""
STORY = """\
# Sustain~able en~ergy story

## Sec~tion on GHG

Text **bold~ness** `co~de` [link~age](https://example.org) and sustain~ability.[^a]

| Si~te | Num~ber |
|---|--:|
| Ham~burg | 5 |

::: chart sites type=bar
:::

::: table sites
:::

[^a]: Foot~note.
"""
JOINED = "consumption company Northern Southern Sustainable energy Section boldness code linkage sustainability "
WORDS = f"{JOINED}Site Number Hamburg Footnote Acme Holding report greenhouse".split()


@pytest.fixture(params=["\u00ad", "\u200b", "\u2060", "\ufe0f", "\u2063"])
def pdf(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return the PDF of a report that has the character inside words of every kind."""
    folder = lay_out(CASES / "valid" / "minimal", tmp_path / "report")
    report = folder / "report.yaml"
    text = report.read_text("utf-8").replace("Making less go further", "Sustain~ability re~port")
    text = text.replace("Acme Holding", "Acme Hold~ing") + "abbreviations: {GHG: green~house gases}\n"
    for path, content in (("report.yaml", text), ("figures/sites.yaml", SERIES), ("chapters/story.md", STORY)):
        (folder / path).write_text(content.replace("~", request.param), "utf-8")
    built = build_report(folder, tmp_path / "out")
    assert built.value is not None, built.findings
    assert built.findings == ()
    return built.value.files[0]


def texts_of(pdf: Path) -> str:
    """Return what is on the pages, in the bookmarks, the metadata and in the descriptions for screen readers."""
    with pikepdf.open(pdf) as file:
        strings = [str(file.docinfo["/Title"]), str(file.docinfo["/Author"])]
        with file.open_outline() as outline:
            strings += [item.title for top in outline.root for item in (top, *top.children)]
        for each in file.objects:
            if isinstance(each, pikepdf.Dictionary):
                strings += [str(each[key]) for key in ("/Alt", "/E", "/Contents", "/ActualText") if key in each]
        with file.open_metadata() as metadata:
            strings.append(str(metadata["dc:title"]))
    printed = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True, text=True).stdout
    return "\n".join([printed, *strings])


def test_words_are_whole_for_every_reader(pdf: Path) -> None:
    text = texts_of(pdf).replace("\ufe0f", "").replace("\u2063", "")
    for word in WORDS:
        assert word in text
    assert readable(text) == text
    for flavour in ("ua1", "3a"):
        assert judge(pdf, flavour).failures == {}
    audited = audit_pdf_bytes(pdf).value
    assert audited is not None
    assert [check.message for check in audited.checks if check.status is CheckStatus.FAIL] == []


def test_a_line_breaks_there_with_one_hyphen(tmp_path: Path) -> None:
    folder = lay_out(CASES / "valid" / "minimal", tmp_path / "report")
    word = "\u00ad".join(["qx"] * 40)  # wider than a line
    (folder / "chapters" / "story.md").write_text("# Story\n\n" + f"{word} " * 60, "utf-8")
    built = build_report(folder, tmp_path / "out")
    assert built.value is not None, built.findings
    printed = subprocess.run(
        ["pdftotext", "-layout", str(built.value.files[0]), "-"], capture_output=True, check=True, text=True
    ).stdout
    lines = [line.strip() for line in printed.splitlines() if "qxqx" in line]
    assert any(line.endswith("qx\u00ad") for line in lines)
    assert all("\u00ad" not in line[:-1] for line in lines)


def test_hyphens_inside_a_line_are_dropped() -> None:
    assert without_inner_hyphens("sus\u00adtain\u00ad") == "sustain\u00ad"
    assert without_inner_hyphens("sustain") == "sustain"
    assert readable("a\u00adb\u200bc\u2060d\u200de") == "abcd\u200de"
