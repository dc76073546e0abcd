"""The composed document: blocks in reading order with their source locations, without geometry or page numbers.

Text blocks are those of `rich_text` with placeholders replaced; this module defines the blocks that a report adds.
Blocks that answer disclosures are inside a `DisclosureSpan`; the layout reports the pages on which they are placed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Literal, get_args

from msgspec import Struct, field

from gri_builder.model.claim import Claim
from gri_builder.model.figures.chart import Chart
from gri_builder.model.figures.diagrams import OrganizationChart, Process, SiteMap
from gri_builder.model.finding import Location
from gri_builder.model.graphics import Picture
from gri_builder.model.report import PageSize
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
from gri_builder.model.texts.gap import Gap
from gri_builder.model.texts.vocabulary import NO_WORDS, Vocabulary
from gri_builder.model.theme import OpenerStyle, Theme

AttachmentRelationship = Literal["Source", "Data", "Alternative", "Supplement", "Unspecified"]
"""Relationship of an embedded file to the document, the AFRelationship of ISO 19005-3, 6.8."""
ATTACHMENT_RELATIONSHIPS: tuple[AttachmentRelationship, ...] = get_args(AttachmentRelationship)


Course = Literal["up", "down", "unchanged"]
Judgement = Literal["better", "worse"]


class Trend(Struct, frozen=True):
    """The course of a key figure up to its own period."""

    values: tuple[float, ...]
    """In the order of time; at least two."""
    alt: str
    """What it shows, in words: first, last, lowest and highest value."""
    places: tuple[float, ...] = ()
    """Position of each value in time, in years; empty if they are evenly spaced."""
    facts: tuple[str | None, ...] = ()
    """Key of each fact."""
    first: str = ""
    """Label of the first period."""
    last: str = ""
    """Label of the last period."""


class KeyFigure(Struct, frozen=True):
    """One highlighted number."""

    value: str
    """The number as printed, with its unit."""
    label: str
    """What it measures, and for which period."""
    change: str | None = None
    """Change from the previous period, as printed."""
    printed: FactReference | None = None
    """The fact that is its value."""
    change_printed: FactReference | None = None
    """The facts that its change is calculated from."""
    course: Course | None = None
    """Direction of its change; None where that is not known."""
    judgement: Judgement | None = None
    """Whether its change is an improvement, which its text says too; None where that is not judged."""
    target: str | None = None
    """Its target, as printed."""
    progress: str | None = None
    """How much of the way to its target is gone, and whether that is as expected."""
    progress_printed: FactReference | None = None
    """The facts that its progress is calculated from."""
    trend: Trend | None = None
    """None with fewer than three values."""
    icon: str | None = None
    gap: Gap | None = None
    """What is missing, in a draft, where it has no value."""


class KeyFigures(Struct, frozen=True):
    """A row of highlighted numbers."""

    figures: tuple[KeyFigure, ...]
    where: Location | None = None


class MatrixTopic(Struct, frozen=True):
    """A topic of a materiality matrix."""

    name: str
    x: float
    """Position from 0 to 1: significance of the organization's impacts."""
    y: float
    """Position from 0 to 1: influence on the assessments and decisions of stakeholders."""
    material: bool
    color: str
    """Name of its colour in the palette: 'primary' or a Category's id."""


class TopicGroup(Struct, frozen=True):
    """Topics of a matrix under one name."""

    name: str
    topics: tuple[MatrixTopic, ...]


class Matrix(Struct, frozen=True):
    """A materiality matrix: topics by their importance to stakeholders and by the organization's impacts."""

    groups: tuple[TopicGroup, ...]
    x_title: str
    """Title of the horizontal axis."""
    y_title: str
    alt: str
    caption: Runs = ()
    where: Location | None = None
    anchor: str | None = None


class Callout(Struct, frozen=True):
    """A highlighted box."""

    blocks: tuple[Block, ...]
    title: Runs = ()
    where: Location | None = None
    label: str | None = None
    """Short label above the title of a case study; None for a plain box."""
    icon: str | None = None
    picture: Image | None = None
    """Picture at the top of a case study."""


class PullQuote(Struct, frozen=True):
    """A quotation in large type, with its speaker."""

    blocks: tuple[Block, ...]
    name: str | None = None
    role: str | None = None
    portrait: Image | None = None
    where: Location | None = None


class Letter(Struct, frozen=True):
    """The first paragraphs of a letter, with the portrait of its writer."""

    blocks: tuple[Block, ...]
    name: str
    role: str | None = None
    portrait: Image | None = None
    signature: Image | None = None
    """Printed at the end of the letter, as a block of its own."""
    where: Location | None = None


class Signature(Struct, frozen=True):
    """The end of a letter: signature, name and role."""

    name: str
    role: str | None = None
    picture: Image | None = None
    where: Location | None = None


class Timeline(Struct, frozen=True):
    """Events, each with its date."""

    entries: tuple[tuple[str, tuple[Block, ...]], ...]
    where: Location | None = None


class SideNote(Struct, frozen=True):
    """A note in the margin beside the following block."""

    blocks: tuple[Block, ...]
    icon: str | None = None
    where: Location | None = None


class Columns(Struct, frozen=True):
    """Text in two columns."""

    blocks: tuple[Block, ...]
    where: Location | None = None


class Landscape(Struct, frozen=True):
    """Blocks on separate landscape pages."""

    blocks: tuple[Block, ...]
    where: Location | None = None


class QrCode(Struct, frozen=True):
    """A QR code of a web address, and the text beside it."""

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
    """Blocks that answer disclosures: the layout records their pages and prints codes in the margin."""

    disclosure_ids: tuple[str, ...]
    """Disclosure ids, or an id with '/' and the letter of a requirement."""
    margin_codes: tuple[str, ...]
    """Printed in the margin beside the first block, e.g. a disclosure's code or a letter."""
    blocks: tuple[Block, ...]


class IndexNote(Struct, frozen=True):
    """A note below a table of the content index: what is omitted, and why."""

    runs: Runs
    anchor: str
    row: str
    """Anchor of the first row that refers to it."""


class IndexSection(Struct, frozen=True):
    """A table of the content index below its heading, and the notes on what its rows omit."""

    blocks: tuple[Block, ...]
    """The heading, the table, the notes."""
    columns: tuple[str, ...]
    """Ids of its columns, which have one width in all tables of the index."""
    color: str = "primary"
    """Name of its colour in the palette: 'primary' or a Category's id."""


class IndexTables(Struct, frozen=True):
    """The tables of the content index."""

    blocks: tuple[Block, ...]
    """Sections, and headings of several sections."""


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
    | SiteMap
    | Process
    | OrganizationChart
    | Callout
    | PullQuote
    | Letter
    | Signature
    | Timeline
    | SideNote
    | Columns
    | Landscape
    | QrCode
    | InLanguage
    | DisclosureSpan
    | IndexNote
    | IndexSection
    | IndexTables
)


class Opener(Struct, frozen=True):
    """Opening of a chapter, besides its title."""

    style: OpenerStyle | None = None
    """None for the style of the theme."""
    summary: tuple[Block, ...] = ()
    picture: Image | None = None
    topics: tuple[tuple[str, str | None], ...] = ()
    """Topics that the chapter covers, each with the anchor of its link."""


class Chapter(Struct, frozen=True):
    """A chapter; it starts on a new page, and its first block is a heading of level 1."""

    blocks: tuple[Block, ...]
    color: str = "primary"
    """Name of its colour in the palette: 'primary' or a Category's id."""
    tabular: bool = False
    """Whether it consists mostly of tables and uses the full page width (the content index)."""
    opener: Opener = field(default_factory=Opener)
    continues: bool = False
    """Whether it may start on the page on which the chapter before it ends, however long it is."""


class Part(Struct, frozen=True):
    """Chapters under a common title, which opens them on a page of its own."""

    title: str
    anchor: str
    number: int
    """From 1."""
    chapters: tuple[int, ...]
    """Places of its chapters in the document, from 0; they are neighbours."""
    color: str = "primary"
    """Of the part and its chapters: a name of the palette, or '#rrggbb'."""
    summary: tuple[Block, ...] = ()
    picture: Image | None = None


class Contents(Struct, frozen=True):
    """The table of contents, printed with page numbers."""

    title: str
    entries: tuple[tuple[int, str, str], ...]
    """Level, text and anchor of each entry.

    1 is a chapter, or 0 for parts and chapters outside of parts.
    """
    colors: Mapping[str, str] = field(default_factory=dict)
    """Colour name of each part and chapter, by anchor."""
    anchor: str = "contents"


class Cover(Struct, frozen=True):
    """The first page."""

    title: str
    organization: str
    period: str
    subtitle: str | None = None
    labels: tuple[str, ...] = ()
    """Short lines at the bottom."""
    logo: Picture | None = None
    picture: Picture | None = None
    year: str | None = None
    """What the cover 'type' prints large; None for the period, which is a year then."""


class BackCover(Struct, frozen=True):
    """The last page: who made the report, and where there is more."""

    organization: str
    lines: tuple[Runs, ...] = ()
    """Postal address, and then where the organization is reached."""
    facts: tuple[str, ...] = ()
    """Title and date of the report."""
    logo: Picture | None = None
    code: QrCode | None = None
    """Leads to the report's web edition."""
    least_pages: int = 0
    """Pages before it at least; a shorter report does without it."""


class Footnote(Struct, frozen=True):
    """A footnote."""

    number: int
    paragraphs: tuple[Runs, ...]
    where: Location | None = None


ReadObject = Callable[[int], bytes | None]
"""Returns an object of a PDF by its number, as it is in the file; None if it is missing."""


class Attachment(Struct, frozen=True):
    """A file that is embedded in the PDF (ISO 19005-3, 6.8)."""

    name: str
    data: bytes | Iterator[bytes]
    """All of it, or in pieces."""
    media_type: str
    description: str
    relationship: AttachmentRelationship = "Data"
    make: Callable[[ReadObject, bytes], bytes] | None = None
    """Returns its data instead, given all other objects of the PDF, and the entries of the trailer."""


SignerRole = Literal["publisher", "assurer"]
SIGNATURE_FIELDS: Mapping[SignerRole, str] = {"publisher": "Publisher", "assurer": "Assurer"}
"""Names of the signature fields, by who signs in them."""


class SignaturePlace(Struct, frozen=True):
    """A place in the imprint where a digital signature can show its seal."""

    field: str
    """Name of the signature field."""
    description: str
    """What assistive technology reads (ISO 14289-1, 7.18.1)."""


class Document(Struct, frozen=True):
    """Everything to be printed, in reading order."""

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
    """Rows of the content index in printed order; page numbers are not known yet."""
    assurance_anchor: str | None = None
    """Anchor of the assurance statement, if the report has one."""
    back_cover: BackCover | None = None
    imprint: tuple[Block, ...] = ()
    """Second page: notice and publication details."""
    signature_places: tuple[SignaturePlace, ...] = ()
    """Places for digital signatures: one in each entry of the last list of the imprint."""
    notes: Mapping[str, Footnote] = field(default_factory=dict)
    """Footnotes by the label used in runs."""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    inside_cover: tuple[Block, ...] = ()
    """Heading and key figures of a separate page after the cover."""
    page_size: PageSize = "A4"
    is_facing: bool = False
    """Whether left and right pages are mirrored; a report starts with a right one."""
    starts_right: bool = False
    """Whether chapters start on right-hand pages."""
    parts: tuple[Part, ...] = ()
    """Groups of neighbouring chapters, in the order of printing."""
    palette: tuple[str, ...] = ()
    """Names of chapter colours in the order in which the theme assigns its own, whether used or not."""
    draft: str | None = None
    """Text of the watermark on every page of a draft; None for a final version."""
    gaps: tuple[Gap, ...] = ()
    """What is missing, in a draft: all that its pages mark, and what no page refers to."""
    missing: tuple[str, ...] = ()
    """Ids of the disclosures that the content index of a draft marks as missing."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Fixed texts that the layout adds, in the report's language, by key."""
    vocabulary: Vocabulary = NO_WORDS
    """By which names are distinguished from other words: they are not hyphenated."""
