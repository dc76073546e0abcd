"""The rows of small files, for queries that this program writes itself: answered in Python, without the database.

The database takes longer to import and to start than small files take to read. Whatever may be answered in another
way than by the database is left to it: queries with other SQL, texts in other scripts, numbers out of range.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from typing import Any

from gri_builder.tables.sql.records import Records
from gri_builder.tables.sql.row_source import OpenRowSource
from gri_builder.tables.sql.small.evaluate import ROW_NUMBER, Evaluator, Relation
from gri_builder.tables.sql.small.functions import SPACES
from gri_builder.tables.sql.small.parse import parse_query
from gri_builder.tables.sql.small.syntax import UnsupportedError

MAX_CHARACTERS = 300_000
"""Characters of the rows of all files; the database is faster for more."""
_OTHER_CHARACTER = re.compile(
    "[^\t\n -~\u00a0-\u012f\u0131-\u017e\u2000-\u200a\u2010-\u2027\u202f-\u205e\u2080-\u208e\u20a0-\u20bf\u2122\u2212]"
)
"""A character that Python and the database may treat in different ways, as in lower case."""


class SmallDatabase:
    """The rows of some files, in tables by name; each cell is text, or NULL where it is empty."""

    def __init__(self, tables: Mapping[str, Records], evaluator: Evaluator) -> None:
        self._tables = tables
        self._evaluator = evaluator
        self._database: OpenRowSource | None = None
        """The database itself, from the first query that only it answers."""
        self._answers: dict[str, list[tuple[Any, ...]]] = {}

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query; raises QueryError."""
        if query not in self._answers:
            try:
                self._answers[query] = list(self._evaluator.answer(parse_query(query)).rows)
            except UnsupportedError:
                return self._ask_database(query)
        return list(self._answers[query])

    def _ask_database(self, query: str) -> list[tuple[Any, ...]]:
        from gri_builder.tables.sql.database import open_database

        if self._database is None:
            self._database = open_database(self._tables)
        return self._database.rows(query)

    def close(self) -> None:
        """Close the database, if it was opened."""
        if self._database is not None:
            self._database.close()


def open_small_database(tables: Mapping[str, Records]) -> SmallDatabase | None:
    """Return the rows of some files; None if they are too many, or hold what only the database treats rightly."""
    if sum(len(records.content) for records in tables.values()) > MAX_CHARACTERS:
        return None
    if any(_OTHER_CHARACTER.search(records.content) for records in tables.values()):
        return None
    found: dict[str, Relation] = {}
    for name, records in tables.items():
        relation = _read(records)
        if relation is None:
            return None
        found[name] = relation
    return SmallDatabase(tables, Evaluator(found))


def _read(records: Records) -> Relation | None:
    """Return the rows of a file; None if a cell has several lines, or a row another number of cells."""
    width, content = len(records.columns), records.content
    if '"' in content:
        rows = list(csv.reader(io.StringIO(content, newline=""), delimiter=records.delimiter))
    else:
        rows = [line.split(records.delimiter) for line in content.split("\n")[:-1]]
    if any(len(row) != width for row in rows) or any("\n" in cell for row in rows for cell in row):
        return None
    cells = ([cell.strip(SPACES) or None for cell in row] for row in rows)
    return Relation((*records.columns, ROW_NUMBER), [(*row, place) for place, row in enumerate(cells)], True)
