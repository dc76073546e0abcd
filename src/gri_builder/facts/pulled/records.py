"""The record beside each snapshot in figures/pulled/: where its rows are from, and their hashes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from gri_builder.facts.pulled.sources import list_pulled
from gri_builder.model.figures.warehouse import PullRecord
from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.source.loader import PULLED, SNAPSHOT_ENDING
from gri_builder.source.nodes import Entry, Node, Source
from gri_builder.source.values import text_of, texts_of
from gri_builder.source.yaml_flow import quote_flow

AGAIN = "pull it again: gri-builder pull REPORT"
HEAD = "# Written by 'gri-builder pull'. To change a value, change it in the warehouse and pull again.\n"
_TEXTS = ("series", "source", "engine", "query", "pulled", "described", "content", "sha256")
_NUMBERS = ("rows", "lines", "empty")
_KEYS = frozenset((*_TEXTS, *_NUMBERS, "floats"))
_HASH = re.compile(r"[0-9a-f]{64}")


def record_path(series: str) -> str:
    """Return the path of a series' record in the report folder."""
    return f"{PULLED}{series}.yaml"


def snapshot_path(series: str) -> str:
    """Return the path of a series' snapshot in the report folder."""
    return f"{PULLED}{series}{SNAPSHOT_ENDING}"


def hash_rows(names: Sequence[str], rows: Iterable[Sequence[str | None]]) -> str:
    """Return a hash of names and cells, which is the same whatever engine gave them."""
    digest = hashlib.sha256()
    for row in (names, *rows):
        for cell in row:
            data = b"-" if cell is None else cell.encode()
            digest.update(b"%d:" % len(data) + data if cell is not None else b"-")
        digest.update(b"\n")
    return digest.hexdigest()


def write_record(record: PullRecord) -> str:
    """Return the record as YAML: one line for each entry, in an order that stays."""
    lines = [HEAD]
    for key in ("series", "source", "engine", "query", "pulled", "rows", "lines", "empty", "floats", *_TEXTS[5:]):
        value = getattr(record, key)
        if isinstance(value, str):
            lines.append(f"{key}: {quote_flow(value)}\n")
        elif isinstance(value, tuple):
            lines.append(f"{key}: [{', '.join(map(quote_flow, value))}]\n" if value else "")
        elif value or key != "empty":
            lines.append(f"{key}: {value}\n")
    return "".join(lines)


def read_records(files: Iterable[Node]) -> tuple[dict[str, PullRecord], list[Finding]]:
    """Return the records by series, and an error for each file that 'pull' has not written so."""
    found: dict[str, PullRecord] = {}
    findings: list[Finding] = []
    for root in files:
        if root.kind == "invalid":
            continue
        record = _read(root)
        if record is None or record_path(record.series) != root.file.path:
            message = f"{root.file.path} is not as 'gri-builder pull' writes it"
            findings.append(error("changed-snapshot", message, root.file.where(), AGAIN))
        else:
            found[record.series] = record
    return found, findings


def _read(root: Node) -> PullRecord | None:
    texts: Mapping[str, str | None] = {key: _scalar(root.get(key)) for key in (*_TEXTS, *_NUMBERS)}
    numbers = {key: texts[key] or "0" for key in _NUMBERS}
    if root.kind != "mapping" or set(root.entries) - _KEYS or not all(texts[key] for key in _TEXTS):
        return None
    hashes = [texts[key] or "" for key in ("described", "content", "sha256")]
    if not all(map(_HASH.fullmatch, hashes)) or not all(
        each.isdecimal() and len(each) < 19 for each in numbers.values()
    ):
        return None
    given: dict[str, Any] = {**texts, **{key: int(text) for key, text in numbers.items()}}
    floats = tuple(item.text for item in texts_of(root.get("floats")))
    return PullRecord(**given, floats=floats, where=root.file.where())


def _scalar(node: Node | None) -> str | None:
    """Return a scalar as its text: a time is a date for YAML, a hash may be all digits."""
    return text_of(node) if node is None or node.kind == "text" else node.text or None


def find_unasked_snapshots(source: Source, entries: Mapping[str, Entry]) -> Iterator[Finding]:
    """Yield a warning for each snapshot whose series does not take its values from a warehouse any more."""
    wanted = {snapshot_path(id) for id, _ in list_pulled(entries)}
    for path in sorted(source.sheets):
        if path.startswith(PULLED) and path.endswith(SNAPSHOT_ENDING) and path not in wanted:
            hint = "delete it and the .yaml beside it; or name the warehouse in the series: aggregate: {from: …}"
            yield warning("unread-file", f"{path} is not read: no fact series asks for it", Location(path), hint)
