"""A comparison of two reports as text for people."""

from __future__ import annotations

from collections.abc import Iterator

from gri_builder.model.provenance import FactRecord, Ledger
from gri_builder.provenance.compare import Difference, DisclosureChange, FactChange, show_percent, show_value
from gri_builder.reporters.findings.text import summarize_findings, write_findings_text
from gri_builder.reporters.terminal import MAX_WIDTH, colorize, sanitize, wrap

HEADS = {"value": "Changed facts", "status": "Facts with another status or unit", "added": "New facts",
         "removed": "Facts that are gone"}  # fmt: skip


def write_diff_text(difference: Difference, width: int = MAX_WIDTH, color: bool = False) -> str:
    """Return a comparison as text of at most that many columns."""
    old, new = difference.old, difference.new
    lines = [f"{colorize(_name(old), 'strong', color)} → {colorize(_name(new), 'strong', color)}"]
    for kind, head in HEADS.items():
        changes = [change for change in difference.facts if change.kind == kind]
        if changes:
            lines += ["", colorize(f"{head}: {len(changes)}", "strong", color)]
            lines += [line for change in changes for line in wrap(_say_fact(change), width, "  ", "      ")]
    if difference.stands:
        lines += ["", colorize(f"Disclosures: {len(difference.stands)}", "strong", color)]
        lines += [line for stand in difference.stands for line in wrap(_say_stand(stand), width, "  ", "      ")]
    if len(lines) == 1:
        lines += ["", "no differences"]
    text = "".join(f"{line}\n" for line in lines)
    if difference.findings:
        text += f"\n{write_findings_text(difference.findings, color)}\n{summarize_findings(difference.findings)}\n"
    return text


def _name(ledger: Ledger) -> str:
    return sanitize(f"{ledger.name} ({ledger.start} to {ledger.end})")


def _say_fact(change: FactChange) -> str:
    old, new = (_say_value(entry) for entry in (change.old, change.new))
    said = {"added": new, "removed": old}.get(change.kind, f"{old} → {new}")
    percent = f" ({show_percent(change.percent)})" if change.percent else ""
    pages = change.new_pages or change.old_pages
    where = f", p. {', '.join(pages)}" if pages else ""
    prior = ", an earlier period" if change.is_prior and change.kind == "value" else ""
    return sanitize(f"{change.key}: {said}{percent}{prior}{where}")


def _say_value(entry: FactRecord | None) -> str:
    if entry is None:
        return ""
    unit = "" if entry.unit in ("count", "headcount") else f" {entry.unit}"
    return f"{show_value(entry.value)}{unit}" + (f" ({entry.status})" if entry.status != "measured" else "")


def _say_stand(stand: DisclosureChange) -> str:
    parts = list(_stand_parts(stand))
    return sanitize(f"{stand.id}: {'; '.join(parts)}")


def _stand_parts(stand: DisclosureChange) -> Iterator[str]:
    if stand.old_status != stand.new_status:
        yield f"{stand.old_status} → {stand.new_status}"
    for word, letters in (("changed", stand.changed), ("added", stand.added), ("removed", stand.removed)):
        if letters:
            yield f"{word} {', '.join(letter or 'answer' for letter in letters)}"
    yield from (f"now omitted: {omission}" for omission in stand.omissions_added)
    yield from (f"no longer omitted: {omission}" for omission in stand.omissions_removed)
    if stand.old_assured != stand.new_assured:
        yield "now assured" if stand.new_assured else "no longer assured"
