"""The first files of a report folder besides its answers: report.yaml, an example of facts, a chapter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gri_builder.model.finding_text import listed
from gri_builder.model.framework import Aspect
from gri_builder.resources.units import units_of
from gri_builder.scaffold.options import ScaffoldOptions
from gri_builder.scaffold.yaml_comments import explain

WAITING = "TO FILL IN –"
"""What stands wherever people must write something of their own."""
CHAPTER = "chapters/welcome.md"


def write_report_file(start: ScaffoldOptions) -> str:
    """Return report.yaml: valid as it stands, with stand-ins for what only the organization knows."""
    return _REPORT.format(
        framework=start.framework.id,
        name=start.name,
        waiting=WAITING,
        year_note="" if start.year_given else _YEAR_NOTE.format(year=start.year),
        year=start.year,
        next_year=start.year + 1,
        option=start.option.id,
        options=", ".join((*start.framework.options, "none")),
        sector=_sector(start),
        aspects="".join(f"{line}\n" for line in _material_aspects(start)),
        all_aspects="".join(f"{line}\n" for line in _all_aspects(start)),
        chapter=CHAPTER,
    )


_YEAR_NOTE = """\
## No year was given, and a report must have one: {year} is the last full year on which G4 could be used.
"""

_REPORT = """\
# yaml-language-server: $schema=.schemas/report.schema.json
## Who reports, for when, with which option and material Aspects, and how the report looks.
## What says 'to fill in', here and in chapters/, waits for words of yours. Lines that begin with '# '
## are settings that you may use: take the '# ' away. Lines that begin with '##' explain.

format: 1
framework: {framework}
name: "{name}"                  ## of the output files: letters, digits, - _ .
title: {waiting} title of the report
# subtitle: Sustainability report {year}
organization:
  name: {waiting} full name of the organization
#   short_name: Acme                ## for the top of each page
#   address: 1 Works Lane, Leeds
#   website: https://acme.example
#   contact: sustainability@acme.example
{year_note}period: {{start: {year}-01-01, end: {year}-12-31}}
published: {next_year}-05-31             ## a stand-in: the day of publication is not known yet
language: en-GB                   ## such as en-US, de-DE, fr
option: {option}                      ## {options}
{sector}
page_size: A4                     ## A4, letter
# theme: orchard                  ## harbour, orchard, terracotta, graphite, meridian; or tokens
# index: {{columns: [un-global-compact]}}   ## a further column of the content index

## The material Aspects. Each needs its boundary: 'within' the organization, 'outside' it, or both.
{aspects}
## External assurance, if there is any:
# assurance:
#   provider: Example Assurance LLP
#   level: limited                  ## limited, reasonable, moderate, high
#   standard: ISAE 3000
#   statement: chapters/assurance.md

## The story, in the order of printing. Answers that no chapter places follow it.
chapters:
  - {chapter}

## The Aspects that there are, with the ids to write above:
{all_aspects}"""


def _sector(start: ScaffoldOptions) -> str:
    """Return the line of the sector; where there is none, those that there are."""
    if start.sector:
        return f"sector: {start.sector.id}"
    known = tuple(start.framework.sectors)
    return "\n".join((f"# sector: {known[0]}", *explain(f"or {listed(known[1:])}", "   ")))


def _material_aspects(start: ScaffoldOptions) -> Iterator[str]:
    if start.aspects:
        yield "material_aspects:"
        for aspect in start.aspects:
            yield from _material(aspect)
        return
    yield from explain(
        "None was named. 'gri-builder init' with '--aspect NAME' and another folder writes the stubs of one, to be "
        "copied into disclosures/."
    )
    yield "# material_aspects:"
    yield f"#   - aspect: {next(iter(start.framework.aspects))}"
    yield "#     within: …"


def _material(aspect: Aspect) -> tuple[str, ...]:
    return (
        f"  - aspect: {aspect.id}",
        f"    within: {WAITING} where inside the organization {aspect.display_name} is material",
        "#     outside: …                  ## where outside the organization it is material",
        "#     reason: …                   ## why it is material",
    )


def _all_aspects(start: ScaffoldOptions) -> Iterator[str]:
    """Yield all Aspects that the report may name, under their Categories."""
    width = max(len(aspect.id) for aspect in start.framework.aspects.values() if aspect.sector is None)
    own = start.sector.id if start.sector else None
    for category in start.framework.categories:
        aspects = [a for a in start.framework.aspects.values() if a.category == category.id and a.sector in (None, own)]
        if aspects:
            yield f"## {category.name}"
            yield from (f"##   {aspect.id:<{width}}  {aspect.display_name}" for aspect in aspects)


def write_figures(start: ScaffoldOptions) -> str:
    """Return examples of fact series that wait to be used, and the units that there are."""
    units = (line for dimension in _dimensions(start) for line in _units(dimension))
    return _FIGURES.format(before=start.year - 1, year=start.year, units="".join(f"{line}\n" for line in units))


_FIGURES = """\
# yaml-language-server: $schema=../.schemas/figures.schema.json
## Fact series: each number is written once; answers, chapters, tables and charts refer to it by the
## id of its series. Two examples wait behind '#'. To use one, take '# ' away from the start of its
## lines. Split the series over as many files of this folder as you like.

# energy-total:
#   title: Energy consumption
#   unit: GJ
#   values: {{{before}: 405150, {year}: 391020}}     ## null, or nothing, where there is no value; 0 only for zero
#   decimals: 0
#   source: Metered invoices                 ## optional, as are method, boundary, owner and note

# employees:
#   title: Employees at year end
#   unit: headcount
#   by: gender                               ## or two dimensions: [region, gender]
#   values:
#     Women: {{{before}: 812, {year}: 840}}
#     Men: {{{before}: 1204, {year}: {{value: 1198, status: estimated}}}}   ## measured, estimated or restated

## Units, by what they measure:
{units}"""

_IN_WORDS = {
    "currency": "EUR; EUR thousand; EUR million; EUR billion; likewise the other codes of ISO 4217",
    "intensity": "a unit, '/' and what it is for, such as GJ/t or tCO2e/EUR million",
    "time-per-person": "a unit of time, '/' and who, such as h/employee",
}
"""Units that are too many to list."""


def _dimensions(start: ScaffoldOptions) -> Iterable[str]:
    """Return what the framework's requirements measure, each once."""
    requirements = (each for disclosure in start.framework.disclosures.values() for each in disclosure.requirements)
    return dict.fromkeys(dimension for requirement in requirements for dimension in requirement.dimensions)


def _units(dimension: str) -> list[str]:
    """Return the units of a dimension as they are written; one that YAML takes amiss stands in quotes."""
    symbols = (f'"{symbol}"' if symbol.startswith("%") else symbol for symbol in units_of(dimension))
    label = f"  {dimension.replace('-', ' '):<16} "
    return explain(_IN_WORDS.get(dimension) or "; ".join(symbols), label)


def write_chapter() -> str:
    """Return a first chapter, which says what to write in its place."""
    return _CHAPTER.format(waiting=WAITING)


_CHAPTER = """\
# Welcome

{waiting} what readers should know first. A chapter begins with its title behind one `#`; its sections begin with `##`.

## What this report is about

{waiting} how the report came about, and how to read it.
"""
