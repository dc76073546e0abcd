"""What was collected, as text for people and as JSON (`schemas/outputs/collection.schema.json`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import msgspec

from gri_builder.intake.collection import ChangedValue, Collection, Disagreement, MissingValue
from gri_builder.reporters.findings.json import finding_object
from gri_builder.reporters.json_document import dump_json
from gri_builder.reporters.registry import Display, ReporterSet
from gri_builder.reporters.terminal import colorize, measure, sanitize, wrap

MAX_KEY = 48
"""Columns of the longest key that the others are aligned with."""


def write_text(collection: Collection, display: Display) -> str:
    """Return the values that are new or changed, by owner and file, then those without a number, and disagreements."""
    lines: list[str] = []
    groups: dict[tuple[str, str], list[ChangedValue]] = {}
    for value in collection.changed:
        groups.setdefault((value.owner or "no owner", value.file), []).append(value)
    for (owner, file), values in groups.items():
        lines += [colorize(sanitize(f"{owner} ({file})"), "strong", display.color), *_rows(values, display), ""]
    if collection.missing:
        lines += [colorize("without a number", "strong", display.color)]
        lines += [line for each in collection.missing for line in _missing_lines(each, display.width)] + [""]
    for disagreement in collection.disagreements:
        lines += [*_sides(disagreement, display), ""]
    return "".join(f"{line}\n" for line in [*lines, summarize(collection)])


def summarize(collection: Collection) -> str:
    """Return the counts of a collection as a sentence."""
    changed = sum(value.old is not None for value in collection.changed)
    counts = [
        (len(collection.changed) - changed, "new value", "new values"),
        (changed, "changed value", "changed values"),
        (collection.same, "value as before", "values as before"),
        (len(collection.missing), "without a number", "without a number"),
        (len(collection.disagreements), "disagreement", "disagreements"),
        (collection.open, "figure still open", "figures still open"),
    ]
    named = [f"{count:,} {one if count == 1 else many}" for count, one, many in counts if count]
    return ", ".join(named) or "nothing was returned"


def _rows(values: Iterable[ChangedValue], display: Display) -> Iterator[str]:
    """Yield a line for each value: key, old and new number, change, cell; its note follows below."""
    cells = [_cells(value) for value in values]
    widths = [min(MAX_KEY, max(measure(row[0]) for row in cells))]
    widths += [max(measure(row[column]) for row in cells) for column in (1, 2, 3)]
    for value, row in zip(values, cells, strict=True):
        key = row[0] + " " * (widths[0] - measure(row[0]))
        numbers = (" " * (widths[column] - measure(row[column])) + row[column] for column in (1, 2, 3))
        yield f"  {key}  {'  '.join(numbers)}  {row[4]}".rstrip()
        if value.note:
            yield from wrap(sanitize(value.note), display.width, "      note: ", "            ")


def _cells(value: ChangedValue) -> tuple[str, str, str, str, str]:
    old = f"{value.old:,f}" if value.old is not None else ""
    if not old and value.before is not None:
        old = f"{value.before_period}: {value.before:,f}"
    remarks = [sanitize(value.place), *(["estimated"] if value.is_estimated else [])]
    new = f"{value.number:,f} {value.unit}"
    if not value.returned.startswith(f"{value.number:f} {value.unit}"):
        remarks.append(sanitize(f"returned as {value.returned}"))
    if value.old is not None and value.old_owner and value.old_owner != value.owner:
        remarks.append(sanitize(f"earlier by {value.old_owner}"))
    arrow = f"{sanitize(old)} →" if old else "→"
    return sanitize(value.key), arrow, sanitize(new), write_change(value.change), ", ".join(remarks)


def write_change(change: Decimal | None) -> str:
    """Return a change in per cent with its sign, such as '-5.6 %'; '' where nothing is known to compare with."""
    return "" if change is None else f"{change:+,.1f} %"


def _missing_lines(value: MissingValue, width: int) -> list[str]:
    text = f"'{value.text}' by {value.owner or 'no owner'} ({value.file}, {value.place})"
    note = f": {value.note}" if value.note else ""
    return wrap(sanitize(f"{text}{note}"), width, f"  {sanitize(value.key)}  ", "      ")


def _sides(disagreement: Disagreement, display: Display) -> Iterator[str]:
    """Yield the answers that disagree side by side."""
    yield colorize(sanitize(f"{disagreement.key}: answers disagree, none is taken"), "strong", display.color)
    owners = [sanitize(side.owner or "no owner") for side in disagreement.sides]
    returned = [sanitize(side.returned) for side in disagreement.sides]
    for owner, text, side in zip(owners, returned, disagreement.sides, strict=True):
        first = " " * (max(map(measure, owners)) - measure(owner))
        second = " " * (max(map(measure, returned)) - measure(text))
        yield f"  {owner}{first}  {second}{text}  {sanitize(side.place)}, {sanitize(side.file)}"


def write_json(collection: Collection, _: Display) -> str:
    """Return everything that was found as JSON; numbers are texts, with all their digits."""
    document = {
        "format": "gri-builder/collection/1",
        "report": collection.report,
        "changed": [_changed_object(value) for value in collection.changed],
        "same": collection.same,
        "missing": msgspec.to_builtins(collection.missing),
        "disagreements": msgspec.to_builtins(collection.disagreements),
        "open": collection.open,
        "findings": [finding_object(finding) for finding in collection.findings],
    }
    return dump_json(document)


def _changed_object(value: ChangedValue) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(value)
    numbers = {name: getattr(value, name) for name in ("number", "before", "old")}
    texts = {name: None if number is None else f"{number:f}" for name, number in numbers.items()}
    change = None if value.change is None else f"{value.change:.3f}"
    return {**plain, **texts, "change_per_cent": change}


COLLECTION: ReporterSet[Collection] = ReporterSet({"text": write_text, "json": write_json})
