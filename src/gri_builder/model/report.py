"""A report: the validated content of a report folder, independent of files and syntax."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from msgspec import Struct, field

from gri_builder.model.facts import Explanation, Series, WantedFact
from gri_builder.model.figures.chart_request import ChartRequest
from gri_builder.model.figures.diagrams import Site
from gri_builder.model.finding import Location
from gri_builder.model.framework import GivenKind
from gri_builder.model.graphics import Picture
from gri_builder.model.rich_text import RichText
from gri_builder.model.sign_off.approval import Approval
from gri_builder.model.theme import Theme
from gri_builder.model.units import UnitDefinition

AssuranceLevel = Literal["limited", "reasonable", "moderate", "high"]
"""Level of external assurance: limited or reasonable as ISAE 3000 says, moderate or high as AA1000AS says."""
ASSURANCE_LEVELS: tuple[AssuranceLevel, ...] = get_args(AssuranceLevel)
PageSize = Literal["A4", "letter"]
PAGE_SIZES: tuple[PageSize, ...] = get_args(PageSize)
ChapterStart = Literal["any", "right"]
"""On which pages chapters start."""
CHAPTER_STARTS: tuple[ChapterStart, ...] = get_args(ChapterStart)


class Organization(Struct, frozen=True):
    """The reporting organization."""

    name: str
    short_name: str
    """For running heads; defaults to the name."""
    address: str | None = None
    website: str | None = None
    contact: str | None = None


class Score(Struct, frozen=True):
    """Importance of a topic (G4 Implementation Manual, Principle of Materiality), on the report's scale."""

    influence: Decimal
    """Influence on the assessments and decisions of stakeholders."""
    impact: Decimal
    """Significance of the organization's economic, environmental and social impacts."""


class AssessedTopic(Struct, frozen=True):
    """A topic that was assessed and found not material."""

    name: str
    """Its name; the English one of the framework for a topic of the framework, such as one of a sector."""
    score: Score | None = None
    """None if the materiality matrix does not show it."""
    aspect: str | None = None
    """Id of the topic in the framework, if it has one."""
    reason: str | None = None
    """Why it is not material (GRI 1: 2021, requirement 3-b, for topics of a Sector Standard)."""


class MaterialAspect(Struct, frozen=True):
    """A material Aspect, with its boundary."""

    aspect: str
    """Id of the Aspect in the framework."""
    where: Location
    within: str | None = None
    """Where inside the organization it is material, as free text."""
    outside: str | None = None
    """Where outside the organization it is material, as free text."""
    reason: str | None = None
    score: Score | None = None


class Assurance(Struct, frozen=True):
    """External assurance of the report."""

    provider: str
    level: AssuranceLevel
    standard: str
    where: Location
    statement: str | None = None
    """Path of the chapter with the assurance statement."""


class Narrative(Struct, frozen=True):
    """An answer as text."""

    prose: RichText


class Figures(Struct, frozen=True):
    """An answer by fact series: a table, with a chart if requested."""

    series: tuple[str, ...]
    """Ids of the series."""
    where: Location
    chart: ChartRequest | None = None
    """The chart that is asked for; None for a table only."""
    caption: str | None = None


class Choice(Struct, frozen=True):
    """An answer chosen from a fixed set of values."""

    value: str
    """One of the values listed in the requirement's schema."""


class Items(Struct, frozen=True):
    """An answer as a list."""

    items: tuple[RichText, ...]


class Grid(Struct, frozen=True):
    """An answer as a table written in the data."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    where: Location
    caption: str | None = None


class ExternalReference(Struct, frozen=True):
    """A reference to another public document with the answer (G4 Part 1, 3.2)."""

    document: str
    where: Location
    pages: str | None = None
    url: str | None = None


class Given(Struct, frozen=True):
    """An answer that report.yaml gives, such as the name of the organization; the program words it."""

    kind: GivenKind
    value: str
    """What report.yaml says, on one line."""
    where: Location


AnswerPart = Narrative | Figures | Choice | Items | Grid | ExternalReference | Given


class Omission(Struct, frozen=True):
    """Information omitted for a reason that G4 permits (G4 Part 1, 3.2)."""

    parts: tuple[str, ...]
    """Letters of the omitted requirements; empty for the whole disclosure."""
    reason: str
    """Id of the reason in the framework."""
    explanation: str
    where: Location
    details: Mapping[str, str] = field(default_factory=dict)
    """Further details that the reason requires, by the framework's key, e.g. 'steps'."""


class Answer(Struct, frozen=True):
    """The answer to one disclosure."""

    id: str
    """Disclosure id: its code; for a management approach followed by ':' and the Aspect's id."""
    where: Location
    parts: Mapping[str, tuple[AnswerPart, ...]] = field(default_factory=dict)
    """Answer parts by letter of the requirement; '' holds those for the disclosure as a whole."""
    omissions: tuple[Omission, ...] = ()
    assured: bool = False
    owner: str | None = None
    due: date | None = None
    """Day by which the owner gives the answer."""
    approved: Approval | None = None


class Chapter(Struct, frozen=True):
    """One Markdown file of the report."""

    path: str
    prose: RichText


class Part(Struct, frozen=True):
    """Chapters under a common title, which opens them on a page of its own."""

    title: str
    chapters: tuple[str, ...]
    """Paths of its chapters, in the order of printing."""
    summary: str | None = None
    color: str = "primary"
    """Of the part and its chapters: a Category's id, 'primary' or '#rrggbb'."""
    image: str | None = None
    """Path of the picture on its page, as written."""
    where: Location | None = None


class OtherEdition(Struct, frozen=True):
    """An edition of the same report in another language: with the same facts, structure and anchors.

    A web edition links to it (`hreflang` is its tag), at the same anchor where the reader is; the PDF names it in its
    imprint.
    """

    tag: str
    """BCP 47 tag, e.g. 'de-DE'."""
    name: str
    """Name of its files: the PDF is NAME.pdf in the same output folder."""


class Report(Struct, frozen=True):
    """The validated content of a report folder."""

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
    """Id of the claimed 'in accordance' option; None if none is claimed."""
    where: Location
    """Location of the claimed option in report.yaml, else of the file."""
    theme: Theme
    page_size: PageSize = "A4"
    is_facing: bool = False
    """Whether left and right pages are mirrored."""
    chapters_start: ChapterStart = "any"
    cycle: str | None = None
    """How often the organization reports; one of the choices of the framework's disclosure on it."""
    sector: str | None = None
    subtitle: str | None = None
    notice: RichText | None = None
    """What readers must know first, printed on the second page."""
    imprint: Mapping[str, str] = field(default_factory=dict)
    """Who made the report and how, by keys of known labels or by labels as printed."""
    has_signature_places: bool = False
    """Whether the imprint reserves places for the digital signatures of the PDF."""
    aspects: tuple[MaterialAspect, ...] = ()
    assessed: tuple[AssessedTopic, ...] = ()
    """Topics that are not material, for the materiality matrix and the content index."""
    sites: tuple[Site, ...] = ()
    """Sites that maps show."""
    key_figures: tuple[str, ...] = ()
    """Ids of the series whose latest values are printed on a page after the cover."""
    web: str | None = None
    """Address of the report's web edition."""
    statement_of_use: str | None = None
    """The statement of use of the framework in the organization's own words; None for that of the program."""
    assurance: Assurance | None = None
    chapters: tuple[Chapter, ...] = ()
    absent_chapters: Mapping[str, Location] = field(default_factory=dict)
    """Chapters without a file, by path, with the place that lists each; a final version has none."""
    parts: tuple[Part, ...] = ()
    """Groups of neighbouring chapters, in the order of printing."""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    series: Mapping[str, Series] = field(default_factory=dict)
    wanted: tuple[WantedFact, ...] = ()
    """The values of its own period that its series ask for and do not have."""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    index_columns: tuple[str, ...] = ()
    """Ids of cross-reference columns in the content index, e.g. the UN Global Compact's."""
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    """Expansions of abbreviations in the report's text."""
    words: Mapping[str, str] = field(default_factory=dict)
    """The report's own texts in place of the program's, by the keys of `schemas/messages/`."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """The report's own titles of disclosures by code, of letters by code and letter, and of Aspects, sections and
    categories by id."""
    choices: Mapping[str, str] = field(default_factory=dict)
    """The report's own words for choices, by their English text."""
    explanations: tuple[Explanation, ...] = ()
    """Explanations of values that cross-checks question."""
    has_typographic_quotes: bool = False
    """Whether straight quotation marks are printed as those of the language."""
    embeds_sources: bool = False
    """Whether the data files are embedded in the PDF."""
    units: tuple[UnitDefinition, ...] = ()
    """The units that the report defines for itself."""
    restatement_threshold: Decimal | None = None
    """Change of an earlier value, in per cent, from which it must be declared as restated; None for the default."""
    assigned: Mapping[str, Answer] = field(default_factory=dict)
    """Entries in disclosures/ that say who is responsible, and leave the answer to a chapter, by disclosure id."""
    unsound: frozenset[str] = frozenset()
    """Ids of the fact series and answers with an error."""
    requires_approval: bool = False
    """Whether a final build demands that each fact series and each answer is approved."""
    answer_places: Mapping[str, Location] = field(default_factory=dict)
    """Where the answer to each disclosure without one belongs, by id: the line of its stub, or a file."""
    blanks: Mapping[str, Location] = field(default_factory=dict)
    """Where report.yaml leaves out 'name', 'title', 'organization' or 'published', by key; a final version has none."""
    to_review: Mapping[str, Location] = field(default_factory=dict)
    """Texts of an earlier report that nobody has confirmed, as report.yaml lists them; a final version has none."""
    unwritten: tuple[tuple[str, Location], ...] = ()
    """Texts of a new report folder that nobody has replaced, each with its place; a final version has none."""
    unanswered: Mapping[str, Answer] = field(default_factory=dict)
    """Entries in disclosures/ that say nothing yet, by id; a final version has none."""
    other_editions: tuple[OtherEdition, ...] = ()
    """The editions in the report's other languages, in the order of 'languages' in report.yaml."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Labels of the data in the report's language, such as names of members; empty for the language of the data."""
