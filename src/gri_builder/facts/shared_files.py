"""Series that share a file: below 'files', a file is named once, and each series below it inherits its entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from gri_builder.model.finding import Finding, error
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.source.nodes import Entry, Node
from gri_builder.source.schema_check import LabeledNode, shared_file_checker, shared_keys, to_plain
from gri_builder.source.schema_messages import explain_schema_error, found_in

FILES = "files"
"""The key of figures/*.yaml that holds a list of files, each with its series."""
_SERIES = "series"


def list_series(root: Node) -> tuple[list[tuple[str, Entry]], list[Finding]]:
    """Return the series of a YAML file with their ids, those below 'files' with what they inherit from their file."""
    found: list[tuple[str, Entry]] = []
    findings: list[Finding] = []
    for id, entry in root.entries.items():
        if id != FILES or (entry.value.kind == "mapping" and "title" in entry.value.entries):
            found.append((id, entry))
            continue
        for each in _list_files(entry):
            if isinstance(each, Finding):
                findings.append(each)
            else:
                found.append(each)
    return found, findings


def _list_files(entry: Entry) -> Iterator[tuple[str, Entry] | Finding]:
    """Yield the series of each file in the list."""
    if entry.value.kind == "invalid":
        return
    if entry.value.kind != "list":
        hint = "write a list: files: [{file: figures/energy.xlsx, series: {electricity: …}}]"
        message = f"'{FILES}' takes a list of files, each with its series, but {found_in(entry.value)}"
        yield error("wrong-type", message, entry.where, hint)
        return
    for number, file in enumerate(entry.value.items, 1):
        yield from _list_file(file, f"item {number} of '{FILES}'")


def _list_file(file: Node, label: str) -> Iterator[tuple[str, Entry] | Finding]:
    """Yield the series of one file, and findings about what they inherit."""
    errors = shared_file_checker().find_errors(LabeledNode(file, label), _plain(file))
    yield from map(explain_schema_error, errors)
    series = file.get(_SERIES)
    if series is None or series.kind != "mapping":
        return
    wrong = {each.path[0] for each in errors if each.path}
    known = frozenset().union(*shared_keys().values()) - wrong
    inherited = {key: entry for key, entry in file.entries.items() if key in known}
    used: set[str] = set()
    for id, entry in series.entries.items():
        if "file" not in inherited:
            yield id, Entry(entry.key, replace(entry.value, kind="invalid"))
            continue
        kind = next((each for each in shared_keys() if each in entry.value.entries), None)
        if kind is None:
            yield id, entry
            yield from _no_source(id, entry)
            continue
        taken = {key: each for key, each in inherited.items() if key in shared_keys()[kind]}
        used.update(taken)
        yield id, _inherit(entry, kind, taken)
    yield from _find_unused(inherited, used)


def _plain(file: Node) -> object:
    """Return a file's entry as plain data; its series are checked one by one."""
    plain = to_plain(file)
    series = file.get(_SERIES)
    if isinstance(plain, dict) and series is not None and series.kind == "mapping":
        plain[_SERIES] = dict.fromkeys(series.entries)
    return plain


def _inherit(entry: Entry, kind: str, inherited: Mapping[str, Entry]) -> Entry:
    """Return a series whose 'from' or 'aggregate' has the entries of its file, unless it sets its own."""
    source = entry.value.entries[kind]
    node = source.value
    if node.kind == "null":
        node = replace(node, kind="mapping")
    if node.kind != "mapping":
        return entry
    merged = dict(inherited) | dict(node.entries)
    if "where" in inherited and "where" in node.entries:
        merged["where"] = _merge(inherited["where"], node.entries["where"])
    series = dict(entry.value.entries) | {kind: Entry(source.key, replace(node, entries=merged))}
    return Entry(entry.key, replace(entry.value, entries=series))


def _merge(shared: Entry, own: Entry) -> Entry:
    """Return the conditions of a file and of a series together; those of the series come first for a header of both."""
    if shared.value.kind != "mapping" or own.value.kind != "mapping":
        return own
    return Entry(own.key, replace(own.value, entries=dict(shared.value.entries) | dict(own.value.entries)))


def _no_source(id: str, entry: Entry) -> Iterator[Finding]:
    """Yield the finding for a series below a file that takes its values from elsewhere."""
    other = next((key for key in ("values", "query", "derive") if key in entry.value.entries), None)
    if entry.value.kind == "mapping" and other is not None:
        message = f"'{shorten(id)}' is below a file, but takes its values from '{other}'"
        hint = f"move it out of '{FILES}', to the left edge; or write 'from: {{…}}' in place of '{other}'"
        yield error("conflicting-sources", message, entry.value.entries[other].key.where, hint)


def _find_unused(inherited: Mapping[str, Entry], used: set[str]) -> Iterator[Finding]:
    """Yield a finding for each entry of a file that none of its series can use."""
    for key, entry in inherited.items():
        if used and key not in used:
            kinds = listed((f"'{kind}'" for kind, keys in shared_keys().items() if key in keys), "or")
            message = f"no series below the file uses its '{key}'"
            yield error("unknown-key", message, entry.key.where, f"delete it; only {kinds} takes it")
