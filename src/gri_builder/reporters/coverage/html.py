"""Coverage as one page of HTML that needs nothing else, readable without color and by a screen reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from gri_builder.model.coverage import Coverage, CoverageRow, Criterion, Status
from gri_builder.model.framework import Framework
from gri_builder.reporters.coverage.table import find_group, list_parts, name_groups

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 2rem; }
caption { text-align: left; font-weight: bold; padding: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #ccc; }
tbody th[scope=rowgroup] { background: #eef2f0; }
.missing, .partial, .open { color: #9c1c1c; font-weight: bold; }
.covered, .holds { color: #14532d; }
"""
_COLUMNS = ("Disclosure", "Title", "Status", "Missing", "Omitted", "Pages", "Assured")


def write_coverage_html(coverage: Coverage, framework: Framework) -> str:
    """Return the coverage as a page of HTML."""
    title = escape(f"Coverage: {coverage.organization or 'unnamed organization'}")
    body = [*_summary(coverage, framework), *_criteria(coverage, framework), *_disclosures(coverage, framework)]
    lines = [
        "<!doctype html>",
        '<html lang="en">',
        f'<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>',
        f"<style>{_STYLE}</style></head>",
        "<body><main>",
        f"<h1>{title}</h1>",
        *body,
        "</main></body>",
        "</html>",
    ]
    return "".join(f"{line}\n" for line in lines)


def _summary(coverage: Coverage, framework: Framework) -> Iterator[str]:
    if coverage.start and coverage.end:
        yield f"<p>Period: {coverage.start} to {coverage.end}</p>"
    names = {id: escape(option.name) for id, option in framework.options.items()}
    met = ", ".join(names[id] for id in coverage.met) or "none"
    yield f"<p>{escape(framework.title)}. Option claimed: {names.get(coverage.claimed or '', 'none')}. "
    yield f"Options whose criteria hold: {met}.</p>"


def _criteria(coverage: Coverage, framework: Framework) -> Iterator[str]:
    for option in framework.options.values():
        totals = coverage.totals[option.id]
        yield f"<h2>{escape(option.name)}</h2>"
        yield (
            f"<p>It asks for {totals.required} things: {totals.covered} covered, {totals.omitted} omitted, "
            f"{totals.partial} in part, {totals.missing} missing.</p>"
        )
        rows = (_criterion(c, framework) for c in coverage.criteria if c.option == option.id)
        yield from _table(f"Criteria of {option.name}", ("Criterion", "State", "Still needs"), rows)


def _criterion(criterion: Criterion, framework: Framework) -> str:
    names = (framework.aspects[need].display_name if need in framework.aspects else need for need in criterion.needs)
    state = "holds" if criterion.holds else "open"
    head = f'<th scope="row">{escape(criterion.summary)}</th>'
    return f'<tr>{head}<td class="{state}">{state}</td><td>{escape(", ".join(names))}</td></tr>'


def _disclosures(coverage: Coverage, framework: Framework) -> Iterator[str]:
    names = name_groups(framework)
    lines: list[str] = []
    for group, rows in groupby(coverage.rows, key=lambda row: find_group(row, framework)):
        name = escape(names.get(group, "Other") + (" (material)" if group in coverage.aspects else ""))
        lines.append(f'<tr><th scope="rowgroup" colspan="{len(_COLUMNS)}">{name}</th></tr>')
        lines.extend(_row(row) for row in rows)
    yield "<h2>Disclosures</h2>"
    yield from _table("How far each disclosure is covered", _COLUMNS, lines)


def _row(row: CoverageRow) -> str:
    status = row.status.value
    cells = (
        list_parts(row, Status.MISSING) if row.status is not Status.NOT_REQUIRED else "",
        list_parts(row, Status.OMITTED),
        ", ".join((*row.pages, *row.links)),
        "yes" if row.assured else "no",
    )
    head = f'<th scope="row">{escape(row.id)}</th><td>{escape(row.title)}</td><td class="{status}">{status}</td>'
    tail = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f"<tr>{head}{tail}</tr>"


def _table(caption: str, columns: Iterable[str], rows: Iterable[str]) -> Iterator[str]:
    yield f"<table><caption>{escape(caption)}</caption>"
    heads = "".join(f'<th scope="col">{column}</th>' for column in columns)
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    yield from rows
    yield "</tbody></table>"
