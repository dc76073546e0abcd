"""A report: what is answered. The validated content of a report folder, free of files and syntax."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct, field

from gri_builder.finding import Where
from gri_builder.prose import Prose
from gri_builder.unit import Unit


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
    where: Where
    within: str | None = None
    """Where inside the organization it is material, in the report's words."""
    outside: str | None = None
    """Where outside the organization it is material, in the report's words."""
    reason: str | None = None
    score: Score | None = None


class Assurance(Struct, frozen=True):
    """External assurance of the report."""

    provider: str
    level: str
    """'limited', 'reasonable', or 'moderate' and 'high' as AA1000AS says."""
    standard: str
    where: Where
    statement: str | None = None
    """Path of the chapter that holds the assurance statement."""


class FontFamily(Struct, frozen=True):
    """A typeface: the files of its four faces."""

    name: str
    """Name of a family that comes along, or the path of the regular face."""
    faces: Mapping[str, bytes] = field(default_factory=dict)
    """TrueType files by face: 'regular', 'bold', 'italic', 'bold_italic'; empty for a family that comes along."""


class Theme(Struct, frozen=True):
    """The report's looks: the tokens of a theme that comes along, with the report's own in place of some."""

    name: str
    """Name of the theme that it starts from."""
    primary: str
    """Colours as '#rrggbb'."""
    accent: str
    ink: str
    """Of running text."""
    quiet: str
    """Of small print."""
    rule: str
    """Of hairlines."""
    paper: str
    """Ground of boxes and tiles."""
    categories: tuple[str, ...]
    """Colours of the framework's Categories, in their order."""
    own_categories: Mapping[str, str]
    """The report's own colours of Categories, by id."""
    pattern: str
    """Pattern of covers and openers."""
    text_font: FontFamily
    heading_font: FontFamily
    density: str
    """'compact', 'normal' or 'airy'."""
    radius: float
    """Radius of the corners of boxes and tiles, in points."""
    cover: str
    """'field', 'pattern' or 'image'."""
    opener: str
    """How chapters begin: 'band', 'half' or 'page'."""
    columns: int
    """Columns of running text: 1 or 2."""
    text: str
    """Right edge of running text: 'ragged' or 'justified'."""
    logo: str | None = None
    """Paths of pictures, as written."""
    cover_image: str | None = None


class Origin(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Where a value stands, or how it was reckoned from what stands there: the way back from a number to its source."""

    file: str
    """Path in the report folder."""
    sha256: str
    """Hash of the file's bytes, in hexadecimal."""
    sheet: str | None = None
    cell: str | None = None
    """Cell of a spreadsheet, e.g. 'D17'; None where the place is a line of a text file, or many rows."""
    line: int | None = None
    """Line of a YAML or CSV file, from 1."""
    formula: str | None = None
    """Formula of the cell as the workbook holds it, e.g. '=SUM(D4:D16)'."""
    query: str | None = None
    """SQL that reckoned the value from the rows of the file."""
    rows: int | None = None
    """How many rows of the file the value was reckoned from."""
    of: tuple[str, ...] = ()
    """Keys of the facts that it was reckoned from, in the order of the formula."""
    given: str | None = None
    """The value with its unit as it stands in the source, where it was converted, e.g. '1204 MWh'."""


class Restatement(Struct, frozen=True):
    """A change of a value that an earlier report published."""

    before: Decimal
    """The value as published before, in the unit of the series."""
    reason: str
    where: Where


class Target(Struct, frozen=True):
    """A value that is aimed at."""

    period: str
    """Label of the period by which it is to be reached, e.g. '2020'."""
    value: Decimal
    where: Where
    base: str | None = None
    """Label of the period that progress is measured from; the first of the series where none is given."""
    members: tuple[str, ...] = ()
    note: str | None = None


class Explanation(Struct, frozen=True):
    """A named person's word on a value that a cross-check doubts; it lapses when the value changes."""

    rule: str
    """Rule that it answers."""
    fact: str
    """Key of the fact that it is about."""
    value: Decimal
    """The value that was explained, in the unit of the series."""
    text: str
    by: str
    """Who answers for it."""
    where: Where


class Fact(Struct, frozen=True):
    """One value: of a metric, for a period, for a member of each dimension."""

    metric: str
    """Id of the fact series it belongs to."""
    period: str
    """Label of the period, e.g. '2015'."""
    members: tuple[str, ...]
    """One member for each dimension of the series, in their order; empty for a series without dimensions."""
    value: Decimal
    where: Where
    status: str = "measured"
    """'measured', 'estimated' or 'restated'."""
    origin: Origin | None = None
    """Where the value comes from; None for one that a test makes up."""
    restated: Restatement | None = None

    @property
    def key(self) -> str:
        """Its name in placeholders, the data and the trace: 'energy-total[2015]', 'women[2015, Norway]'."""
        return f"{self.metric}[{', '.join((self.period, *self.members))}]"


class Series(Struct, frozen=True):
    """The facts of one metric over periods and dimensions."""

    id: str
    title: str
    unit: Unit
    facts: tuple[Fact, ...]
    where: Where
    dimensions: tuple[str, ...] = ()
    """Names of its dimensions, e.g. 'Gender'."""
    decimals: int | None = None
    """Digits printed after the decimal sign; None prints each value with the digits that it was given with."""
    significant: int | None = None
    """Significant digits that are printed, where `decimals` is not given."""
    measures: str | None = None
    """Id of the framework's metric that it reports, which ties it to the framework's cross-checks."""
    targets: tuple[Target, ...] = ()
    source: str | None = None
    method: str | None = None
    boundary: str | None = None
    owner: str | None = None
    note: str | None = None

    @property
    def periods(self) -> tuple[str, ...]:
        """Labels of its periods, ascending."""
        return tuple(sorted({fact.period for fact in self.facts}))

    def value(self, period: str, members: tuple[str, ...] = ()) -> Fact | None:
        """Return the fact of that period and those members, if there is one."""
        return next((fact for fact in self.facts if fact.period == period and fact.members == members), None)


class Narrative(Struct, frozen=True):
    """An answer in words."""

    prose: Prose


class Figures(Struct, frozen=True):
    """An answer by fact series: a table, or a chart where asked for."""

    series: tuple[str, ...]
    """Ids of the series."""
    where: Where
    chart: str | None = None
    """'bar', 'line', 'stacked' or 'donut'."""
    caption: str | None = None


class Choice(Struct, frozen=True):
    """An answer out of a fixed set of values."""

    value: str
    """One of the values that the requirement's schema lists, as people read it."""


class Items(Struct, frozen=True):
    """An answer that is a list."""

    items: tuple[Prose, ...]


class Grid(Struct, frozen=True):
    """An answer that is a table typed into the data."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    where: Where
    caption: str | None = None


class Elsewhere(Struct, frozen=True):
    """An answer that stands in another public document (G4 Part 1, 3.2)."""

    document: str
    where: Where
    pages: str | None = None
    url: str | None = None


Piece = Narrative | Figures | Choice | Items | Grid | Elsewhere


class Omission(Struct, frozen=True):
    """Information left out, with one of the reasons that G4 permits (G4 Part 1, 3.2)."""

    parts: tuple[str, ...]
    """Letters of the requirements concerned; empty when it concerns the whole disclosure."""
    reason: str
    """Id of the reason in the framework."""
    explanation: str
    where: Where
    details: Mapping[str, str] = field(default_factory=dict)
    """What else the reason must explain, by the name that the framework gives it, e.g. steps and timeframe."""


class Answer(Struct, frozen=True):
    """What the report says on one disclosure."""

    id: str
    """Disclosure id: its code, for the management approach with ':' and the Aspect's id behind it."""
    where: Where
    parts: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)
    """Pieces by letter of the requirement; under '' those that answer the disclosure as a whole."""
    omissions: tuple[Omission, ...] = ()
    assured: bool = False


class Chapter(Struct, frozen=True):
    """One Markdown file of the story."""

    path: str
    prose: Prose


class Shape(Struct, frozen=True):
    """An outline, filled or stroked or both."""

    segments: tuple[tuple[str, tuple[float, ...]], ...]
    """Its path by PDF's operators 'm', 'l', 'c' and 'h' (ISO 32000-1, 8.5.2), each with its operands."""
    fill: str | None = None
    """Colour as '#rrggbb', 'current' for that of the text around it, or None."""
    stroke: str | None = None
    thickness: float = 1.0
    """Of the stroke."""
    cap: int = 0
    """Shape of the stroke's ends and corners, as PDF numbers them (ISO 32000-1, 8.4.3)."""
    join: int = 0
    dashes: tuple[float, ...] = ()
    even_odd: bool = False
    """Whether what is inside is told by the even-odd rule."""


class Drawing(Struct, frozen=True):
    """A picture made of outlines; its origin is its upper left corner, y grows downwards."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


class Picture(Struct, frozen=True):
    """An image file of the report folder, read and found sound."""

    path: str
    data: bytes
    """As it is embedded; empty for a drawing."""
    width: float
    """In pixels, or a drawing's own units."""
    height: float
    drawing: Drawing | None = None
    """What an SVG file holds."""


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
    where: Where
    """Place of the claimed option in report.yaml, else of the file."""
    theme: Theme
    page_size: str = "A4"
    sector: str | None = None
    subtitle: str | None = None
    notice: str | None = None
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
