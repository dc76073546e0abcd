"""What the browser gets: findings, coverage, facts and pages as plain values for JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from gri_builder.model.coverage import Coverage, CoverageRow, Status
from gri_builder.model.facts import Origin
from gri_builder.model.finding import Finding, Location, Severity
from gri_builder.model.provenance import FactRecord, Ledger, PageLocation
from gri_builder.model.texts.control_characters import settle_text
from gri_builder.model.texts.gap import Gap, GapKind
from gri_builder.pdf_reader.marked_boxes import Box
from gri_builder.preview.server.shown_pages import ShownPage
from gri_builder.reporters.findings.json import finding_object
from gri_builder.resources.frameworks import load_framework
from gri_builder.resources.rules import load_rules
from gri_builder.source.loader import REPORT_FILE

SHOWN_PLACES = 3
"""Places that need what is missing, of which the panel names no more."""
HARD_CODED = "hard-coded-number"
"""Rule of the findings about numbers that may be accepted."""
_QUOTED = re.compile(r"'(.+?)' is hard-coded")


def page_values(pages: Sequence[ShownPage]) -> list[list[object]]:
    """Return for each page its id, key, printed number, width and height in points."""
    return [[each.id, each.page.key, each.page.label, each.page.width, each.page.height] for each in pages]


def finding_values(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return findings with their source lines, the titles of their rules, and what can be done about them here."""
    rules = load_rules()
    return [_finding(each, rules[each.rule].title if each.rule in rules else "") for each in findings]


def _finding(finding: Finding, title: str) -> dict[str, Any]:
    excerpt, start = finding.where.cut_excerpt()
    accepted = _QUOTED.match(finding.message) if finding.rule == HARD_CODED else None
    return {
        **finding_object(finding),
        "message": settle_text(finding.message),
        "hint": settle_text(finding.hint or ""),
        "title": title,
        "excerpt": settle_text(excerpt),
        "start": start,
        "width": min(finding.where.width, max(0, len(excerpt) - start)),
        "accept": accepted[1] if accepted else None,
    }


GAPS: dict[GapKind, str] = {
    "value": "Values",
    "target": "Targets",
    "chart": "Charts",
    "map": "Maps",
    "matrix": "Materiality matrix",
    "disclosure": "Disclosures",
    "answer": "Parts of answers",
    "chapter": "Chapters",
    "text": "Texts",
    "picture": "Pictures",
    "link": "Targets of links",
    "footnote": "Footnotes",
    "setting": "Settings of the report",
    "review": "Texts to confirm",
    "unwritten": "Texts to write",
}
"""What gaps of each kind are called together."""


def gap_values(gaps: Iterable[Gap]) -> list[dict[str, Any]]:
    """Return what is missing in the form of findings: what, whom to ask, where it is to be written."""
    return [_gap(each) for each in gaps]


def _gap(gap: Gap) -> dict[str, Any]:
    where = gap.where or Location(REPORT_FILE)
    asked = f"asked of: {gap.owner}" if gap.owner else ""
    needed = [f"{each.file}:{each.line}" if each.line else each.file for each in gap.needed if each != gap.where]
    used = (
        f"needed at {', '.join(needed[:SHOWN_PLACES])}{', …' if len(needed) > SHOWN_PLACES else ''}" if needed else ""
    )
    finding = Finding(gap.kind, Severity.INFO, f"{gap.text}: {asked}" if asked else gap.text, where, used or None)
    return _finding(finding, GAPS[gap.kind])


def coverage_values(coverage: Coverage | None) -> dict[str, Any] | None:
    """Return the status of each disclosure, and which criteria hold."""
    if coverage is None:
        return None
    framework = load_framework(coverage.framework)
    return {
        "organization": settle_text(coverage.organization or ""),
        "framework": framework.title,
        "claimed": _option_name(coverage, coverage.claimed),
        "met": [_option_name(coverage, id) for id in coverage.met],
        "totals": [
            {"option": _option_name(coverage, id), **{name: getattr(totals, name) for name in _TOTALS}}
            for id, totals in coverage.totals.items()
        ],
        "criteria": [
            {
                "option": _option_name(coverage, each.option),
                "summary": each.summary,
                "verdict": each.verdict.value,
                "needs": list(each.needs),
            }
            for each in coverage.criteria
        ],
        "rows": [_row(each) for each in coverage.rows],
    }


_TOTALS = ("required", "covered", "partial", "omitted", "missing")


def _option_name(coverage: Coverage, id: str | None) -> str:
    option = load_framework(coverage.framework).options.get(id or "")
    return option.name if option else id or ""


def _row(row: CoverageRow) -> dict[str, Any]:
    is_asked = row.status is not Status.NOT_REQUIRED
    missing = [letter for letter, state in row.requirements.items() if letter and state is Status.MISSING]
    return {
        "id": row.id,
        "title": row.title,
        "status": row.status.value,
        "required": bool(row.required_for),
        "missing": missing if is_asked else [],
        "omissions": [
            {"part": each.part, "reason": settle_text(each.reason), "explanation": settle_text(each.explanation)}
            for each in row.omissions
        ],
        "pages": list(row.pages),
        "unclear": row.unclear,
    }


def region_values(found: ShownPage, boxes: Mapping[int, Box]) -> dict[str, Any]:
    """Return where the blocks and the numbers of a page are, in points from its upper left corner."""
    facts = ((boxes[each.mcid], each) for each in found.page.facts if each.mcid in boxes)
    return {
        "blocks": [[*map(_round, each.box), each.file, each.line] for each in found.page.blocks],
        "facts": [[*map(_round, box), each.fact, each.text] for box, each in facts],
    }


def _round(edge: float) -> float:
    return round(edge, 1)


def fact_values(ledger: Ledger, key: str) -> dict[str, Any] | None:
    """Return a fact with its source and the places that print it; None if there is no such fact."""
    record = ledger.entries.get(key)
    if record is None:
        return None
    origin = record.origin
    return {
        "key": record.key,
        "title": settle_text(record.title),
        "value": plain(record.value),
        "unit": record.unit,
        "status": record.status,
        "period": record.period,
        "rows": [[name, settle_text(text)] for name, text in _details(record)],
        "source": [[name, settle_text(text)] for name, text in _source(origin)] if origin else [],
        "file": origin.file if origin else None,
        "line": origin.line if origin else None,
        "cell": origin.cell if origin else None,
        "sheet": origin.sheet if origin else None,
        "inputs": [_input(ledger, each) for each in origin.inputs] if origin else [],
        "places": [_place(ledger, each) for each in record.places],
    }


def plain(value: Decimal) -> str:
    """Return a value with all its digits, thousands apart."""
    return f"{value:,f}".replace(",", " ")


def _details(record: FactRecord) -> Iterable[tuple[str, str]]:
    yield "Period", record.period
    yield from record.members.items()
    yield "Status", record.status
    if record.restated_from is not None:
        reason = f": {record.restated_because}" if record.restated_because else ""
        yield "Restated from", f"{plain(record.restated_from)} {record.unit}{reason}"
    for name, text in (
        ("Owner", record.owner),
        ("Source", record.source),
        ("Method", record.method),
        ("Boundary", record.boundary),
    ):
        if text:
            yield name, text
    for explained in record.explained:
        yield "Explained", explained


def _source(origin: Origin) -> Iterable[tuple[str, str]]:
    yield "File", origin.file
    if origin.sheet:
        yield "Sheet", origin.sheet
    if origin.cell:
        yield "Cell", origin.cell
    if origin.line is not None:
        yield "Line", str(origin.line)
    if origin.rows is not None:
        yield "Rows", f"{origin.rows:,}".replace(",", " ")
    if origin.source_value:
        yield "In the source", origin.source_value
    if origin.formula:
        yield "Formula", origin.formula
    if origin.query:
        yield "Query", origin.query
    for each in origin.adjustments:
        where = f" (first in {each.cell}, {each.cells} cells)" if each.cells > 1 else f" ({each.cell})"
        reason = f": {each.reason}" if each.reason else ""
        yield "Counts as", f"'{each.text}' as {each.value}{where}{reason}"
    if origin.encoding:
        yield "Encoding", origin.encoding
    yield "SHA-256", origin.sha256


def _input(ledger: Ledger, key: str) -> dict[str, str]:
    record = ledger.entries.get(key)
    return {"key": key, "value": f"{plain(record.value)} {record.unit}" if record else ""}


def _place(ledger: Ledger, place: PageLocation) -> dict[str, Any]:
    label = ledger.labels.get(place.page, str(place.page))
    return {"page": place.page, "label": label, "text": settle_text(place.text), "section": settle_text(place.section)}
