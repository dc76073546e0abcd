"""PostgreSQL, and what speaks its protocol. Wraps pg8000."""

from __future__ import annotations

import os
import ssl
import struct
from collections.abc import Mapping
from typing import Any

from pg8000.core import Context
from pg8000.exceptions import DatabaseError, InterfaceError
from pg8000.native import Connection as Session

from gri_builder.model.figures.warehouse import Connection
from gri_builder.warehouse.engine import Cells, Problem, WarehouseError, find_password, first_line, quote

_PROBLEMS = (DatabaseError, InterfaceError, OSError, ValueError, LookupError, struct.error)
"""What the library raises: for the server's errors, for a lost connection, and for bytes that no server sends."""
_LOCAL = ("localhost", "127.0.0.1", "::1")
_KINDS: Mapping[str, Problem] = {"57014": "timeout", "42501": "rights", "42P01": "table", "3F000": "table"}
"""By SQLSTATE; the classes 08, 28, 53 and 57P are about the connection."""


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


class Postgres:
    """A session that can't write and ends a query after the time of its connection."""

    def __init__(self, connection: Connection, folder: str) -> None:
        self._connection = connection
        host = connection.host or "localhost"
        is_socket = host.startswith("/")
        user = connection.user or os.environ.get("USER") or "postgres"
        place = {"unix_sock": f"{host}/.s.PGSQL.{connection.port or 5432}"} if is_socket else {"host": host}
        try:
            self._session = Session(
                user,
                database=connection.database,
                port=connection.port or 5432,
                password=find_password(connection),
                ssl_context=False if is_socket else _encrypt(connection, host, folder),
                timeout=connection.timeout + 30,
                tcp_keepalive=True,
                application_name="gri-builder",
                **place,
            )
        except _PROBLEMS as problem:
            raise _explain(problem, is_opening=True) from problem
        try:
            for setting in _settings(connection):
                self._ask(f"SET {setting}")
        except WarehouseError:
            self.close()
            raise

    def _ask(self, sql: str) -> Context:
        try:
            return self._session.execute_simple(sql)
        except _PROBLEMS as problem:
            raise _explain(problem) from problem

    def run(self, sql: str) -> Cells:
        """Return the rows of a query whose columns are texts."""
        return [tuple(None if cell is None else str(cell) for cell in row) for row in self._ask(sql).rows or ()]

    def list_tables(self) -> list[str]:
        """Return the names of the tables that the user may read."""
        sql = (
            "SELECT CASE WHEN n.nspname = current_schema() THEN c.relname ELSE n.nspname || '.' || c.relname END::text "
            "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r','v','m','f','p') "
            "AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1 LIMIT 1000"
        )
        return [str(row[0]) for row in self.run(sql)]

    def read_columns(self, schema: str | None, table: str) -> Mapping[str, str]:
        """Return the type of each column of a table; empty where there is no such table."""
        named = ".".join(quote(each) for each in (schema, table) if each)
        sql = (
            "SELECT a.attname::text, "
            "CASE WHEN t.typtype = 'e' THEN 'text' ELSE format_type(a.atttypid, a.atttypmod) END "
            "FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid "
            f"WHERE a.attrelid = to_regclass({_literal(named)}) "
            "AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"
        )
        return {str(name): str(kind) for name, kind in self.run(sql)}

    def describe(self, sql: str) -> Mapping[str, str]:
        """Return the type of each column that a query gives."""
        columns: list[dict[str, Any]] = self._ask(f"SELECT * FROM ({sql}\n) AS q LIMIT 0").columns or []
        found: dict[str, str] = {}
        for column in columns:
            oid, modifier = int(column["type_oid"]), int(column["type_modifier"])
            found[str(column["name"])] = str(self.run(f"SELECT format_type({oid}, {modifier})")[0][0])
        return found

    def close(self) -> None:
        """End the session; one that is lost already needs no end."""
        try:
            self._session.close()
        except _PROBLEMS:
            return


def _settings(connection: Connection) -> tuple[str, ...]:
    """Return the settings of a session: it can't write, and writes days and texts in one way."""
    return (
        "default_transaction_read_only = on",
        f"statement_timeout = {connection.timeout * 1000}",
        f"timezone = {_literal(connection.timezone)}",
        "datestyle = 'ISO'",
        "standard_conforming_strings = on",
    )


def _encrypt(connection: Connection, host: str, folder: str) -> ssl.SSLContext | bool:
    """Return how the connection is encrypted: with a certificate that is checked; not to a server on this machine."""
    is_wanted = connection.tls if connection.tls is not None else host not in _LOCAL
    if not is_wanted:
        return False
    file = os.path.join(folder, connection.certificate) if connection.certificate else None  # noqa: PTH118
    return ssl.create_default_context(cafile=file)


def _explain(problem: Exception, is_opening: bool = False) -> WarehouseError:
    """Return what an error of the library means."""
    fields = problem.args[0] if problem.args and isinstance(problem.args[0], dict) else {}
    state, text = str(fields.get("C", "")), first_line(fields.get("M") or problem)
    kind: Problem = _KINDS.get(state, "query" if state else "connection")
    if isinstance(problem, LookupError | struct.error):
        text = "what answers there is no PostgreSQL server"
    if isinstance(problem, TimeoutError):
        kind = "timeout"
    if is_opening or state[:2] in ("08", "28", "53") or state.startswith("57P"):
        kind = "connection"
    return WarehouseError(kind, text)
