"""Read figures/collected/*.yaml: the returned values, each with the cell of the workbook that holds it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.model.facts import CollectedValue, FactStatus
from gri_builder.model.finding import Finding, error
from gri_builder.model.texts.finding_text import shorten
from gri_builder.source.nodes import Node
from gri_builder.source.schema_check import LabeledNode, load_checker
from gri_builder.source.schema_messages import explain_schema_error
from gri_builder.source.values import text_of

AGAIN = "collect the workbook again: gri-builder collect REPORT FILE"
_VALUE_KEYS = frozenset(
    ("series", "period", "members", "value", "unit", "status", "file", "sheet", "cell", "typed", "formula", "note")
)
_REQUIRED = ("series", "period", "unit", "file", "cell")
_STATUSES: Mapping[str, FactStatus] = {"": "measured", "measured": "measured", "estimated": "estimated"}
_CELL = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class ReturnedWorkbook(Struct, frozen=True):
    """A workbook that a data owner returned, kept as evidence."""

    file: str
    """Path in the report folder."""
    sha256: str
    """Hash of its bytes when it was collected."""
    owner: str | None
    node: Node
    """Its entry."""


class Collected(Struct, frozen=True):
    """What data owners have returned."""

    workbooks: Mapping[str, ReturnedWorkbook] = {}
    """By path."""
    values: tuple[CollectedValue, ...] = ()
    """In the order of the files; without those of which an earlier entry has the same key."""
    is_whole: bool = True
    """Whether every entry could be read; if not, writing the file anew would lose some."""

    def by_series(self) -> Mapping[str, Sequence[CollectedValue]]:
        """Return the values by the id of their series."""
        found: dict[str, list[CollectedValue]] = {}
        for value in self.values:
            found.setdefault(value.series, []).append(value)
        return found


def read_collected(files: Iterable[Node]) -> tuple[Collected, list[Finding]]:
    """Return the returned values of all files below figures/collected/, with a finding for each wrong entry."""
    workbooks: dict[str, ReturnedWorkbook] = {}
    values: dict[str, CollectedValue] = {}
    findings: list[Finding] = []
    is_whole = True
    for root in files:
        if root.kind in ("invalid", "null"):
            is_whole = is_whole and root.kind == "null"
            continue
        books, entries = _items(root, "workbooks"), _items(root, "values")
        read_books = [_read_workbook(node) for node in books]
        workbooks |= {book.file: book for book in read_books if book}
        read = [_read_value(node, workbooks) for node in entries]
        is_sound = root.kind == "mapping" and set(root.entries) == {"workbooks", "values"} and all(read_books)
        if not is_sound or not all(read) or not root.is_sound:
            is_whole = False
            findings += _explain(root, [node for node, value in zip(entries, read, strict=True) if value is None])
        for value in filter(None, read):
            if values.setdefault(value.key, value) is not value:
                is_whole = False
                findings.append(_twice(value, values[value.key]))
    return Collected(workbooks, tuple(values.values()), is_whole), findings


def _items(root: Node, key: str) -> tuple[Node, ...]:
    node = root.get(key)
    return node.items if node is not None and node.kind == "list" else ()


def _read_workbook(node: Node) -> ReturnedWorkbook | None:
    file, digest = text_of(node.get("file")), text_of(node.get("sha256"))
    if not file or not digest or not _SHA256.fullmatch(digest) or set(node.entries) - {"file", "sha256", "owner"}:
        return None
    return ReturnedWorkbook(file, digest, text_of(node.get("owner")), node)


def _read_value(node: Node, workbooks: Mapping[str, ReturnedWorkbook]) -> CollectedValue | None:
    """Return the value of an entry; None for an entry that 'collect' would not write."""
    texts = {key: text_of(entry.value) for key, entry in node.entries.items() if key not in ("value", "members")}
    series, period, unit, file, cell = (texts.get(key) or "" for key in _REQUIRED)
    number, members = node.get("value"), node.get("members")
    status, book = _STATUSES.get(texts.get("status") or ""), workbooks.get(file)
    names = tuple(text_of(item) or "" for item in members.items) if members else ()
    is_sound = node.is_sound and not set(node.entries) - _VALUE_KEYS and all(texts.values()) and all(names)
    if not (is_sound and series and period and unit and book and status and _CELL.fullmatch(cell)):
        return None
    if number is None or number.kind != "number" or (members is not None and members.kind != "list"):
        return None
    return CollectedValue(
        series=series,
        period=period,
        members=names,
        value=Decimal(number.text),
        unit=unit,
        file=file,
        sha256=book.sha256,
        cell=cell,
        sheet=texts.get("sheet"),
        status=status,
        typed=texts.get("typed"),
        formula=texts.get("formula"),
        note=texts.get("note"),
        owner=book.owner,
        listed=node.where,
    )


def _explain(root: Node, wrong: Sequence[Node]) -> list[Finding]:
    """Return the findings for a file that is not as 'collect' writes it."""
    explained = [
        replace(explain_schema_error(each), hint=f"{explain_schema_error(each).hint}; or {AGAIN}")
        for each in load_checker("collected").find_errors(LabeledNode(root, root.file.path))
    ]
    lines = {finding.where.line for finding in explained if finding.where}
    message = "the entry names a workbook that is not listed under 'workbooks', or is not complete"
    unnamed = [node for node in wrong if node.is_sound and node.line not in lines]
    return [*explained, *(error("wrong-value", message, node.where, AGAIN) for node in unnamed)]


def _twice(value: CollectedValue, first: CollectedValue) -> Finding:
    place = f"{first.listed.file}:{first.listed.line}" if first.listed else first.file
    message = f"'{shorten(value.key)}' is collected already, in {place}"
    return error("duplicate-fact", message, value.listed or value.where, "keep one of the two entries")
