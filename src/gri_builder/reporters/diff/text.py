"""A comparison of two reports as text for people."""

from __future__ import annotations

from collections.abc import Iterator

from gri_builder.model.provenance import FactRecord, Ledger
from gri_builder.provenance.compare import Difference, DisclosureChange, FactChange, show_percent, show_value
from gri_builder.reporters.findings.text import summarize_findings, write_findings_text
from gri_builder.reporters.terminal import MAX_WIDTH, colorize, sanitize, wrap

HEADS = {"value": "Changed facts", "status": "Facts with another status or unit", "added": "New facts",
         "removed": "Removed facts"}  # fmt: skip


def write_diff_text(difference: Difference, width: int = MAX_WIDTH, color: bool = False) -> str:
    """Return a comparison as text of at most `width` columns."""
    old, new = difference.old, difference.new
    lines = [f"{colorize(_name(old), 'strong', color)} → {colorize(_name(new), 'strong', color)}"]
    if not difference.are_texts_compared:
        lines += [f"texts are not compared: one report is in {old.language}, the other in {new.language}"]
    head_lines = len(lines)
    for kind, head in HEADS.items():
        changes = [change for change in difference.facts if change.kind == kind]
        if changes:
            lines += ["", colorize(f"{head}: {len(changes)}", "strong", color)]
            lines += [line for change in changes for line in wrap(_describe_fact(change), width, "  ", "      ")]
    if difference.states:
        lines += ["", colorize(f"Disclosures: {len(difference.states)}", "strong", color)]
        lines += [
            line for change in difference.states for line in wrap(_describe_disclosure(change), width, "  ", "      ")
        ]
    if len(lines) == head_lines:
        lines += ["", "no differences"]
    text = "".join(f"{line}\n" for line in lines)
    if difference.findings:
        text += f"\n{write_findings_text(difference.findings, color)}\n{summarize_findings(difference.findings)}\n"
    return text


def _name(ledger: Ledger) -> str:
    return sanitize(f"{ledger.name} ({ledger.start} to {ledger.end})")


def _describe_fact(change: FactChange) -> str:
    old, new = (_describe_value(entry) for entry in (change.old, change.new))
    text = {"added": new, "removed": old}.get(change.kind, f"{old} → {new}")
    percent = f" ({show_percent(change.percent)})" if change.percent else ""
    pages = change.new_pages or change.old_pages
    where = f", p. {', '.join(pages)}" if pages else ""
    prior = ", an earlier period" if change.is_prior and change.kind == "value" else ""
    return sanitize(f"{change.key}: {text}{percent}{prior}{where}")


def _describe_value(entry: FactRecord | None) -> str:
    if entry is None:
        return ""
    unit = "" if entry.unit in ("count", "headcount") else f" {entry.unit}"
    return f"{show_value(entry.value)}{unit}" + (f" ({entry.status})" if entry.status != "measured" else "")


def _describe_disclosure(change: DisclosureChange) -> str:
    parts = list(_disclosure_parts(change))
    return sanitize(f"{change.id}: {'; '.join(parts)}")


def _disclosure_parts(change: DisclosureChange) -> Iterator[str]:
    if change.old_status != change.new_status:
        yield f"{change.old_status} → {change.new_status}"
    for word, letters in (("changed", change.changed), ("added", change.added), ("removed", change.removed)):
        if letters:
            yield f"{word} {', '.join(letter or 'answer' for letter in letters)}"
    yield from (f"now omitted: {omission}" for omission in change.omissions_added)
    yield from (f"no longer omitted: {omission}" for omission in change.omissions_removed)
    if change.old_assured != change.new_assured:
        yield "now assured" if change.new_assured else "no longer assured"
