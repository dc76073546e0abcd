"""Reports made by hand, for tests of the stages behind validation."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from gri_builder.markdown.blocks import parse_rich_text
from gri_builder.model.facts import Fact, Series
from gri_builder.model.figures.chart_request import ChartRequest
from gri_builder.model.finding import Location
from gri_builder.model.report import (
    Answer,
    Assurance,
    Chapter,
    Choice,
    ExternalReference,
    Figures,
    Grid,
    Items,
    MaterialAspect,
    Narrative,
    Omission,
    Organization,
    Report,
)
from gri_builder.model.rich_text import RichText
from gri_builder.model.units import Unit
from gri_builder.resources.themes import load_theme
from gri_builder.source.nodes import Passage, SourceFile

HERE = Location("report.yaml")

GJ = Unit("GJ", "energy", "GJ")
TONNES = Unit("tCO2e", "emissions", "t CO₂e")
PERCENT = Unit("%", "share", "%")
COUNT = Unit("headcount", "count", "")


def prose(text: str) -> RichText:
    """Return a text as prose."""
    checked = parse_rich_text(Passage(text, SourceFile("text.md", text)))
    assert checked.value
    assert not checked.findings, checked.findings
    return checked.value


def narrative(text: str) -> tuple[Narrative]:
    """Return an answer in words."""
    return (Narrative(prose(text)),)


def series(id: str, unit: Unit, values: Mapping[str, Any], by: tuple[str, ...] = (), **more: Any) -> Series:
    """Return a series; `values` maps periods, or members down to periods, to numbers or (number, status)."""
    facts = tuple(_facts(id, values, (), len(by)))
    made = Series(id, more.pop("title", id), unit, facts, HERE, by, **more)
    return replace(made, own_period=made.latest_period)


def _facts(id: str, values: Mapping[str, Any], members: tuple[str, ...], depth: int) -> Iterator[Fact]:
    for key, value in values.items():
        if depth:
            yield from _facts(id, value, (*members, key), depth - 1)
        else:
            number, status = value if isinstance(value, tuple) else (value, "measured")
            yield Fact(id, key, members, Decimal(str(number)), HERE, status)


ENERGY = series(
    "energy-total",
    GJ,
    {"2013": 412300, "2014": (405150, "restated"), "2015": (391020, "estimated")},
    title="Energy consumption",
    decimals=0,
    source="Metered invoices",
    method="Conversion factors of 2015.",
    boundary="All plants",
)
POWER = series("electricity", GJ, {"2014": 150500, "2015": 148200}, title="Electricity", source="Metered invoices")
CARBON = series("carbon", TONNES, {"2014": "1204.5", "2015": "1187.25"}, title="Direct emissions", decimals=1)
SHARE = series("renewable", PERCENT, {"2014": "21.5", "2015": "24.0"}, title="Share of renewables")
STAFF = series(
    "employees",
    COUNT,
    {"Women": {"2014": 812, "2015": 840}, "Men": {"2015": 1198}},
    ("Gender",),
    title="Employees at year end",
)
REGIONS = series(
    "by-region",
    COUNT,
    {"Europe": {"Women": {"2014": 480, "2015": 500}, "Men": {"2015": 700}}, "Asia": {"Men": {"2015": 498}}},
    ("Region", "Gender"),
    title="Employees by region and gender",
    note="Counted at year end",
)

ALL_SERIES = {one.id: one for one in (ENERGY, POWER, CARBON, SHARE, STAFF, REGIONS)}

MESSAGE = """# A word ahead {#word covers="G4-1"}
Energy fell by {{ energy-total.change }} to {{ energy-total }}, from {{ energy-total[2013] }}.[^base]

See [energy](#G4-EN3), [economics](#G4-EC1), [materials](#G4-EN1) and [people](#people).

[^base]: Against {{ renewable[2014] }} of *renewables*.
"""

ENVIRONMENT = """# Environment
## Using less {#less covers="G4-EN5/a,b G4-DMA:energy"}
Intensity fell.[^base]

### How we measure {covers="G4-EN5/c"}
By meter: CO~2~ in {{ carbon.unit }}.

## Next
::: kpi energy-total renewable carbon
:::
::: chart energy-total electricity type=line years=2 title="Energy use"
:::
::: table energy-total carbon
:::
::: disclosure G4-EN3
:::
::: callout What we *learned*
Text with {{ employees[Women] }} women.

- one
- two[^more]
:::

[^base]: Of all plants.
[^more]: Second in the list.
"""

STATEMENT = "# Independent assurance\nWe looked at it.\n"


def make_report(**changes: Any) -> Report:
    """Return a report with something of everything."""
    answers = {
        "G4-3": Answer("G4-3", HERE, {"a": narrative("Acme Holding plc.")}),
        "G4-10": Answer(
            "G4-10",
            HERE,
            {
                "a": (Figures(("employees", "by-region"), HERE),),
                "b": (Grid(("Type", "Women"), (("Full time", "512"), ("Part time", "–")), HERE, "By type"),),
            },
        ),
        "G4-13": Answer("G4-13", HERE, {"": narrative("Nothing changed.[^n]\n\n[^n]: Nothing at all.")}),
        "G4-32": Answer("G4-32", HERE, {"a": (Choice("Core"),)}),
        "G4-EC1": Answer(
            "G4-EC1",
            HERE,
            {"": (ExternalReference("Annual Report 2015", HERE, "45-47", "https://acme.example/ar.pdf"),)},
        ),
        "G4-DMA:energy": Answer(
            "G4-DMA:energy",
            HERE,
            {"a": narrative("## Why\nIt costs."), "b": narrative("By plan."), "c": narrative("Every year.")},
            assured=True,
        ),
        "G4-EN1": Answer("G4-EN1", HERE, omissions=(Omission((), "not-applicable", "We make nothing.", HERE),)),
        "G4-EN3": Answer(
            "G4-EN3",
            HERE,
            {
                "a": (Figures(("energy-total", "electricity"), HERE),),
                "d": (Items((prose("None to grids."), prose("Steam to {{ employees[Men] }}."))),),
                "e": (Figures(("energy-total",), HERE, ChartRequest("bar"), "Energy in all"),),
                "f": (ExternalReference("Handbook", HERE, "5"), *narrative("Meters.")),
            },
            (
                Omission(
                    ("b", "g"),
                    "information-unavailable",
                    "Not measured yet",
                    HERE,
                    {"available": "mid 2017", "steps": "We fit meters."},
                ),
            ),
            assured=True,
        ),
        "G4-EN15": Answer("G4-EN15", HERE, {"a": (Figures(("carbon", "renewable"), HERE),)}),
        "G4-LA1": Answer("G4-LA1", HERE, {"a": narrative("We hired people.")}),
    }
    values: dict[str, Any] = {
        "name": "acme-2015",
        "title": "Making less go further",
        "organization": Organization(
            "Acme Holding plc", "Acme", "1 Works Lane", "https://acme.example", "green@acme.example"
        ),
        "start": date(2015, 1, 1),
        "end": date(2015, 12, 31),
        "published": date(2016, 5, 12),
        "language": "en-GB",
        "option": "core",
        "where": HERE,
        "subtitle": "Sustainability report 2015",
        "notice": prose(
            "This is a *fictional* company.\n\nIts numbers are too: {{ renewable }}.[^f]\n\n[^f]: Made up."
        ),
        "aspects": (
            MaterialAspect("emissions", HERE, within="all plants"),
            MaterialAspect("energy", HERE, "all plants and offices", "landlords", "Second largest cost."),
        ),
        "assurance": Assurance("Example Assurance LLP", "limited", "ISAE 3000", HERE, "assurance.md"),
        "chapters": (
            Chapter("message.md", prose(MESSAGE)),
            Chapter("people.md", prose("# People {#people}\nWe are {{ employees[2015, Women] }} women.")),
            Chapter("environment.md", prose(ENVIRONMENT)),
            Chapter("assurance.md", prose(STATEMENT)),
        ),
        "answers": answers,
        "series": ALL_SERIES,
        "index_columns": ("un-global-compact",),
    }
    return Report(**({"theme": load_theme()} | values | changes))
