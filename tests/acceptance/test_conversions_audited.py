"""What was built audits clean, however a placeholder prints its fact; a changed number is still found."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from gri_builder.audit.pipeline import audit_pdf_bytes
from gri_builder.audit.rules.printed_numbers import PrintedFacts, convert_value, shows_fact
from gri_builder.model.audit_result import CheckStatus
from gri_builder.pipeline.build import build_report, trace_report
from gri_builder.reporters.trace.json import write_trace_json
from gri_builder.reporters.trace.text import write_trace_text
from gri_builder.resources.units import unit_table
from tests.support.paths import CASES

REPORT = CASES / "audit" / "report"
PRINTED = (
    "{{ energy-total }}",
    "{{ energy-total | in MWh }}",
    "{{ energy-total | in kWh }}",
    "{{ energy-total | in TJ | round 1 }}",
    "{{ energy-total | in MWh | round 3 }}",
    "{{ energy-total | bare }}",
    "{{ energy-total | round 2 }}",
    "{{ energy-total.change }}",
    "{{ energy-total.difference }}",
    "`{{ code }}` and `a span of code | in MWh`",
)


def lay_out(folder: Path, text: str, language: str = "en-GB") -> Path:
    """Return a copy of the report whose message prints the text."""
    report = folder / "report"
    shutil.copytree(REPORT, report)
    chapter = report / "chapters" / "message.md"
    chapter.write_text(f"{chapter.read_text('utf-8')}\n\nWe print {text} here.\n", "utf-8")
    settings = report / "report.yaml"
    settings.write_text(settings.read_text("utf-8").replace("language: en-GB", f"language: {language}"), "utf-8")
    return report


@pytest.mark.parametrize("language", ["en-GB", "en-IN", "de-CH"])
def test_every_way_to_print_a_fact_audits_clean(language: str, tmp_path: Path) -> None:
    built = build_report(lay_out(tmp_path, "; ".join(PRINTED), language), tmp_path / "out")
    assert built.value is not None, built.findings
    audited = audit_pdf_bytes(built.value.files[0]).value
    assert audited is not None
    assert [check.message for check in audited.checks if check.status is CheckStatus.FAIL] == []


def test_another_number_is_not_the_converted_value(tmp_path: Path) -> None:
    ledger = trace_report(lay_out(tmp_path, "{{ energy-total | in MWh }}")).value
    assert ledger is not None
    (entry, place) = next((e, p) for e in ledger.entries.values() for p in e.places if p.unit == "MWh")
    known = PrintedFacts(ledger.entries, unit_table(), ledger.unit_words)
    assert shows_fact(place, entry, known)
    other = place.text.replace(place.text[0], str((int(place.text[0]) + 1) % 10), 1)
    assert not shows_fact(replace(place, text=other), entry, known)
    assert not shows_fact(place, replace(entry, unit="t"), known)
    assert convert_value(entry.value, "t", "MWh", unit_table()) is None


def test_own_units_are_embedded_traced_and_audited(tmp_path: Path) -> None:
    report = lay_out(tmp_path, "{{ energy-total | in truckload }}")
    definition = "truckload: {equals: 500 GJ, printed: truckloads, source: supplier's contract}\n"
    (report / "figures" / "units.yaml").write_text(definition, "utf-8")
    built = build_report(report, tmp_path / "out")
    assert built.value is not None, built.findings
    audited = audit_pdf_bytes(built.value.files[0]).value
    assert audited is not None
    assert [check.message for check in audited.checks if check.status is CheckStatus.FAIL] == []
    ledger = trace_report(report).value
    assert ledger is not None
    assert [(each.symbol, each.factor, each.unit, each.source) for each in ledger.units] == [
        ("truckload", "500", "GJ", "supplier's contract")
    ]
    (entry, place) = next((e, p) for e in ledger.entries.values() for p in e.places if p.unit == "truckload")
    assert "truckloads" in place.text
    shown = write_trace_text(ledger, [replace(entry, unit="truckload")], [])
    assert "1 truckload = 500 GJ: supplier's contract" in shown
    assert '"symbol": "truckload"' in write_trace_json(ledger, [entry], [])
