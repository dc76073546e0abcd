"""Write the collected values and their workbooks into the report folder: all of them, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from gri_builder.intake.collection import Collection
from gri_builder.intake.kept_workbooks import KeptWorkbook, KeptWorkbooks
from gri_builder.intake.report_folder import AskingReport
from gri_builder.model.facts import CollectedValue
from gri_builder.source.loader import COLLECTED
from gri_builder.source.yaml_flow import quote_flow
from gri_builder.storage.file_sets import write_set
from gri_builder.storage.whole_files import ChangedFileError

VALUES_FILE = f"{COLLECTED}values.yaml"
HEAD = """# Written by 'gri-builder collect'. Each value is that of a cell in a workbook that its owner returned.
# To change one, change the workbook and collect it again; an entry that its cell does not hold is an error.
"""


class BrokenValuesError(OSError):
    """The values that were collected earlier have errors."""


def write_collected(
    report: AskingReport, collection: Collection, kept: KeptWorkbooks, waiting: Callable[[], None] | None = None
) -> tuple[Path, ...]:
    """Write what is new, and return the paths; nothing where all values were collected earlier.

    Raises BrokenValuesError if the earlier values can't all be read, ChangedFileError if another program has written
    them since, and OSError.
    """
    if not collection.changed:
        return ()
    if not report.collected.is_whole:
        raise BrokenValuesError(f"the entries in {COLLECTED} can't all be read, and would be lost; correct them first")
    place, before = report.folder / VALUES_FILE, _text_read(report)
    if (place.read_bytes() if place.is_file() else None) != before:
        raise ChangedFileError("another program has changed it in the meantime; collect again")
    text = write_values(kept.workbooks, collection.values)
    return write_set({**kept.new, VALUES_FILE: text.encode()}, report.folder, waiting)


def _text_read(report: AskingReport) -> bytes | None:
    found = next((root.file for root in report.source.collected if root.file.path == VALUES_FILE), None)
    return found.text.encode() if found else None


def write_values(workbooks: Iterable[KeptWorkbook], values: Iterable[CollectedValue]) -> str:
    """Return figures/collected/values.yaml: one line for each workbook and each value, in an order that stays."""
    lines = [HEAD, "workbooks:\n"]
    for book in workbooks:
        entries = [("file", quote_flow(book.file)), ("sha256", quote_flow(book.sha256))]
        entries += [("owner", quote_flow(book.owner))] if book.owner else []
        lines.append(_line(entries))
    lines.append("values:\n")
    lines += (_line(_entries(value)) for value in values)
    return "".join(lines)


def _line(entries: Iterable[tuple[str, str]]) -> str:
    return f"  - {{{', '.join(f'{key}: {text}' for key, text in entries)}}}\n"


def _entries(value: CollectedValue) -> Iterator[tuple[str, str]]:
    yield "series", quote_flow(value.series)
    yield "period", quote_flow(value.period)
    if value.members:
        yield "members", f"[{', '.join(map(quote_flow, value.members))}]"
    yield "value", f"{value.value:f}"
    yield "unit", quote_flow(value.unit)
    if value.status != "measured":
        yield "status", value.status
    yield "file", quote_flow(value.file)
    for key in ("sheet", "cell", "typed", "formula", "note"):
        if text := getattr(value, key):
            yield key, quote_flow(text)
