"""The process that runs the queries of a report: it reads requests, and ends itself when a limit is reached."""

from __future__ import annotations

import mmap
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from threading import Thread

import duckdb
import msgspec

from gri_builder.limits.process_limits import limit_memory, limit_time
from gri_builder.tables.sql.database import Database, query_error
from gri_builder.tables.sql.query_messages import (
    Answer,
    Failed,
    Judged,
    JudgeQuery,
    Opened,
    OpenTables,
    Reply,
    Request,
    Rows,
    encode_cell,
    read_request,
    write_message,
)
from gri_builder.tables.sql.query_tree import Refusal, is_sorted, judge_query, refuse
from gri_builder.tables.sql.row_source import QueryError, QueryMemoryError

OUT_OF_TIME, OUT_OF_MEMORY = 78, 77
"""Exit codes of the process."""
_SPACE = 256
"""Megabytes of address space beside the memory of the queries: stacks of threads, results on their way."""
_DEPTH = 3_000
"""Levels of a parse tree; DuckDB itself allows a thousand levels of expressions."""
_TREE = "SELECT json_serialize_sql(?, skip_null := true, skip_empty := true, skip_default := true)"


def work() -> int:
    """Answer requests from standard input on standard output until it ends."""
    seconds, megabytes = float(sys.argv[1]), int(sys.argv[2])
    channel = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever else is printed is no answer
    Thread(target=_watch, args=(seconds,), daemon=True).start()
    limit_time(seconds + 1)
    sys.setrecursionlimit(_DEPTH)
    worker = QueryWorker(megabytes)
    limit_memory(_address_space() + (megabytes + _SPACE << 20))
    try:
        while (request := read_request(sys.stdin.buffer)) is not None:
            write_message(channel, Answer(worker.answer(request), time.process_time()))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    return 0


def _watch(seconds: float) -> None:
    """End the process when it has used up its processor time; what runs in C can't prevent it."""
    while time.process_time() < seconds:
        time.sleep(0.05)
    os._exit(OUT_OF_TIME)


def _address_space() -> int:
    """Return the bytes of address space that this process has so far; 512 MB where they are not known."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return 512 << 20
    return pages * mmap.PAGESIZE


class QueryWorker:
    """Answers requests."""

    def __init__(self, megabytes: int) -> None:
        self._megabytes = megabytes
        self._parser = duckdb.connect(":memory:", config={"threads": 1})
        self._databases: dict[int, Database] = {}
        self._count = 0

    def answer(self, request: Request) -> Reply:
        """Return the reply to a request."""
        try:
            match request:
                case OpenTables():
                    return self._open(request)
                case JudgeQuery():
                    return self._judge(request)
                case _:
                    names, rows = self._databases[request.database].read(request.sql, request.most)
                    return Rows(names, [tuple(map(encode_cell, row)) for row in rows])
        except QueryError as problem:
            return Failed(str(problem), isinstance(problem, QueryMemoryError))

    def _open(self, request: OpenTables) -> Opened:
        if request.replaced is not None:
            self._databases.pop(request.replaced).close()
        self._count += 1
        self._databases[self._count] = Database(request.files, self._megabytes)
        return Opened(self._count)

    def _judge(self, request: JudgeQuery) -> Judged:
        """Return the judgement of a query; raises QueryError where it is not valid SQL."""
        try:
            types = [each.type.name for each in duckdb.extract_statements(request.sql)]
            if types != ["SELECT"]:
                return Judged((_not_one_select(types),))
            row = self._parser.execute(_TREE, [request.sql]).fetchone()
            tree = msgspec.json.decode(row[0] if row else "")
        except duckdb.Error as problem:
            raise query_error(problem) from problem
        except RecursionError as problem:
            raise QueryError("it is nested too deeply") from problem
        if tree["error"]:
            raise query_error(duckdb.Error(str(tree.get("error_message"))))
        statement = tree["statements"][0]
        return Judged(tuple(judge_query(statement, request.tables)), is_sorted(statement))


def _not_one_select(types: Sequence[str]) -> Refusal:
    """Return the refusal of a text with statements of some types, such as 'DELETE'."""
    if list(types) == ["MULTI"]:  # DuckDB runs PIVOT as several statements
        return refuse("PIVOT")
    found = "several statements" if len(types) > 1 else types[0] if types else "empty"
    return Refusal(f"a query is one SELECT, but this is {found}", "write one SELECT … FROM … statement")
