"""Every block inside every container, and landscape pages beside and inside everything: it builds and audits clean.

Where landscape pages can't be, validation says so at the directive.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml

from gri_builder.model.finding import Severity
from gri_builder.pipeline.build import build_report
from tests.support.report_folders import MINIMAL
from tests.support.whole_reports.blocks import indent
from tests.support.whole_reports.examine import audit_problems, read_characters
from tests.support.whole_reports.writer import plain_characters

BLOCKS = {
    "paragraph": ["Words of a paragraph.[^n]"],
    "list": ["- first", "", "  - second", "- third"],
    "numbers": ["7. seventh", "8. eighth"],
    "quotation": ["> quoted"],
    "definition": ["Term", ": its meaning"],
    "table": ["| Site | Energy |", "|---|---:|", "| **Leeds** | 12 |"],
    "code": ["```", "x = {#a} | [b](c)", "::: kpi", "```"],
    "picture": ['![A white square](images/dot.png "a caption")'],
    "half": ["![A square](images/dot.png){width=half}", "![A square](images/dot.png){width=half}"],
    "margin": ["![A square](images/dot.png){width=margin}"],
    "rule": ["***"],
    "kpi": ["::: kpi energy-total", ":::"],
    "chart": ["::: chart energy-total", ":::"],
    "data table": ["::: table employees", ":::"],
    "matrix": ["::: matrix", ":::"],
    "map": ['::: map title="Sites"', ":::"],
    "process": [
        '::: process title="Steps" legend="Ours" highlight=Mill',
        "1. Grow: on farms",
        "2. Mill[^n]",
        "   - stones",
        ":::",
    ],
    "organization": ["::: organization", "- Board: Ada", "  - Audit: Jon", "    - Risks", "  - Mill", ":::"],
    "aspects": ["::: material-aspects", ":::"],
    "restatements": ["::: restatements", ":::"],
    "callout": ["::: callout A title", "boxed", ":::"],
    "case": ["::: case image=images/dot.png A story", "studied", ":::"],
    "quote": ['::: quote name="Ada Weir" role=Miller', "said", ":::"],
    "timeline": ["::: timeline", "January 1921 to the end of February", ": opened", "", "2015", ": reported", ":::"],
    "aside": ["::: aside icon=info", "beside", ":::"],
    "columns": ["::: columns", "left", "", "right", ":::"],
    "qr": ["::: qr https://acme.example/2015", "coded", ":::"],
    "lang": ["::: lang fr", "en français", ":::"],
    "landscape": ["::: landscape", "turned", ":::"],
}
FENCED = ("callout A title", "case A story", 'quote name="B"', "aside", "columns", "landscape", "qr https://a.example")
CONTAINERS = ("list", "quotation", "definition", "timeline", "lang fr", *FENCED)
TURNING = ("list", "lang fr")
"""Containers that landscape pages may start in."""
WORDY = ("kpi", "chart", "data table", "matrix", "map", "aspects", "restatements")
"""Blocks that print words in the report's language, and so can't be inside another one."""


def contain(container: str, lines: list[str]) -> list[str]:
    """Return the lines inside a container, between words of its own."""
    inner = ["before", "", *lines, "", "after"]
    if container == "list":
        return indent(inner, "- ", "  ")
    if container == "quotation":
        return indent(inner, "> ", "> ")
    if container == "definition":
        return ["A term", *indent(inner, ": ", "  ")]
    if container == "timeline":
        return ["::: timeline", "1921", *indent(inner, ": ", "  "), ":::"]
    return [f":::: {container}", *inner, "::::"]


def build(folder: Path, chapters: Mapping[str, str], **settings: object) -> tuple[Path | None, list[str]]:
    """Build the minimal report with these chapters by name; return the PDF and the errors."""
    shutil.copytree(MINIMAL, folder / "report")
    path = folder / "report" / "report.yaml"
    report = yaml.safe_load(path.read_text(encoding="utf-8"))
    report["material_aspects"][0] |= {"influence": 3, "impact": 2}
    if any("::: map" in text for text in chapters.values()):
        report["sites"] = [{"name": "Leeds", "latitude": 53.8, "longitude": -1.5}]
    report |= {"chapters": [f"chapters/{name}.md" for name in chapters], **settings}
    path.write_text(yaml.safe_dump(report, sort_keys=False), encoding="utf-8")
    (folder / "report" / "chapters" / "story.md").unlink()
    for name, text in chapters.items():
        note = "\n\n[^n]: Its note.\n" if "[^n]" in text else "\n"
        (folder / "report" / "chapters" / f"{name}.md").write_text(text + note, encoding="utf-8")
    built = build_report(folder / "report", folder / "out")
    errors = [f"{each.where.file}: {each.rule}" for each in built.findings if each.severity is Severity.ERROR]
    return (built.value.files[0] if built.value else None), errors


def plain_lines(chapters: Mapping[str, str]) -> Iterator[str]:
    """Yield the words between containers, which must be on the pages in their order."""
    for name in chapters:
        yield from (f"start {name}", f"middle {name}", f"end {name}")


def check(folder: Path, chapters: Mapping[str, str], **settings: object) -> None:
    pdf, errors = build(folder, chapters, **settings)
    assert errors == []
    assert pdf is not None
    assert audit_problems(pdf) == ()
    text, place = read_characters(pdf), 0
    for line in map(plain_characters, plain_lines(chapters)):
        place = text.find(line, place)
        assert place >= 0, line


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("opener", ["half", "page"])
def test_every_block_inside_a_container(container: str, opener: str, tmp_path: Path) -> None:
    chapters = {}
    for number, (name, lines) in enumerate(BLOCKS.items()):
        if (name == "landscape" and container not in TURNING) or (name in WORDY and container == "lang fr"):
            continue
        key = f"c{number}"
        twice = [*contain(container, lines), "", f"middle {key}", "", *contain(container, contain("list", lines))]
        chapters[key] = "\n".join([f"# Title {key}", "", f"start {key}", "", *twice, "", f"end {key}", ""])
    check(tmp_path, chapters, theme={"name": "harbour", "opener": opener})


def test_landscape_pages_beside_every_block(tmp_path: Path) -> None:
    turned, chapters = BLOCKS["landscape"], {}
    for number, lines in enumerate(BLOCKS.values()):
        key = f"c{number}"
        parts = [f"start {key}", "", *lines, "", *turned, "", *lines, "", f"middle {key}", "", "## A heading", ""]
        chapters[key] = "\n".join(
            [f"# Title {key}", "", *parts, *turned, "", "## Another", "", *lines, "", f"end {key}"]
        )
    check(tmp_path, chapters)


def test_every_block_directly_around_landscape_pages(tmp_path: Path) -> None:
    """Headings, side notes and blocks that stay with the next one, in front of and behind landscape pages."""
    chapters = {}
    for number, lines in enumerate(BLOCKS.values()):
        key = f"c{number}"
        inside = lines if lines != BLOCKS["landscape"] else ["turned"]
        around = [*BLOCKS["aside"], "", "## A heading", "", *BLOCKS["aside"], "", "::: landscape", *inside, ":::", ""]
        chapters[key] = "\n".join(
            [f"# Title {key}", "", *around, f"start {key}", "", *around, f"middle {key}", "", *around, f"end {key}"]
        )
    check(tmp_path, chapters)


@pytest.mark.parametrize("container", [each for each in CONTAINERS if each not in TURNING])
@pytest.mark.parametrize("outer", ["", "list", "lang fr"])
def test_landscape_pages_that_can_not_be_are_an_error_at_the_directive(
    container: str, outer: str, tmp_path: Path
) -> None:
    lines = contain(container, BLOCKS["landscape"])
    lines = contain(outer, lines) if outer else lines
    pdf, errors = build(tmp_path, {"story": "\n".join(["# Title", "", *lines, ""])})
    assert pdf is None
    assert errors == ["chapters/story.md: misplaced-directive"]


def test_the_letter_of_an_answer_in_the_margin_does_not_move_to_the_next_one(tmp_path: Path) -> None:
    """What is only in the margin takes no room; its letter belongs to it, not to what follows on the next page."""
    answer = "::: aside\nbeside the text\n:::\n"
    shutil.copytree(MINIMAL, tmp_path / "report")
    file = next((tmp_path / "report" / "disclosures").glob("*.yaml"))
    answers = yaml.safe_load(file.read_text("utf-8")) | {"G4-27": {"a": answer}, "G4-EN4": {"a": "None is known."}}
    file.write_text(yaml.safe_dump(answers, sort_keys=False), "utf-8")
    built = build_report(tmp_path / "report", tmp_path / "out")
    assert built.value
    assert audit_problems(built.value.files[0]) == ()
