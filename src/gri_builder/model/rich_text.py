"""Rich text: the parsed Markdown of chapters and answers, with the location of every block.

One dialect is used everywhere: CommonMark with tables, footnotes, heading attributes, colon-fence directives and
`{{ fact }}` placeholders. Pages are unknown here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, get_args

from msgspec import Struct, field

from gri_builder.model.finding import Location
from gri_builder.model.placeholder import Placeholder
from gri_builder.model.texts.gap import Gap

Alignment = Literal["left", "center", "right"]
"""Alignment of a table column."""
ALIGNMENTS: tuple[Alignment, ...] = get_args(Alignment)
ImageSize = Literal["text", "full", "half", "margin"]
"""Width of an image: at most the text's, the page's, half of the text's, or the margin's."""
IMAGE_SIZES: tuple[ImageSize, ...] = get_args(ImageSize)
Script = Literal["", "sub", "sup"]
"""Subscript, superscript, or neither."""
ReferenceKind = Literal["value", "change", "difference", "share", "progress", "sum"]
"""What is printed of a fact: its value, or what is calculated from it."""
DirectiveName = Literal[
    "kpi",
    "chart",
    "table",
    "targets",
    "disclosure",
    "material-aspects",
    "restatements",
    "matrix",
    "map",
    "process",
    "organization",
    "opener",
    "callout",
    "case",
    "quote",
    "letter",
    "timeline",
    "aside",
    "columns",
    "landscape",
    "qr",
    "lang",
]
"""Names of the directives."""
DIRECTIVE_NAMES: tuple[DirectiveName, ...] = get_args(DirectiveName)


class FactReference(Struct, frozen=True):
    """The facts that a run of text or an element of a chart prints."""

    facts: tuple[str, ...]
    """Keys of the facts, e.g. 'energy-total[2015]'; for a change the new one first, for that of a sum all new ones."""
    kind: ReferenceKind = "value"
    unit: str | None = None
    """Symbol of the unit that a value is converted to; None for the unit of its series."""
    decimals: int | None = None
    """Digits printed after the decimal sign, negative for tens and more; None for those that the fact has anyway."""
    unsigned: bool = False
    """Whether its sign is left out."""


class Run(Struct, frozen=True):
    """A run of text in one format."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    script: Script = ""
    link: str | None = None
    """Target of a hyperlink: an http(s) or mailto address, or '#anchor' inside the report."""
    note: str | None = None
    """Label of the footnote that this run refers to; its text is then the printed number."""
    placeholder: Placeholder | None = None
    """What is printed of a fact series, until it is replaced by its value; the run's text is then empty."""
    page_of: str | None = None
    """Anchor or disclosure id whose page numbers are printed here once known; its text is then empty."""
    mark: bool = False
    """Whether this is a small code, such as that of a disclosure or a lettered requirement."""
    language: str | None = None
    """BCP 47 tag of a passage in another language than the report's."""
    expansion: str | None = None
    """Expansion of the abbreviation that is this run's text."""
    spoken: str | None = None
    """What readers hear in place of this run's text, such as the word that a sign means (ISO 32000-1, 14.9.4)."""
    printed: FactReference | None = None
    """The facts that this run's text prints, once placeholders are replaced."""
    gap: Gap | None = None
    """What is missing where this run is, in a draft; it is printed in a colour of its own."""


Runs = tuple[Run, ...]


class Heading(Struct, frozen=True):
    """A heading; its section extends to the next heading of the same or a higher level."""

    level: int
    """1 for a chapter's title."""
    runs: Runs
    where: Location | None = None
    anchor: str | None = None
    covers: tuple[str, ...] = ()
    """What the section covers: disclosure ids, followed by '/a,b' if only those letters are covered."""


class Paragraph(Struct, frozen=True):
    """A paragraph of running text."""

    runs: Runs
    where: Location | None = None
    keep: bool = False
    """Whether it stays on the same page as the following block, e.g. a line that introduces it."""


class ListBlock(Struct, frozen=True):
    """A bulleted or numbered list."""

    items: tuple[tuple[Block, ...], ...]
    where: Location | None = None
    start: int | None = None
    """Number of the first item; None for a bulleted list."""
    labels: tuple[str, ...] = ()
    """Labels of the items as written, such as years; empty if they count up from `start`."""


class Quote(Struct, frozen=True):
    """A quoted passage."""

    blocks: tuple[Block, ...]
    where: Location | None = None


class Cell(Struct, frozen=True):
    """A table's cell."""

    paragraphs: tuple[Runs, ...]
    """Its paragraphs; most cells have one."""
    columns: int = 1
    """How many columns it spans."""
    rows: int = 1
    """How many rows it spans."""
    header: bool = False
    """Whether it is the header of its row (cells of header rows need no flag)."""


class Table(Struct, frozen=True):
    """A table: header rows, then body rows; cells covered by a row span are left out."""

    header: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    align: tuple[Alignment, ...]
    """Alignment of each column; right-aligned columns hold numbers and use tabular figures."""
    where: Location | None = None
    caption: Runs = ()
    notes: tuple[Runs, ...] = ()
    """Lines of small print directly below the table: source, method, boundary."""
    groups: tuple[int, ...] = ()
    """Indexes, from 0, of body rows that are the heading of a group of rows."""
    weights: tuple[float, ...] = ()
    """Relative column widths; chosen from the content if empty."""
    anchor: str | None = None
    totals: tuple[int, ...] = ()
    """Indexes of body rows that are a total of others."""
    highlighted: tuple[int, ...] = ()
    """Indexes of body rows that are set off."""
    current: tuple[int, ...] = ()
    """Indexes of columns that are set off: the report's own period."""
    earlier: tuple[int, ...] = ()
    """Indexes of columns of other periods, which are quieter."""
    units: tuple[str, ...] = ()
    """Unit of the values of each body row, whose decimal signs are aligned with each other; empty if all have one."""
    is_line: bool = False
    """Whether its only row is set as a line of figures, each after the head of its column."""


class Image(Struct, frozen=True):
    """A picture from the report folder."""

    path: str
    """Relative to the report folder."""
    alt: str
    where: Location | None = None
    caption: Runs = ()
    credit: Runs = ()
    """Credit for the picture."""
    size: ImageSize = "text"
    anchor: str | None = None


class Definitions(Struct, frozen=True):
    """Terms, each with what it means."""

    entries: tuple[tuple[Runs, tuple[Block, ...]], ...]
    where: Location | None = None


class Rule(Struct, frozen=True):
    """A thematic break."""

    where: Location | None = None


class Directive(Struct, frozen=True):
    """A `::: name argument key=value` block, to be replaced by what it asks for."""

    name: DirectiveName
    arguments: tuple[str, ...]
    options: Mapping[str, str]
    blocks: tuple[Block, ...]
    """Content between the opening and the closing fence."""
    where: Location


IMAGE_OPTIONS = ("image", "portrait", "signature")
"""Options of directives that are paths of pictures."""


def directive_images(directive: Directive) -> tuple[str, ...]:
    """Return the paths of the pictures that a directive names, as written."""
    return tuple(path for option in IMAGE_OPTIONS if (path := directive.options.get(option)))


Block = Heading | Paragraph | ListBlock | Quote | Table | Image | Definitions | Rule | Directive


class RichText(Struct, frozen=True):
    """A parsed text: its blocks in order, and its footnotes by label."""

    blocks: tuple[Block, ...]
    notes: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    where: Location | None = None


def plain_text(runs: Runs) -> str:
    """Return the text of the runs without formatting and footnote numbers."""
    return "".join(run.text for run in runs if run.note is None)


def walk_blocks(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield each block and the blocks inside it, in reading order."""
    for block in blocks:
        yield block
        if isinstance(block, ListBlock):
            for item in block.items:
                yield from walk_blocks(item)
        elif isinstance(block, Definitions):
            for _, meaning in block.entries:
                yield from walk_blocks(meaning)
        elif isinstance(block, Quote | Directive):
            yield from walk_blocks(block.blocks)


def find_anchor(block: Block) -> str | None:
    """Return the anchor of a heading, a figure or a table; None if it has none."""
    return block.options.get("id") if isinstance(block, Directive) else getattr(block, "anchor", None)
