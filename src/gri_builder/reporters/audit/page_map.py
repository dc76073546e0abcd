"""How the printed page numbers of a PDF go with its pages, in words and as JSON."""

from __future__ import annotations

from typing import Any

from gri_builder.model.audit_result import PageMap, PageRun
from gri_builder.model.claim import roman_numeral

MOST = 6
"""Runs that are described."""


def describe_page_map(page_map: PageMap | None) -> str:
    """Return sentences on which pages hold which printed numbers, and how sure that is; empty if nothing is known."""
    if page_map is None:
        return ""
    if not page_map.trusted:
        return (
            f"Which page prints which number can't be determined: only {_share(page_map)} of the "
            f"{page_map.numbered} numbered pages agree, so nothing is judged by page numbers."
        )
    if page_map.basis == "none":
        return "No page numbers were found; pages are counted from 1."
    runs = "; ".join(map(_describe_run, page_map.runs[:MOST]))
    more = f"; {len(page_map.runs) - MOST} more runs" if len(page_map.runs) > MOST else ""
    if page_map.basis == "labels":
        return f"By the page labels, {runs}{more}."
    return f"Of the page numbers, {runs}{more}; {_share(page_map)} of the {page_map.numbered} numbered pages agree."


def _share(page_map: PageMap) -> str:
    return f"{int(100 * page_map.agreeing / page_map.numbered) if page_map.numbered else 0} %"


def _describe_run(run: PageRun) -> str:
    count = run.last - run.first + 1
    last = run.number + run.each * count - 1
    first = max(run.number, 1)
    printed = _range(_name(first, run.roman), _name(last, run.roman))
    noun = "page" if count == 1 else "pages"
    verb = "is" if first == last else "are"
    return f"printed {printed} {verb} {noun} {_range(str(run.first), str(run.last))}" + (
        ", two on each" if run.each > 1 else ""
    )


def _range(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"


def _name(number: int, roman: bool) -> str:
    return roman_numeral(number) if roman else str(number)


def page_map_object(page_map: PageMap | None) -> dict[str, Any] | None:
    """Return a page map as a JSON object."""
    if page_map is None:
        return None
    return {
        "basis": page_map.basis,
        "runs": [_run_object(run) for run in page_map.runs],
        "numbered": page_map.numbered,
        "agreeing": page_map.agreeing,
        "trusted": page_map.trusted,
    }


def _run_object(run: PageRun) -> dict[str, Any]:
    return {"first": run.first, "last": run.last, "number": run.number, "each": run.each, "roman": run.roman}
