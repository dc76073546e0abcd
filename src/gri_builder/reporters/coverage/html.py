"""Coverage as one self-contained HTML page, readable without colour and by a screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from gri_builder.model.coverage import Coverage, CoverageRow, Criterion, Status
from gri_builder.model.framework import Framework
from gri_builder.reporters.coverage.table import find_group, list_parts, name_groups
from gri_builder.reporters.coverage.text import CLAIMED_ONLY
from gri_builder.reporters.html_page import read_asset, render_page

_COLUMNS = ("Disclosure", "Title", "Status", "Missing", "Omitted", "Pages", "Assured")


def write_coverage_html(coverage: Coverage, framework: Framework) -> str:
    """Return the coverage as an HTML page."""
    options = [
        (option, coverage.totals[id], [(c, _needs(c, framework)) for c in coverage.criteria if c.option == id])
        for id, option in framework.options.items()
    ]
    return render_page(
        "coverage",
        {
            "title": f"Coverage: {coverage.organization or 'unnamed organization'}",
            "style": read_asset("coverage.css"),
            "coverage": coverage,
            "claimed_only": CLAIMED_ONLY if coverage.basis == "claims" else "",
            "framework": framework,
            "names": {id: option.name for id, option in framework.options.items()},
            "met": ", ".join(framework.options[id].name for id in coverage.met) or "none",
            "options": options,
            "columns": _COLUMNS,
            "groups": _groups(coverage, framework),
        },
    )


def _needs(criterion: Criterion, framework: Framework) -> list[str]:
    return [framework.aspects[need].display_name if need in framework.aspects else need for need in criterion.needs]


def _groups(
    coverage: Coverage, framework: Framework
) -> Iterator[tuple[str, list[tuple[CoverageRow, tuple[str, ...]]]]]:
    """Yield the heading of each group of disclosures, and its rows with their last cells."""
    names = name_groups(framework)
    for group, rows in groupby(coverage.rows, key=lambda row: find_group(row, framework)):
        material = " (material)" if group in coverage.aspects else ""
        yield names.get(group, "Other") + material, [(row, _cells(row)) for row in rows]


def _cells(row: CoverageRow) -> tuple[str, ...]:
    return (
        list_parts(row, Status.MISSING) if row.status is not Status.NOT_REQUIRED else "",
        list_parts(row, Status.OMITTED),
        ", ".join((*row.pages, *row.links)),
        "yes" if row.assured else "no",
    )
