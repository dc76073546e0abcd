"""Read connections.yaml: how warehouses are reached. A secret that is written in it is an error, and never shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from gri_builder.model.figures.warehouse import Connection, Engine
from gri_builder.model.finding import Finding, error
from gri_builder.source.nodes import Node, SourceFile
from gri_builder.source.schema_check import LabeledNode, load_checker
from gri_builder.source.schema_messages import explain_schema_error
from gri_builder.source.values import text_of

_NAME = re.compile(r"GRI_[A-Z0-9_]+")
_SECRET = re.compile(
    r"(?i)(?:pass(?:word|wd|phrase)?|pwd|secret|token|credentials?|(?:api|access|private)[-_ ]?key)\w*[\"']?\s*[:=]\s*"
    r"(?P<value>\"[^\"]*\"|'[^']*'|[^\s,}#]+)"
)
_IN_ADDRESS = re.compile(r"://[^\s/@:]*:[^\s/@]+@")
_KEY = re.compile(r"----[A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{30,}|\beyJ[\w-]{10,}\.eyJ")
_NEEDED: Mapping[Engine, tuple[str, ...]] = {"postgres": ("host", "database"), "duckdb": (), "spark": ("address",)}
_ALLOWED: Mapping[Engine, frozenset[str]] = {
    "postgres": frozenset(("host", "port", "database", "schema", "user", "password", "tls", "certificate")),
    "duckdb": frozenset(("file", "schema", "tables")),
    "spark": frozenset(("address", "schema", "tables")),
}
_COMMON = frozenset(("engine", "timeout", "timezone"))


def read_connections(root: Node | None) -> tuple[dict[str, Connection], list[Finding]]:
    """Return the connections by name, and a finding for each entry that can't be used or holds a secret."""
    if root is None:
        return {}, []
    secrets = list(_find_secrets(root.file))
    if root.kind in ("invalid", "null"):
        return {}, secrets
    lines = {finding.where.line for finding in secrets}
    wrong = [
        explain_schema_error(each)
        for each in load_checker("connections").find_errors(LabeledNode(root, root.file.path))
    ]
    findings = [each for each in wrong if each.where.line not in lines]
    known: dict[str, Connection] = {}
    for name, entry in root.entries.items() if not wrong else ():
        more = list(_check_keys(name, entry.value))
        findings += more
        if not more:
            known[name] = _read_connection(name, entry.value)
    return known, [*secrets, *(replace(each, where=replace(each.where, excerpt=None)) for each in findings)]


def _find_secrets(file: SourceFile) -> Iterator[Finding]:
    """Yield an error for each line that holds a secret, in comments too; none of them shows it."""
    for number, line in enumerate(file.lines, 1):
        found = _SECRET.search(line)
        value = found["value"].strip("\"'") if found else ""
        is_secret = bool(value) and not _NAME.fullmatch(value)
        if is_secret or _IN_ADDRESS.search(line) or _KEY.search(line):
            message = "this line seems to hold a secret, and a report folder is given to others"
            hint = "change the secret, as it may be known already; name here the environment variable that holds it: "
            where = replace(file.where(number), excerpt=None)
            yield error("secret-in-file", message, where, f"{hint}password: GRI_WAREHOUSE_PASSWORD")


def _check_keys(name: str, node: Node) -> Iterator[Finding]:
    """Yield an error for keys that the engine needs and that are missing, or that it does not have."""
    engine: Engine = text_of(node.get("engine")) or "duckdb"  # type: ignore[assignment]
    missing = [key for key in _NEEDED[engine] if key not in node.entries]
    if engine == "duckdb" and not {"file", "tables"} & set(node.entries):
        missing = ["file"]
    for key in missing:
        hint = f"add '{key}: …' below '{name}'"
        yield error("missing-key", f"'{key}' of '{name}' is missing, which {engine} needs", node.where, hint)
    for key in node.entries.keys() - _ALLOWED[engine] - _COMMON:
        message = f"'{key}' is not used by {engine}"
        yield error("unknown-key", message, node.entries[key].key.where, "remove it, or correct 'engine'")


def _read_connection(name: str, node: Node) -> Connection:
    texts = ("host", "database", "schema", "user", "password", "certificate", "file", "address")
    given = {key: text_of(node.get(key)) for key in texts}
    tables, tls = node.get("tables"), node.get("tls")
    return Connection(
        name,
        text_of(node.get("engine")) or "duckdb",  # type: ignore[arg-type]
        node.where,
        **given,
        port=int(port.text) if (port := node.get("port")) else None,
        tls=tls.text.lower() == "true" if tls else None,
        tables={key: text_of(entry.value) or "" for key, entry in tables.entries.items()} if tables else {},
        timeout=int(timeout.text) if (timeout := node.get("timeout")) else 300,
        timezone=text_of(node.get("timezone")) or "UTC",
    )
