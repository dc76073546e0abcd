"""Templates of a new report folder: report.yaml, examples of fact series, and a chapter."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from gri_builder.model.framework import Aspect
from gri_builder.model.texts.finding_text import listed, with_article
from gri_builder.resources.units import units_of
from gri_builder.scaffold.options import NO_OPTION, ScaffoldOptions
from gri_builder.scaffold.yaml_comments import explain
from gri_builder.validation.editions.unfilled import UNFILLED

PLACEHOLDER = f"{UNFILLED} –"
"""Start of each text that people must replace."""
CHAPTER = "chapters/welcome.md"


def write_report_file(start: ScaffoldOptions) -> str:
    """Return report.yaml: valid, with placeholders for what only the organization knows."""
    contact = start.particulars.contact
    return _REPORT.format(
        framework=start.framework.id,
        name=start.name,
        title=_write_text(start.particulars.title, "title of the report"),
        organization=_write_text(start.particulars.organization, "full name of the organization"),
        contact=f"  contact: {json.dumps(contact, ensure_ascii=False)}" if contact else _CONTACT,
        year_note="" if start.year_given else _YEAR_NOTE.format(year=start.year, why=_why_this_year(start)),
        year=start.year,
        next_year=start.year + 1,
        option=start.option.id if start.claims_option else NO_OPTION,
        options=", ".join((*start.framework.options, "none")),
        sector=_sector(start),
        aspects="".join(f"{line}\n" for line in (*_material_aspects(start), *_sector_topics(start))),
        all_aspects="".join(f"{line}\n" for line in _all_aspects(start)),
        chapter=CHAPTER,
        topics=start.framework.terms.topics,
        columns="".join(f"{line}\n" for line in _columns(start)),
        material=_MATERIAL[start.framework.has_boundaries].format(topics=start.framework.terms.topics),
    )


def _write_text(text: str | None, what: str) -> str:
    """Return a text in quotes, or what is to be filled in."""
    return json.dumps(text, ensure_ascii=False) if text else f"{PLACEHOLDER} {what}"


_CONTACT = "#   contact: sustainability@acme.example"
_YEAR_NOTE = """\
## No year was given, so this is {year}, {why}.
"""

_REPORT = """\
# yaml-language-server: $schema=.schemas/report.schema.json
# $schema: .schemas/report.schema.json
## The organization, period, 'in accordance' option, material {topics} and design of the report.
## Replace each 'to fill in', here and in chapters/. Lines that start with '# ' are optional settings:
## delete the '# ' to use them. Lines that start with '##' explain.

format: 1
framework: {framework}
name: "{name}"                  ## of the output files: letters, digits, - _ .
title: {title}
# subtitle: Sustainability report {year}
organization:
  name: {organization}
#   short_name: Acme                ## for the top of each page
#   address: 1 Works Lane, Leeds
#   website: https://acme.example
{contact}
{year_note}period: {{start: {year}-01-01, end: {year}-12-31}}
published: {next_year}-05-31             ## replace it when the date of publication is known
# cycle: once a year              ## every two years, every three years, at irregular intervals
language: en-GB                   ## such as en-US, de-DE, fr
option: {option}                      ## {options}
{sector}
page_size: A4                     ## A4, letter
# facing: true                    ## mirrored left and right pages, for a printed report
# chapters_start: right           ## chapters start on right-hand pages
# theme: orchard                  ## harbour, orchard, terracotta, graphite, meridian; or tokens
{columns}
{material}
{aspects}
## External assurance, if any:
# assurance:
#   provider: Example Assurance LLP
#   level: limited                  ## limited, reasonable, moderate, high
#   standard: ISAE 3000
#   statement: chapters/assurance.md

## The chapters, in the order of printing. Answers that no chapter contains follow them.
chapters:
  - {chapter}

## Optional: chapters grouped into parts, each with a page of its own, printed after those above:
# parts:
#   - title: Our plants
#     color: environmental
#     image: images/plant.jpg
#     chapters: [chapters/water.md, chapters/energy.md]

## All {topics}, with the ids to write above:
{all_aspects}"""


_MATERIAL = {
    True: "## The material {topics}. Each needs its boundary: 'within' the organization, 'outside' it, or both.",
    False: "## The material {topics}.",
}
"""What is above the material topics, by whether each needs its boundary."""


def _why_this_year(start: ScaffoldOptions) -> str:
    """Return why the year was chosen that nobody gave."""
    framework = start.framework
    if framework.successor:
        return f"the last full year for which {framework.short_title} could be used"
    return f"the first full year after {framework.short_title} came into force"


def _columns(start: ScaffoldOptions) -> Iterator[str]:
    """Yield the lines on further columns and the statement of the content index."""
    for id in tuple(start.framework.linkages)[:1]:
        yield f"# index: {{columns: [{id}]}}   ## a further column of the content index"
    if start.framework.foundation:
        yield "# statement_of_use: …             ## in place of the one that the program words"


def _sector(start: ScaffoldOptions) -> str:
    """Return the line of the sector; without a sector, a comment with all sectors."""
    if start.sector:
        return f"sector: {start.sector.id}"
    known = tuple(start.framework.sectors)
    others = explain(f"or {listed(known[1:])}", "   ") if known[1:] else ()
    return "\n".join((*(f"# sector: {first}" for first in known[:1]), *others))


def _material_aspects(start: ScaffoldOptions) -> Iterator[str]:
    if start.aspects:
        yield "material_aspects:"
        for aspect in start.aspects:
            yield from _material(aspect, start.framework.has_boundaries)
        return
    yield from explain(
        f"None was given. To get the stubs of {with_article(start.framework.terms.topic)}, run 'gri-builder init' with "
        "'--aspect NAME' in another folder, "
        "and copy them to disclosures/."
    )
    yield "# material_aspects:"
    yield f"#   - aspect: {next(iter(start.framework.aspects))}"
    yield "#     within: …" if start.framework.has_boundaries else "#     reason: …"


def _material(aspect: Aspect, has_boundaries: bool) -> tuple[str, ...]:
    if not has_boundaries:
        return (f"  - aspect: {_quote(aspect.id)}", "#     reason: …                   ## why it is material")
    return (
        f"  - aspect: {aspect.id}",
        f"    within: {PLACEHOLDER} where inside the organization {aspect.display_name} is material",
        "#     outside: …                  ## where outside the organization it is material",
        "#     reason: …                   ## why it is material",
    )


def _sector_topics(start: ScaffoldOptions) -> Iterator[str]:
    """Yield a line for each topic of the sector on which the option asks for a decision."""
    if start.sector is None or not start.option.conditions("sector-topics"):
        return
    chosen = {aspect.id for aspect in start.aspects}
    yield ""
    named = f"'- aspect: {_quote(start.sector.aspects[0])}'"
    yield from explain(
        f"Each topic of the sector is material, and listed above as {named}, or it is not, and listed here with the "
        "reason:"
    )
    yield "# assessed_topics:"
    for id in start.sector.aspects:
        if id not in chosen:
            yield f"#   - topic: {_quote(id)}              ## {start.framework.aspects[id].display_name}"
            yield "#     reason: …"


def _quote(id: str) -> str:
    """Return an id as YAML reads it as text."""
    return f'"{id}"' if id[:1].isdigit() else id


def _all_aspects(start: ScaffoldOptions) -> Iterator[str]:
    """Yield all Aspects that the report may use, by Category."""
    width = max(len(aspect.id) for aspect in start.framework.aspects.values() if aspect.sector is None)
    sector = start.sector.id if start.sector else None
    for category in start.framework.categories:
        aspects = [
            a for a in start.framework.aspects.values() if a.category == category.id and a.sector in (None, sector)
        ]
        if aspects:
            yield f"## {category.name}"
            yield from (f"##   {aspect.id:<{width}}  {aspect.display_name}" for aspect in aspects)


def write_figures(start: ScaffoldOptions) -> str:
    """Return examples of fact series, commented out, and the list of units."""
    units = (line for dimension in _dimensions(start) for line in _units(dimension))
    return _FIGURES.format(before=start.year - 1, year=start.year, units="".join(f"{line}\n" for line in units))


_FIGURES = """\
# yaml-language-server: $schema=../.schemas/figures.schema.json
# $schema: ../.schemas/figures.schema.json
## Fact series: each number is written once; answers, chapters, tables and charts refer to it by the
## id of its series. Two examples are commented out. To use one, delete '# ' at the start of its
## lines. You can split the series over any number of files in this folder.

# energy-total:
#   title: Energy consumption
#   unit: GJ
#   values: {{{before}: 405150, {year}: 391020}}     ## null or empty for a missing value; 0 only for zero
#   decimals: 0
#   source: Metered invoices                 ## optional, as are method, boundary, owner and note

# employees:
#   title: Employees at year end
#   unit: headcount
#   by: gender                               ## or two dimensions: [region, gender]
#   values:
#     Women: {{{before}: 812, {year}: 840}}
#     Men: {{{before}: 1204, {year}: {{value: 1198, status: estimated}}}}   ## measured, estimated or restated

## Units by what they measure:
{units}"""

_IN_WORDS = {
    "currency": "EUR; EUR thousand; EUR million; EUR billion; likewise the other codes of ISO 4217",
    "intensity": "a unit, '/' and what it is for, such as GJ/t or tCO2e/EUR million",
    "time-per-person": "a unit of time, '/' and who, such as h/employee",
}
"""Descriptions of units that are too many to list."""


def _dimensions(start: ScaffoldOptions) -> Iterable[str]:
    """Return the dimensions that the framework's requirements measure, without duplicates."""
    requirements = (each for disclosure in start.framework.disclosures.values() for each in disclosure.requirements)
    return dict.fromkeys(dimension for requirement in requirements for dimension in requirement.dimensions)


def _units(dimension: str) -> list[str]:
    """Return the units of a dimension; those with special meaning in YAML are quoted."""
    symbols = (f'"{symbol}"' if symbol.startswith("%") else symbol for symbol in units_of(dimension))
    label = f"  {dimension.replace('-', ' '):<16} "
    return explain(_IN_WORDS.get(dimension) or "; ".join(symbols), label)


def write_chapter() -> str:
    """Return a first chapter with instructions."""
    return _CHAPTER.format(placeholder=PLACEHOLDER)


_CHAPTER = """\
# Welcome

{placeholder} what readers should know first. A chapter starts with its title after one `#`, a section with `##`.

## What this report is about

{placeholder} how the report came about, and how to read it.
"""
