"""A report: what is answered. The validated content of a report folder, free of files and syntax."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from msgspec import Struct, field

from gri_builder.model.facts import Explanation, Series
from gri_builder.model.finding import Location
from gri_builder.model.graphics import Picture
from gri_builder.model.rich_text import RichText
from gri_builder.model.theme import Theme

AssuranceLevel = Literal["limited", "reasonable", "moderate", "high"]
"""Level of external assurance: limited or reasonable as ISAE 3000 says, moderate or high as AA1000AS says."""
ASSURANCE_LEVELS: tuple[AssuranceLevel, ...] = get_args(AssuranceLevel)
SeriesChartKind = Literal["bar", "line", "stacked", "donut"]
"""Kinds of chart that can be asked for."""
SERIES_CHART_KINDS: tuple[SeriesChartKind, ...] = get_args(SeriesChartKind)
PageSize = Literal["A4", "letter"]
PAGE_SIZES: tuple[PageSize, ...] = get_args(PageSize)


class Organization(Struct, frozen=True):
    """Who reports."""

    name: str
    short_name: str
    """For running heads; the name where none is given."""
    address: str | None = None
    website: str | None = None
    contact: str | None = None


class Score(Struct, frozen=True):
    """How much a topic matters (G4 Implementation Manual, Principle of Materiality), on the report's own scale."""

    influence: Decimal
    """On the assessments and decisions of stakeholders."""
    impact: Decimal
    """Significance of the organization's economic, environmental and social impacts."""


class AssessedTopic(Struct, frozen=True):
    """A topic that was assessed and found not material."""

    name: str
    score: Score


class MaterialAspect(Struct, frozen=True):
    """An Aspect that the organization found material, with its boundary."""

    aspect: str
    """Id of the Aspect in the framework."""
    where: Location
    within: str | None = None
    """Where inside the organization it is material, in the report's words."""
    outside: str | None = None
    """Where outside the organization it is material, in the report's words."""
    reason: str | None = None
    score: Score | None = None


class Assurance(Struct, frozen=True):
    """External assurance of the report."""

    provider: str
    level: AssuranceLevel
    standard: str
    where: Location
    statement: str | None = None
    """Path of the chapter that holds the assurance statement."""


class Narrative(Struct, frozen=True):
    """An answer in words."""

    prose: RichText


class Figures(Struct, frozen=True):
    """An answer by fact series: a table, or a chart where asked for."""

    series: tuple[str, ...]
    """Ids of the series."""
    where: Location
    chart: SeriesChartKind | None = None
    """Kind of the chart; None for a table only."""
    caption: str | None = None


class Choice(Struct, frozen=True):
    """An answer out of a fixed set of values."""

    value: str
    """One of the values that the requirement's schema lists, as people read it."""


class Items(Struct, frozen=True):
    """An answer that is a list."""

    items: tuple[RichText, ...]


class Grid(Struct, frozen=True):
    """An answer that is a table typed into the data."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    where: Location
    caption: str | None = None


class ExternalReference(Struct, frozen=True):
    """An answer that stands in another public document (G4 Part 1, 3.2)."""

    document: str
    where: Location
    pages: str | None = None
    url: str | None = None


AnswerPart = Narrative | Figures | Choice | Items | Grid | ExternalReference


class Omission(Struct, frozen=True):
    """Information left out, with one of the reasons that G4 permits (G4 Part 1, 3.2)."""

    parts: tuple[str, ...]
    """Letters of the requirements concerned; empty when it concerns the whole disclosure."""
    reason: str
    """Id of the reason in the framework."""
    explanation: str
    where: Location
    details: Mapping[str, str] = field(default_factory=dict)
    """What else the reason must explain, by the name that the framework gives it, e.g. steps and timeframe."""


class Answer(Struct, frozen=True):
    """What the report says on one disclosure."""

    id: str
    """Disclosure id: its code, for the management approach with ':' and the Aspect's id behind it."""
    where: Location
    parts: Mapping[str, tuple[AnswerPart, ...]] = field(default_factory=dict)
    """Pieces by letter of the requirement; under '' those that answer the disclosure as a whole."""
    omissions: tuple[Omission, ...] = ()
    assured: bool = False


class Chapter(Struct, frozen=True):
    """One Markdown file of the story."""

    path: str
    prose: RichText


class Report(Struct, frozen=True):
    """All that a report folder says, validated."""

    name: str
    """Name of the output files."""
    title: str
    organization: Organization
    start: date
    end: date
    published: date
    language: str
    """BCP 47 tag, e.g. 'en-GB'."""
    option: str | None
    """Id of the 'in accordance' option that is claimed; None when none is."""
    where: Location
    """Place of the claimed option in report.yaml, else of the file."""
    theme: Theme
    page_size: PageSize = "A4"
    sector: str | None = None
    subtitle: str | None = None
    notice: RichText | None = None
    """What readers must know first, printed on the second page."""
    aspects: tuple[MaterialAspect, ...] = ()
    assessed: tuple[AssessedTopic, ...] = ()
    """Topics beside the material Aspects in the materiality matrix."""
    key_figures: tuple[str, ...] = ()
    """Ids of the series whose latest values stand on a page of their own at the front."""
    web: str | None = None
    """Address of the report's web edition."""
    assurance: Assurance | None = None
    chapters: tuple[Chapter, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    series: Mapping[str, Series] = field(default_factory=dict)
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    index_columns: tuple[str, ...] = ()
    """Ids of linkages that get a column in the content index, e.g. the UN Global Compact's."""
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    """What abbreviations in the report's text stand for."""
    explanations: tuple[Explanation, ...] = ()
    """What people answer to cross-checks that doubt a value."""
    embeds_sources: bool = False
    """Whether the PDF carries the data files themselves."""
    restatement_threshold: Decimal | None = None
    """Change of an earlier value, in per cent, from which it must be declared as restated; None for the usual one."""
