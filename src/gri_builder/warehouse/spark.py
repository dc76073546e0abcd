"""Apache Spark: a session on this machine or on a cluster. Wraps pyspark."""

from __future__ import annotations

import os
from collections.abc import Mapping
from threading import Timer
from typing import Any

from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from gri_builder.model.figures.warehouse import Connection
from gri_builder.warehouse.engine import Cells, Problem, WarehouseError, first_line, quote


class Spark:
    """A session in which queries can't name files."""

    def __init__(self, connection: Connection, folder: str) -> None:
        self._timeout = connection.timeout
        address = connection.address or "local[*]"
        builder: Any = SparkSession.builder
        builder = builder.remote(address) if address.startswith("sc://") else builder.master(address)
        settings = {
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.sql.ansi.enabled": "true",  # a sum that is too large is an error, not an empty cell
            "spark.sql.session.timeZone": connection.timezone,
        }
        for key, value in settings.items():
            builder = builder.config(key, value)
        try:
            self._session: Any = builder.appName("gri-builder").getOrCreate()
            for name, file in connection.tables.items():
                path = file if "://" in file else os.path.abspath(os.path.join(folder, file))  # noqa: PTH100, PTH118
                self._session.read.parquet(path).createOrReplaceTempView(name)
            self._session.conf.set("spark.sql.runSQLOnFiles", "false")
        except Exception as problem:  # Java's errors have no common class
            raise _explain(problem, "connection") from problem

    def _ask(self, sql: str) -> Any:
        is_late = False

        def stop() -> None:
            nonlocal is_late
            is_late = True
            self._session.sparkContext.cancelAllJobs()

        timer = Timer(self._timeout, stop)
        timer.daemon = True
        timer.start()
        try:
            return self._session.sql(sql).collect()
        except Exception as problem:
            if is_late:
                raise WarehouseError("timeout", "the query was interrupted") from problem
            raise _explain(problem, "query") from problem
        finally:
            timer.cancel()

    def run(self, sql: str) -> Cells:
        """Return the rows of a query whose columns are texts."""
        return [tuple(None if cell is None else str(cell) for cell in row) for row in self._ask(sql)]

    def list_tables(self) -> list[str]:
        """Return the names of the tables of the session."""
        return [str(row["tableName"]) for row in self._ask("SHOW TABLES")]

    def read_columns(self, schema: str | None, table: str) -> Mapping[str, str]:
        """Return the type of each column of a table; empty where there is no such table."""
        named = ".".join(quote(each, "`") for each in (schema, table) if each)
        try:
            return self._types(f"SELECT * FROM {named}")
        except WarehouseError as problem:
            if problem.kind == "table":
                return {}
            raise

    def describe(self, sql: str) -> Mapping[str, str]:
        """Return the type of each column that a query gives."""
        return self._types(f"SELECT * FROM ({sql}\n) AS q")

    def _types(self, sql: str) -> Mapping[str, str]:
        try:
            return {str(name): str(kind) for name, kind in self._session.sql(sql).dtypes}
        except Exception as problem:
            raise _explain(problem, "query") from problem

    def close(self) -> None:
        """Stop the session."""
        self._session.stop()


def _explain(problem: Exception, kind: Problem) -> WarehouseError:
    """Return what an error means."""
    name = (problem.getCondition() or "") if isinstance(problem, PySparkException) else ""
    if "TABLE_OR_VIEW_NOT_FOUND" in name or "SCHEMA_NOT_FOUND" in name:
        kind = "table"
    elif "PERMISSION" in name or "AccessControlException" in str(problem):
        kind = "rights"
    return WarehouseError(kind, first_line(problem))
