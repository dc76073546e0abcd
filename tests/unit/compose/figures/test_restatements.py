"""Restatements: declared in the data, explained under tables, listed with the answer that asks for them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from gri_builder.compose.blocks import walk
from gri_builder.compose.compose import compose_document
from gri_builder.coverage.assess import assess_report
from gri_builder.model.document import Document
from gri_builder.model.facts import Restatement
from gri_builder.model.report import Answer, Chapter, Report
from gri_builder.model.rich_text import Paragraph, Table, plain_text
from gri_builder.resources.frameworks import load_framework
from gri_builder.resources.messages import load_messages
from tests.support.made_reports import ALL_SERIES, ENERGY, HERE, STAFF, make_report, narrative, prose

FRAMEWORK = load_framework()
ASKING = FRAMEWORK.restatements or ""
ANSWERED = {ASKING: Answer(ASKING, HERE, {"a": narrative("Two.")})}


def restate(report: Report) -> Report:
    """Return the report with the energy of 2014 and the women of 2014 restated."""
    energy = tuple(
        replace(f, restated=Restatement(Decimal(399000), "A meter stood still.", HERE)) if f.period == "2014" else f
        for f in ENERGY.facts
    )
    staff = tuple(
        replace(f, status="restated", restated=Restatement(Decimal(815), "Three were counted twice", HERE))
        if f.key == "employees[2014, Women]"
        else f
        for f in STAFF.facts
    )
    series = {**ALL_SERIES, ENERGY.id: replace(ENERGY, facts=energy), STAFF.id: replace(STAFF, facts=staff)}
    return replace(report, series=series, answers={**report.answers, **ANSWERED})


def compose(report: Report) -> Document:
    return compose_document(report, FRAMEWORK, assess_report(FRAMEWORK, report), load_messages(report.language))


def tables(document: Document) -> list[Table]:
    return [b for chapter in document.chapters for b in walk(chapter.blocks) if isinstance(b, Table)]


def rows_of(table: Table) -> list[list[str]]:
    return [[" ".join(plain_text(runs) for runs in cell.paragraphs) for cell in row] for row in table.body]


def listed(document: Document) -> list[Table]:
    captions = {load_messages(tag)["restatements"] for tag in ("en", "de", "fr")}
    return [table for table in tables(document) if plain_text(table.caption).partition(". ")[2] in captions]


def test_the_table_stands_with_the_answer() -> None:
    (table,) = listed(compose(restate(make_report())))
    assert rows_of(table) == [
        ["Energy consumption", "2014", "399,000\u00a0GJ", "405,150\u00a0GJ", "+1.5%", "A meter stood still."],
        ["Employees at year end, Women", "2014", "815", "812", "\u22120.4%", "Three were counted twice"],
    ]


def test_a_small_change_does_not_look_like_none() -> None:
    report = restate(make_report())
    energy = report.series[ENERGY.id]
    facts = tuple(
        replace(f, restated=replace(f.restated, before=Decimal(405000))) if f.restated else f for f in energy.facts
    )
    (table,) = listed(compose(replace(report, series={ENERGY.id: replace(energy, facts=facts)}, answers=ANSWERED)))
    assert rows_of(table)[0][4] == "+0.04%"


def test_without_restatements_there_is_no_table() -> None:
    report = make_report()
    answered = replace(report, answers={**report.answers, ASKING: Answer(ASKING, HERE, {"a": narrative("None.")})})
    assert listed(compose(answered)) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en-GB", "2014: restated from 399,000\u00a0GJ. A meter stood still."),
        ("de-DE", "2014: neu dargestellt, zuvor 399.000\u00a0GJ. A meter stood still."),
        ("fr-FR", "2014\u00a0: retraité, auparavant 399\u00a0000\u00a0GJ. A meter stood still."),
    ],
)
def test_the_small_print_names_the_old_value_and_the_reason(language: str, said: str) -> None:
    document = compose(restate(make_report(language=language)))
    notes = [plain_text(note) for table in tables(document) for note in table.notes]
    assert any(note.endswith(said) for note in notes), notes


def test_directive() -> None:
    chapter = Chapter("chapters/r.md", prose("# Restated\n\n::: restatements\n:::\n"))
    story = make_report(chapters=(chapter,))
    assert len(listed(compose(restate(story)))) == 1, "the table stands where the chapter wants it, and once"
    paragraphs = [b for c in compose(story).chapters for b in walk(c.blocks) if isinstance(b, Paragraph)]
    assert "No value of an earlier report was restated." in [plain_text(p.runs) for p in paragraphs]
