"""A composed document as text that people can read and compare."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec import Struct

from gri_builder.model.document import (
    Callout,
    DisclosureSpan,
    Document,
    IndexNote,
    IndexSection,
    IndexTables,
    InLanguage,
    KeyFigures,
    Letter,
    Signature,
)
from gri_builder.model.figures.chart import Chart
from gri_builder.model.rich_text import (
    Cell,
    Definitions,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Run,
    Runs,
    Table,
)


def dump(document: Document) -> str:
    """Return the whole document."""
    return "\n".join(_document(document)) + "\n"


def _document(document: Document) -> Iterator[str]:
    for name in ("title", "author", "subject", "language", "published", "running_head", "page_size", "draft"):
        yield f"{name}: {getattr(document, name)}"
    cover = document.cover
    yield f"\nCOVER {cover.title} | {cover.subtitle} | {cover.organization} | {cover.period} | {list(cover.labels)}"
    yield "\nIMPRINT"
    yield from dump_blocks(document.imprint)
    yield f"\nCONTENTS {document.contents.title}"
    yield from (f"{'  ' * level}{text} -> #{anchor}" for level, text, anchor in document.contents.entries)
    for chapter in document.chapters:
        yield f"\nCHAPTER colour={chapter.color}{' tabular' if chapter.tabular else ''}"
        yield from dump_blocks(chapter.blocks)
    yield "\nNOTES"
    for label, note in document.notes.items():
        yield f"[{label}] {note.number}: {' / '.join(runs_text(runs) for runs in note.paragraphs)}"
    yield "\nCLAIMS"
    for claim in document.claims:
        extra = [
            *(f"elsewhere={one.document} {one.pages} {one.url}" for one in claim.references),
            *(f"omits {','.join(one.parts) or 'all'}: {one.reason}" for one in claim.omissions),
            *(["assured"] if claim.assured else []),
            *(f"{column}={text}" for column, text in claim.linkage),
        ]
        yield " | ".join([claim.id, claim.title, claim.group, claim.aspect or "-", *extra])


def dump_blocks(blocks: Iterable[Struct], indent: str = "  ") -> list[str]:
    """Return the blocks as lines."""
    return [f"{indent}{line}" for block in blocks for line in WRITERS[type(block)](block)]


def runs_text(runs: Runs) -> str:
    """Return runs with signs for their looks."""
    return "".join(_run(run) for run in runs).replace("\u00a0", "~")


def _run(run: Run) -> str:
    text = run.text
    if run.page_of:
        text = f"<page of {run.page_of}>"
    for flag, sign in ((run.bold, "**"), (run.italic, "*"), (run.code, "`"), (run.mark, "%")):
        text = f"{sign}{text}{sign}" if flag else text
    text = f"{run.script}({text})" if run.script else text
    text = f"<{text} = {run.expansion}>" if run.expansion else text
    text = f"<{text} says {run.spoken}>" if run.spoken is not None else text
    text = f"[{text}]{{{run.language}}}" if run.language else text
    text = f"[{text}]({run.link})" if run.link else text
    text = f"[^{run.note}:{text}]" if run.note else text
    return f"{{{{{run.placeholder.source}}}}}" if run.placeholder else text


def _heading(block: Heading) -> list[str]:
    covers = f" covers={block.covers}" if block.covers else ""
    return [f"{'#' * block.level} {runs_text(block.runs)} #{block.anchor}{covers}"]


def _list(block: ListBlock) -> list[str]:
    return ["LIST", *(line for item in block.items for line in ["- item", *dump_blocks(item, "  ")])]


def _cell(cell: Cell) -> str:
    text = " / ".join(runs_text(runs) for runs in cell.paragraphs)
    span = f" <{cell.columns}x{cell.rows}>" if (cell.columns, cell.rows) != (1, 1) else ""
    return f"{'!' if cell.header else ''}{text}{span}"


def _table(block: Table) -> list[str]:
    caption = [
        (
            f"{'LINE' if block.is_line else 'TABLE'} {runs_text(block.caption)} align={','.join(block.align)} "
            f"groups={list(block.groups)}{_set_off(block)}"
        )
    ]
    head = [f"= {' | '.join(_cell(cell) for cell in row)}" for row in block.header]
    body = [f"| {' | '.join(_cell(cell) for cell in row)}" for row in block.body]
    return [*caption, *head, *body, *(f"small print: {runs_text(note)}" for note in block.notes)]


def _chart(block: Chart) -> list[str]:
    return [
        f"CHART {block.kind} {runs_text(block.caption)} unit={block.unit} {' '.join(block.categories)}",
        *(f"| {one.name}: {' '.join(one.labels)} {list(one.values)}" for one in block.series),
        f"alt: {block.alt}",
        *(f"small print: {runs_text(note)}" for note in block.notes),
    ]


WRITERS: dict[Any, Callable[[Any], list[str]]] = {
    Heading: _heading,
    Paragraph: lambda block: [runs_text(block.runs)],
    ListBlock: _list,
    Definitions: lambda block: [
        f"{runs_text(term)}: {' / '.join(line.strip() for line in dump_blocks(meaning))}"
        for term, meaning in block.entries
    ],
    Quote: lambda block: ["QUOTE", *dump_blocks(block.blocks)],
    Table: _table,
    Image: lambda block: [f"IMAGE {block.path} alt={block.alt} {runs_text(block.caption)}"],
    Rule: lambda block: ["----"],
    KeyFigures: lambda block: [f"KPI {one.value} | {one.label} | {one.change}" for one in block.figures],
    Chart: _chart,
    Letter: lambda block: [f"LETTER {block.name} | {block.role}", *dump_blocks(block.blocks)],
    Signature: lambda block: [f"SIGNATURE {block.name} | {block.role}"],
    Callout: lambda block: [f"CALLOUT {runs_text(block.title)}", *dump_blocks(block.blocks)],
    InLanguage: lambda block: [f"IN LANGUAGE {block.language}", *dump_blocks(block.blocks)],
    DisclosureSpan: lambda block: [
        f"COVERS {' '.join(block.disclosure_ids)} marks={list(block.margin_codes)}",
        *dump_blocks(block.blocks),
    ],
    IndexTables: lambda block: dump_blocks(block.blocks, ""),
    IndexSection: lambda block: [
        f"SECTION colour={block.color} columns={','.join(block.columns)}",
        *dump_blocks(block.blocks),
    ],
    IndexNote: lambda block: [f"NOTE #{block.anchor} of #{block.row}: {runs_text(block.runs)}"],
}


def _set_off(block: Table) -> str:
    """Return the rows and columns of a table that are set off, where there are any."""
    marks = {"totals": block.totals, "highlighted": block.highlighted, "current": block.current}
    return "".join(f" {name}={list(found)}" for name, found in marks.items() if found)
