"""The layouts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from tests.support.index_layouts import changes as c
from tests.support.index_layouts import references as r
from tests.support.index_layouts.drawing import Column, Style
from tests.support.index_layouts.layout import CODE, PAGE, TITLE, Layout, Numbering
from tests.support.index_layouts.rows import Wording
from tests.support.index_layouts.standards import OF_2016, OF_2021

NARROW_PAGE = Column("page", 60)
OMISSION, ASSURANCE = Column("omission", 130), Column("assurance", 70)


def _bare(code: str) -> str:
    return code if code[3:].isdigit() else code[3:]


def _dot(code: str) -> str:
    return code.replace("-", ".")


def _blank(code: str) -> str:
    return code.replace("-", " ")


def _dash(code: str) -> str:
    return code.replace("-", "–")


def _split(code: str) -> str:
    return re.sub(r"-([A-Z]+)(\d+)", r"-\1 \2", code)


LAYOUTS: dict[str, Layout] = {
    each.name: each
    for each in (
        Layout("page-left-en", columns=(NARROW_PAGE, CODE, TITLE), style=Style(rules="lines")),
        Layout(
            "two-tables-de",
            Wording("de", _bare, r.following),
            landscape=True,
            tables=2,
            columns=(CODE, Column("title", 180), Column("page", 90)),
        ),
        Layout(
            "two-documents-en",
            columns=(CODE, TITLE, Column("page", 70), Column("page2", 70)),
            change=(c.name_second_document,),
            style=Style(rules="grid"),
        ),
        Layout(
            "leaders-fr",
            Wording("fr"),
            columns=(CODE, Column("title", 330, leaders=True), Column("page", 80, "right")),
            style=Style(rules="none"),
            no_heads=True,
        ),
        Layout(
            "turned-es",
            Wording("es", reference=r.spelled),
            turn=90,
            numbering=Numbering("Página {n}", front=4),
            columns=(CODE, TITLE, Column("page", 150), OMISSION),
            change=(c.omit_in_column,),
        ),
        Layout(
            "bare-grid-pt", Wording("pt", _bare, r.abbreviated), style=Style(rules="grid"), numbering=Numbering("{n}.")
        ),
        Layout(
            "code-last-it",
            Wording("it", reference=r.in_chapter),
            columns=(Column("title", 240), Column("page", 160), CODE),
            numbering=Numbering("| {n}"),
        ),
        Layout(
            "centered-nl",
            Wording("nl"),
            columns=(
                Column("title", 230, stand="middle"),
                Column("code", 60, "middle", "middle"),
                Column("page", 100, "middle", "middle"),
            ),
            tail=True,
            style=Style(rules="grid"),
        ),
        Layout(
            "merged-references-en",
            Wording("en", reference=r.abbreviated),
            merged=frozenset({"page"}),
            numbering=Numbering("Page {n} of {total}"),
        ),
        Layout(
            "merged-chapters-es",
            Wording("es", _bare, r.abbreviated),
            columns=(Column("section", 90, stand="middle"), CODE, TITLE, PAGE),
            change=(c.name_chapters,),
            merged=frozenset({"page", "section"}),
            style=Style(rules="grid"),
            specific=24,
        ),
        Layout("no-rules-sv", Wording("sv", reference=r.abbreviated), style=Style(7.5, "none", 2)),
        Layout(
            "three-omission-columns-de",
            Wording("de", reference=r.abbreviated),
            landscape=True,
            columns=(
                CODE,
                Column("title", 180),
                Column("page", 90),
                *(Column(k, w) for k, w in (("omission", 70), ("reason", 110), ("explanation", 170))),
            ),
            change=(c.omit_in_three_columns,),
            style=Style(rules="shade"),
        ),
        Layout(
            "raised-notes-en",
            change=(c.raise_notes,),
            extras=frozenset({"notes"}),
            columns=(CODE, TITLE, PAGE, ASSURANCE),
        ),
        Layout(
            "omitted-in-page-column-es",
            Wording("es", reference=r.abbreviated),
            columns=(CODE, TITLE, Column("page", 150)),
            change=(c.omit_in_page_column,),
        ),
        Layout(
            "ticks-fr",
            Wording("fr", reference=r.spelled),
            columns=(CODE, TITLE, Column("page", 130), Column("omission", 100), Column("assurance", 70, "middle")),
            change=(c.omit_in_column, c.assure("✓")),
            style=Style(rules="grid"),
        ),
        Layout(
            "drawn-marks-en",
            columns=(CODE, TITLE, PAGE, Column("assurance", 70, "middle")),
            change=(c.assure("@tick"),),
            style=Style(rules="grid"),
        ),
        Layout(
            "assured-on-page-pt",
            Wording("pt"),
            columns=(CODE, TITLE, Column("page", 90), Column("omission", 120), Column("assurance", 90)),
            change=(c.omit_in_column, c.assure("{yes}, {p} 7", "{no}")),
            extras=frozenset({"statement"}),
            style=Style(7, "grid"),
        ),
        Layout(
            "principles-en",
            columns=(
                CODE,
                Column("title", 190),
                Column("page", 80),
                Column("cross", 70),
                Column("cross2", 70),
                Column("cross3", 60),
            ),
            change=(c.number_principles,),
            style=Style(7, "grid"),
        ),
        Layout(
            "principles-before-page-de",
            Wording("de", reference=r.barred),
            columns=(CODE, Column("title", 200), Column("cross", 70), Column("page", 90)),
            change=(c.number_principles,),
        ),
        Layout(
            "answers-it",
            Wording("it", reference=r.abbreviated),
            columns=(CODE, TITLE, Column("page", 170, head="answer")),
            change=(c.answer_in_words,),
        ),
        Layout(
            "approach-table-en",
            extras=frozenset({"approach-table", "statement"}),
            numbering=Numbering("{n}", outside=True),
            specific=20,
        ),
        Layout(
            "spreads-de",
            Wording("de", _bare, r.abbreviated),
            numbering=Numbering("{n}", outside=True, spread=True),
            body=18,
        ),
        Layout(
            "plates-pt",
            Wording("pt", reference=r.abbreviated),
            numbering=Numbering("{n}", plates=(6, 13, 14)),
            body=18,
        ),
        Layout("later-numbers-it", Wording("it", reference=r.abbreviated), numbering=Numbering("– {n} –", first=41)),
        Layout(
            "spaced-codes-en",
            Wording("en", reference=r.dotted),
            style=Style(spaced=2.2),
            columns=(Column("code", 80), TITLE, PAGE),
        ),
        Layout("small-codes-nl", Wording("nl", str.lower, r.abbreviated)),
        Layout(
            "gri-prefix-es",
            Wording("es", lambda code: f"GRI {code}", r.padded),
            columns=(Column("code", 75), TITLE, PAGE),
        ),
        Layout("dots-en", Wording("en", _dot, r.each_with_letter), style=Style(rules="none")),
        Layout("blanks-sv", Wording("sv", _blank, r.spelled)),
        Layout("en-dashes-fr", Wording("fr", _dash, r.waved), style=Style(rules="shade")),
        Layout("blank-in-code-pt", Wording("pt", _split), numbering=Numbering("Harbor Mills 2016 | {n}")),
        Layout("few-on-last-fr", Wording("fr", reference=r.abbreviated), on_last=2),
        Layout("one-on-last-en", on_last=1, columns=(CODE, TITLE, PAGE, OMISSION), change=(c.omit_in_column,)),
        Layout("two-codes-en", change=(c.two_codes,), style=Style(rules="grid")),
        Layout("misprints-en", change=(c.misprint, c.name_missing_pages), specific=44),
        Layout("named-reports-en", Wording("en", reference=r.named_report)),
        Layout(
            "other-report-it",
            Wording("it", reference=r.with_other_report),
            columns=(CODE, Column("title", 190), Column("page", 190)),
        ),
        Layout(
            "title-holds-code-de",
            Wording("de", reference=r.spelled),
            columns=(Column("title", 320), Column("page", 130)),
            change=(c.prefix_title,),
        ),
        Layout(
            "bottom-es",
            Wording("es", reference=r.abbreviated),
            columns=(Column("code", 55, stand="bottom"), Column("title", 220), Column("page", 100, stand="bottom")),
            tail=True,
        ),
        Layout(
            "centered-reference-en",
            columns=(CODE, Column("title", 200), Column("page", 100, "right", "middle")),
            tail=True,
            extras=frozenset({"margin-tags", "running-head"}),
        ),
        Layout(
            "shifted-sv",
            Wording("sv"),
            shift=28,
            columns=(CODE, TITLE, PAGE, OMISSION),
            change=(c.reference_last,),
            style=Style(7.5),
        ),
        Layout("comprehensive-de", Wording("de", reference=r.abbreviated), option="comprehensive"),
        Layout("tagged-margins-pt", Wording("pt"), extras=frozenset({"margin-tags", "statement", "bibliography"})),
        Layout(
            "narrow-pages-de",
            Wording("de", reference=r.abbreviated),
            columns=(CODE, Column("title", 300), Column("page", 42)),
            style=Style(rules="grid"),
        ),
        Layout(
            "turned-back-it",
            Wording("it", reference=r.spelled),
            turn=270,
            columns=(CODE, TITLE, Column("page", 150), Column("assurance", 60, "middle")),
            change=(c.assure("●", "–"),),
        ),
        Layout(
            "drawn-dots-sv",
            Wording("sv"),
            columns=(CODE, TITLE, PAGE, Column("assurance", 70, "middle")),
            change=(c.assure("@dot"),),
            style=Style(rules="none"),
        ),
        Layout(
            "yes-or-no-nl",
            Wording("nl", reference=r.abbreviated),
            columns=(CODE, TITLE, PAGE, Column("assurance", 70)),
            change=(c.assure("{yes}", "{no}"),),
        ),
        Layout(
            "roman-pages-fr",
            Wording("fr"),
            change=(c.name_front_pages,),
            numbering=Numbering("{n}", front=5),
        ),
        Layout(
            "numbered-chapters-pt",
            Wording("pt"),
            columns=(CODE, Column("title", 200), Column("section", 130), Column("page", 80)),
            change=(c.number_chapters,),
        ),
        Layout(
            "after-chapters-es",
            Wording("es", reference=r.after_chapter),
            columns=(CODE, Column("title", 190), Column("page", 200)),
        ),
        Layout(
            "web-sites-en",
            columns=(CODE, Column("title", 190), Column("page", 200)),
            change=(c.name_sites,),
        ),
        Layout("parted-by-blanks-de", Wording("de", reference=r.parted)),
        Layout("minus-signs-it", Wording("it", reference=r.minus_range)),
        Layout(
            "left-and-right-sv",
            Wording("sv", _bare, r.abbreviated),
            columns=(NARROW_PAGE, CODE, Column("title", 180)),
            landscape=True,
            tables=2,
            style=Style(7.5, "shade"),
        ),
        Layout(
            "merged-code-middle-fr",
            Wording("fr"),
            columns=(Column("section", 90), Column("code", 55, "middle", "middle"), Column("title", 200), PAGE),
            change=(c.name_chapters,),
            merged=frozenset({"section", "page"}),
            tail=True,
            style=Style(7.5, "grid"),
        ),
        Layout("no-index-en", extras=frozenset({"no-index", "bibliography", "statement"})),
    )
}


def renamed(layout: Layout, language: str) -> Layout:
    """Return a layout in another language."""
    return replace(layout, name=f"{layout.name}-{language}", wording=replace(layout.wording, language=language))


def _prefix(code: str) -> str:
    return f"GRI {code}"


def _named(code: str) -> str:
    return f"Disclosure {code}"


CODES: tuple[Callable[[str], str], ...] = (str, str, _prefix, _dash, str, _named)
"""How indexes by the Standards write codes."""
OPTIONS = {OF_2016: ("core", "core", "comprehensive"), OF_2021: ("in-accordance", "in-accordance", "with-reference")}


def by_standards(layout: Layout, framework: str, place: int) -> Layout:
    """Return a layout of an index by the Standards; `place` is its number, by which code and option are chosen."""
    write = CODES[place % len(CODES)] if layout.style.spaced == 0 else str
    if write is _named and any(column.kind == "code" and column.width < 80 for column in layout.columns):
        write = str
    return replace(
        layout,
        name=f"{layout.name}-{framework}",
        framework=framework,
        wording=replace(layout.wording, code=write),
        option=OPTIONS[framework][place % 3],
        topics=layout.headings and place % 2 == 0 and STANDARD not in layout.columns,
    )


STANDARD, SECTOR = Column("standard", 110), Column("sector", 60)
THREE = tuple(Column(kind, width) for kind, width in (("omission", 70), ("reason", 100), ("explanation", 150)))
OWN_LAYOUTS = (
    Layout("standard-column-en", columns=(STANDARD, CODE, TITLE, PAGE), change=(c.name_standards,)),
    Layout(
        "standard-column-it",
        Wording("it"),
        columns=(STANDARD, CODE, TITLE, PAGE),
        change=(c.name_standards,),
        style=Style(7, "grid"),
    ),
    Layout(
        "omissions-and-sector-en",
        landscape=True,
        columns=(STANDARD, CODE, Column("title", 150), Column("page", 70), *THREE, SECTOR),
        change=(c.name_standards, c.omit_in_three_columns, c.refer_to_sector),
        style=Style(7, "grid"),
    ),
    Layout(
        "omissions-and-sector-es",
        Wording("es", reference=r.abbreviated),
        landscape=True,
        columns=(CODE, Column("title", 150), Column("page", 80), *THREE, SECTOR),
        change=(c.omit_in_three_columns, c.refer_to_sector),
        style=Style(7, "grid"),
    ),
    Layout(
        "sector-first-de",
        Wording("de", reference=r.abbreviated),
        columns=(SECTOR, CODE, Column("title", 200), PAGE),
        change=(c.refer_to_sector,),
    ),
    Layout(
        "principles-and-goals-fr",
        Wording("fr"),
        columns=(CODE, Column("title", 200), Column("page", 80), Column("cross", 70), Column("cross3", 60)),
        change=(c.number_principles,),
        style=Style(7, "grid"),
    ),
    Layout(
        "principles-and-goals-pt",
        Wording("pt"),
        columns=(STANDARD, CODE, Column("title", 160), Column("cross3", 60), Column("page", 80)),
        change=(c.name_standards, c.number_principles),
        style=Style(7),
    ),
    Layout(
        "two-languages-it",
        Wording("it", reference=r.abbreviated),
        columns=(CODE, Column("title", 280), PAGE),
        change=(c.in_two_languages,),
    ),
    Layout(
        "two-languages-de",
        Wording("de"),
        columns=(STANDARD, CODE, Column("title", 240), Column("page", 90)),
        change=(c.name_standards, c.in_two_languages),
    ),
    Layout("printed-years-en", columns=(Column("code", 85), TITLE, PAGE), change=(c.print_years,)),
    Layout(
        "printed-years-fr",
        Wording("fr", reference=r.spelled),
        columns=(Column("code", 85), TITLE, Column("page", 130), ASSURANCE),
        change=(c.print_years, c.assure("{yes}", "{no}")),
    ),
)
"""Layouts that only indexes by the Standards have."""


STANDARDS: dict[str, Layout] = {
    each.name: each
    for framework in (OF_2016, OF_2021)
    for place, layout in enumerate((*LAYOUTS.values(), *OWN_LAYOUTS))
    if "approach-table" not in layout.extras
    for each in [by_standards(layout, framework, place)]
}
"""The same layouts of indexes by the Standards."""
