"""Runs the queries of a report in one process of its own, whose time and memory are limited."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from threading import Timer
from typing import IO, Any

from gri_builder.limits.limits import QUERY_MEGABYTES, QUERY_ROWS, QUERY_SECONDS
from gri_builder.limits.process_limits import clock_seconds
from gri_builder.tables.sql.query_messages import (
    Failed,
    Judged,
    JudgeQuery,
    Opened,
    OpenTables,
    Reply,
    Request,
    Rows,
    RunQuery,
    read_answer,
    write_message,
)
from gri_builder.tables.sql.records import Records
from gri_builder.tables.sql.row_source import QueryError, QueryLimitError
from gri_builder.tables.sql.table_files import write_table_files

WORK = "from gri_builder.tables.sql.query_worker import work; raise SystemExit(work())"
"""The program of the process."""
_OUT_OF_TIME = (78, -getattr(signal, "SIGXCPU", 0))
"""Exit codes of a process that has used up its time."""
_FAULT = 1
"""Exit code of a fault of the program itself."""
_MOST_DATABASES = 2
"""Databases that are kept for the next query that reads the same tables."""
_TIME_USED = "the queries of the report take more than {} seconds of processor time"
_MEMORY_USED = "the query takes more than {} MB of memory"


class QueryProcess:
    """The process, started by the first request, and its databases by the tables that they hold."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] | None = None
        self._used, self._used_before = 0.0, 0.0
        """Seconds of processor time of the present process, and of those before it."""
        self._databases: dict[tuple[tuple[str, int], ...], tuple[int, tuple[Records, ...]]] = {}

    def judge(self, sql: str, tables: tuple[str, ...]) -> Judged:
        """Return what is not allowed in a query; raises QueryError where it is not valid, or QueryLimitError."""
        reply = self._ask(JudgeQuery(sql, tables))
        assert isinstance(reply, Judged)
        return reply

    def open(self, tables: Mapping[str, Records]) -> ProcessDatabase:
        """Return a database with some tables by their names; raises QueryError or QueryLimitError."""
        key = tuple((name, id(records)) for name, records in tables.items())
        if key not in self._databases:
            replaced = None
            if len(self._databases) >= _MOST_DATABASES:
                replaced, _ = self._databases.pop(next(iter(self._databases)))
            with write_table_files(tables) as files:
                reply = self._ask(OpenTables(files, replaced))
            assert isinstance(reply, Opened)
            self._databases[key] = reply.database, tuple(tables.values())
        return ProcessDatabase(self, self._databases[key][0])

    def run(self, database: int, sql: str, most: int | None = None) -> Rows:
        """Return the result of a query, its first `most` rows or all; raises QueryError or QueryLimitError."""
        reply = self._ask(RunQuery(database, sql, most))
        assert isinstance(reply, Rows)
        return reply

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        self._databases.clear()
        if process is not None:
            process.kill()
            process.communicate()
            self._used_before, self._used = self._used_before + self._used, 0.0
        if self._log is not None:
            self._log.close()

    def _ask(self, request: Request) -> Reply:
        if self._process is None:
            self._start()
        process = self._process
        assert process is not None and process.stdin is not None and process.stdout is not None
        longest = clock_seconds(QUERY_SECONDS.most)
        started, timer = time.monotonic(), Timer(longest, process.kill)
        timer.daemon = True
        timer.start()
        try:
            write_message(process.stdin, request)
            answer = read_answer(process.stdout)
        except OSError:
            answer = None
        finally:
            timer.cancel()
        if answer is None:
            raise self._explain_end(time.monotonic() - started >= longest)
        self._used = answer.seconds
        if isinstance(answer.reply, Failed):
            if answer.reply.is_memory:
                raise QueryLimitError(_MEMORY_USED.format(QUERY_MEGABYTES.most), QUERY_MEGABYTES)
            raise QueryError(answer.reply.reason)
        return answer.reply

    def _start(self) -> None:
        """Start the process; raises QueryLimitError where those before it have used up the time."""
        left = QUERY_SECONDS.most - self._used_before
        if left <= 0:
            raise QueryLimitError(_TIME_USED.format(QUERY_SECONDS.most), QUERY_SECONDS)
        # One arena of glibc's allocator: each of DuckDB's threads would reserve 64 MB of address space for its own.
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "MALLOC_ARENA_MAX": "1"}
        command = [sys.executable, "-P", "-c", WORK, str(left), str(QUERY_MEGABYTES.most)]
        self._log = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the process
        self._process = subprocess.Popen(  # noqa: S603  # our own module, in our own interpreter
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log, env=environment
        )

    def _explain_end(self, is_late: bool) -> QueryLimitError:
        """Return why the process ended in the midst of a request; `is_late` if it was ended by the clock."""
        process, log = self._process, self._log
        assert process is not None and log is not None
        before = _seconds_of_children()
        code = process.wait()
        if code == _FAULT:
            log.seek(0)
            raise ChildProcessError(log.read().decode(errors="replace").strip().rsplit("\n", 1)[-1])
        self._used = _seconds_of_children() - before
        self.close()
        if is_late or code in _OUT_OF_TIME:
            self._used_before = QUERY_SECONDS.most
            return QueryLimitError(_TIME_USED.format(QUERY_SECONDS.most), QUERY_SECONDS)
        return QueryLimitError(_MEMORY_USED.format(QUERY_MEGABYTES.most), QUERY_MEGABYTES)


def _seconds_of_children() -> float:
    """Return the seconds of processor time of the processes that have ended; the clock where they are not known."""
    try:
        import resource
    except ImportError:
        return time.monotonic()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class ProcessDatabase:
    """A database in the process."""

    def __init__(self, process: QueryProcess, number: int) -> None:
        self._process, self._number = process, number

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query; raises QueryError or QueryLimitError."""
        return self._process.run(self._number, query).rows

    def result(self, query: str) -> Rows:
        """Return the result of a query; raises QueryError, or QueryLimitError where it has too many rows."""
        found = self._process.run(self._number, query, QUERY_ROWS.most + 1)
        if len(found.rows) > QUERY_ROWS.most:
            raise QueryLimitError(f"the result has more than {QUERY_ROWS.most:,} rows", QUERY_ROWS)
        return found
