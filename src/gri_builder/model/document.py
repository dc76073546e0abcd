"""A document: blocks in reading order, each with its role and origin; no geometry, no page numbers.

Text blocks are those of `prose`, with placeholders replaced; the blocks defined here are what a report adds to them.
A block that covers disclosures stands inside a `DisclosureSpan`, and the renderer reports the pages on which it landed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, get_args

from msgspec import Struct, field

from gri_builder.model.claim import Claim
from gri_builder.model.finding import Location
from gri_builder.model.graphics import Picture
from gri_builder.model.report import PageSize, SeriesChartKind
from gri_builder.model.rich_text import (
    Definitions,
    FactReference,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Runs,
    Table,
)
from gri_builder.model.theme import OpenerStyle, Theme

ChartKind = SeriesChartKind | Literal["progress"]
"""Kinds of chart. A donut has one series of parts, a progress chart one series of per cents reached."""
AttachmentRelationship = Literal["Source", "Data", "Alternative", "Supplement", "Unspecified"]
"""Relationship of an embedded file to the document, the AFRelationship of ISO 19005-3, 6.8."""
ATTACHMENT_RELATIONSHIPS: tuple[AttachmentRelationship, ...] = get_args(AttachmentRelationship)


class KeyFigure(Struct, frozen=True):
    """One number to remember."""

    value: str
    """The number as printed, with its unit."""
    label: str
    """What it counts, and for when."""
    change: str | None = None
    """How it moved against the period before, as printed."""
    printed: FactReference | None = None
    """The fact that is its value."""
    change_printed: FactReference | None = None
    """The facts that its change was reckoned from."""
    trend: tuple[float, ...] = ()
    """The values of the periods before and its own, where there are three or more."""
    icon: str | None = None


class KeyFigures(Struct, frozen=True):
    """A row of numbers to remember."""

    figures: tuple[KeyFigure, ...]
    where: Location | None = None


class ChartSeries(Struct, frozen=True):
    """One line, or one colour of bars."""

    name: str
    values: tuple[float | None, ...]
    """One for each category of the chart; None where there is no value."""
    labels: tuple[str, ...]
    """The values as printed."""
    facts: tuple[str | None, ...] = ()
    """Keys of the facts that are the values, one for each; empty where they are none."""


class Chart(Struct, frozen=True):
    """A chart of fact series."""

    kind: ChartKind
    caption: Runs
    categories: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    unit: str
    """Unit as printed; empty for plain counts."""
    alt: str
    """What it shows, in words: unit, range, first, last and extreme values."""
    where: Location | None = None
    notes: tuple[Runs, ...] = ()
    """Lines of small print under it."""
    totals: tuple[str, ...] = ()
    """Totals as printed: over each stack, or in the middle of a ring."""
    details: tuple[str, ...] = ()
    """What stands beside each category: its share of a ring; from what to what progress goes."""
    anchor: str | None = None


class MatrixTopic(Struct, frozen=True):
    """A topic of a materiality matrix."""

    name: str
    x: float
    """Its place, from 0 to 1: significance of the organization's impacts."""
    y: float
    """Influence on the assessments and decisions of stakeholders."""
    material: bool
    color: str
    """Name of its colour in the renderer's palette."""


class TopicGroup(Struct, frozen=True):
    """Topics of a matrix under one name."""

    name: str
    topics: tuple[MatrixTopic, ...]


class Matrix(Struct, frozen=True):
    """A materiality matrix: topics by what they mean to stakeholders, and by the organization's impacts."""

    groups: tuple[TopicGroup, ...]
    x_title: str
    """What its axes are called."""
    y_title: str
    alt: str
    caption: Runs = ()
    where: Location | None = None
    anchor: str | None = None


class Callout(Struct, frozen=True):
    """A box that stands out from the text."""

    blocks: tuple[Block, ...]
    title: Runs = ()
    where: Location | None = None
    label: str | None = None
    """Small word over the title of a case study; None for a plain box."""
    icon: str | None = None
    picture: Image | None = None
    """Picture over a case study."""


class PullQuote(Struct, frozen=True):
    """Somebody's words, set large, with who said them."""

    blocks: tuple[Block, ...]
    name: str | None = None
    role: str | None = None
    portrait: Image | None = None
    where: Location | None = None


class Timeline(Struct, frozen=True):
    """Events, each with its date."""

    entries: tuple[tuple[str, tuple[Block, ...]], ...]
    where: Location | None = None


class SideNote(Struct, frozen=True):
    """A note in the margin beside the block that follows."""

    blocks: tuple[Block, ...]
    icon: str | None = None
    where: Location | None = None


class Columns(Struct, frozen=True):
    """Text in two columns."""

    blocks: tuple[Block, ...]
    where: Location | None = None


class Landscape(Struct, frozen=True):
    """Blocks on turned pages of their own."""

    blocks: tuple[Block, ...]
    where: Location | None = None


class QrCode(Struct, frozen=True):
    """A code that telephones read as a web address, and the words beside it."""

    target: str
    alt: str
    blocks: tuple[Block, ...] = ()
    where: Location | None = None


class InLanguage(Struct, frozen=True):
    """Blocks in another language than the report's."""

    language: str
    """Its BCP 47 tag."""
    blocks: tuple[Block, ...]
    where: Location | None = None


class DisclosureSpan(Struct, frozen=True):
    """Blocks that cover something: the renderer records their pages and sets the marks beside them."""

    disclosure_ids: tuple[str, ...]
    """Disclosure ids, or an id with '/' and the letter of a requirement."""
    margin_codes: tuple[str, ...]
    """What is printed in the margin beside the first block, e.g. a disclosure's code, or a letter."""
    blocks: tuple[Block, ...]


Block = (
    Heading
    | Paragraph
    | ListBlock
    | Quote
    | Table
    | Image
    | Definitions
    | Rule
    | KeyFigures
    | Chart
    | Matrix
    | Callout
    | PullQuote
    | Timeline
    | SideNote
    | Columns
    | Landscape
    | QrCode
    | InLanguage
    | DisclosureSpan
)


class Opener(Struct, frozen=True):
    """How a chapter begins, beyond its title."""

    style: OpenerStyle | None = None
    """None for the style of the theme."""
    summary: tuple[Block, ...] = ()
    picture: Image | None = None
    topics: tuple[tuple[str, str | None], ...] = ()
    """What the chapter covers, each with the anchor that it leads to."""


class Chapter(Struct, frozen=True):
    """A chapter; it begins on a new page, and its first block is a heading of level 1."""

    blocks: tuple[Block, ...]
    color: str = "primary"
    """Name of its colour in the renderer's palette: 'primary' or a Category's id."""
    tabular: bool = False
    """Whether it is mostly tables, and uses the whole width of the page (the content index)."""
    opener: Opener = field(default_factory=Opener)


class Contents(Struct, frozen=True):
    """The table of contents, printed with page numbers."""

    title: str
    entries: tuple[tuple[int, str, str], ...]
    """Level (1 for chapters), text and anchor of each entry."""
    colors: tuple[str, ...] = ()
    """Name of the colour of each chapter, in the order of the entries of level 1."""
    anchor: str = "contents"


class Cover(Struct, frozen=True):
    """The first page."""

    title: str
    organization: str
    period: str
    subtitle: str | None = None
    labels: tuple[str, ...] = ()
    """Short lines at its foot."""
    logo: Picture | None = None
    picture: Picture | None = None


class Footnote(Struct, frozen=True):
    """A footnote."""

    number: int
    paragraphs: tuple[Runs, ...]
    where: Location | None = None


class Attachment(Struct, frozen=True):
    """A file that is embedded in the PDF (ISO 19005-3, 6.8)."""

    name: str
    data: bytes
    media_type: str
    description: str
    relationship: AttachmentRelationship = "Data"


class Document(Struct, frozen=True):
    """Everything that is to be printed, in reading order."""

    title: str
    author: str
    subject: str
    language: str
    published: date
    cover: Cover
    contents: Contents
    chapters: tuple[Chapter, ...]
    running_head: str
    theme: Theme
    claims: tuple[Claim, ...]
    """Rows of the content index in the order printed, still without pages."""
    assurance_anchor: str | None = None
    """Anchor of the assurance statement, where there is one."""
    imprint: tuple[Block, ...] = ()
    """Second page: notice and publication details."""
    notes: Mapping[str, Footnote] = field(default_factory=dict)
    """Footnotes by the label that runs refer to."""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    inside_cover: tuple[Block, ...] = ()
    """Key figures on a page of their own, under a heading."""
    page_size: PageSize = "A4"
    palette: tuple[str, ...] = ()
    """Names of chapter colours in the order in which a theme hands out its own, whether chapters use them or not."""
    draft: str | None = None
    """Words of the mark on every page of a draft; None for a final version."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Words that the renderer itself sets, in the report's language, by key."""
