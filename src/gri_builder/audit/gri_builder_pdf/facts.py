"""The facts of a gri-builder PDF: what its embedded data states, and where its pages print them."""

from __future__ import annotations

from gri_builder.audit.gri_builder_pdf.embedded_report import EmbeddedReport
from gri_builder.model.audit_sample import AuditFact, FactPlace
from gri_builder.model.facts import Origin
from gri_builder.model.provenance import FactRecord


def list_facts(embedded: EmbeddedReport) -> tuple[AuditFact, ...]:
    """Return the printed facts; all facts in PDFs of older versions, whose data does not say where they are printed."""
    ledger = embedded.files.ledger
    entries = tuple(ledger.entries.values()) if ledger else ()
    printed = tuple(entry for entry in entries if entry.places)
    return tuple(_describe(entry, embedded) for entry in printed or entries)


def _describe(entry: FactRecord, embedded: EmbeddedReport) -> AuditFact:
    places = dict.fromkeys(
        FactPlace(embedded.moved_pages.get(place.page) or place.page, place.text) for place in entry.places
    )
    unit = "" if entry.unit in ("count", "headcount") else f" {entry.unit}"
    return AuditFact(entry.key, entry.title, f"{entry.value}{unit}", tuple(places), _name_source(entry.origin))


def _name_source(origin: Origin | None) -> str:
    """Return file, sheet, cell or line of a fact, or the facts that it is derived from."""
    if origin is None:
        return ""
    if origin.inputs:
        return f"derived from {', '.join(origin.inputs)}"
    parts = (
        origin.file,
        f"sheet {origin.sheet}" if origin.sheet else "",
        f"cell {origin.cell}" if origin.cell else "",
        f"line {origin.line}" if origin.line else "",
        f"{origin.rows} rows" if origin.rows is not None else "",
    )
    return ", ".join(part for part in parts if part)
