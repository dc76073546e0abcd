"""A comparison of two reports as a workbook: one row for each fact and each disclosure that changed."""

from __future__ import annotations

from gri_builder.model.provenance import FactRecord
from gri_builder.provenance.compare import Difference, DisclosureChange, FactChange
from gri_builder.spreadsheets.writer import write_xlsx

NAMES = ("what", "id", "change", "old", "new", "unit", "percent", "old_pages", "new_pages", "finding")
_WIDTHS = {"id": 40, "change": 34, "finding": 60}


def write_diff_xlsx(difference: Difference) -> bytes:
    """Return a comparison as a workbook, dated with the last day of the new report's period."""
    rows = [_fact_row(change, _messages(difference, change)) for change in difference.facts]
    rows += [_disclosure_row(change) for change in difference.states]
    return write_xlsx("Differences", NAMES, rows, _WIDTHS, difference.new.end)


def _messages(difference: Difference, change: FactChange) -> str:
    """Return the messages of the findings about a fact."""
    return "; ".join(f.message for f in difference.findings if f.message.startswith(f"{change.key} "))


def _fact_row(change: FactChange, messages: str) -> tuple[str, ...]:
    entry = change.new or change.old
    percent = "" if change.percent is None else str(round(change.percent, 2))
    pages = ", ".join(change.old_pages), ", ".join(change.new_pages)
    unit = entry.unit if entry else ""
    return ("fact", change.key, change.kind, _value(change.old), _value(change.new), unit, percent, *pages, messages)


def _value(entry: FactRecord | None) -> str:
    return str(entry.value) if entry else ""


def _disclosure_row(change: DisclosureChange) -> tuple[str, ...]:
    named = (("changed", change.changed), ("added", change.added), ("removed", change.removed))
    texts = [f"{word} {', '.join(letter or 'answer' for letter in letters)}" for word, letters in named if letters]
    texts += [f"now omitted: {each}" for each in change.omissions_added]
    texts += [f"no longer omitted: {each}" for each in change.omissions_removed]
    if change.old_assured != change.new_assured:
        texts.append("now assured" if change.new_assured else "no longer assured")
    return ("disclosure", change.id, "; ".join(texts), change.old_status, change.new_status, "", "", "", "", "")
