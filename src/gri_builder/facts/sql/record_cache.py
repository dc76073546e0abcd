"""The files whose rows are reckoned with, each read once and loaded once, however many series ask for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field

from gri_builder.facts.sql.records import Records
from gri_builder.model.finding import Finding

if TYPE_CHECKING:
    from gri_builder.facts.sql.database import Database

Read = tuple[Records | None, list[Finding]]
"""Records of a file, with what is wrong with its rows."""
Key = tuple[str, str | None, int, bool]
"""What tells records apart: file, sheet, rows above the headers, and whether percentages are numbers."""


class RecordCache(Struct):
    """Records and databases of one run."""

    _read: dict[Key, Read] = field(default_factory=dict)
    _databases: dict[tuple[int, ...], Database] = field(default_factory=dict)

    def records(self, key: Key, read: Callable[[], Read]) -> Read:
        """Return the records of that key, which are read when they are asked for first."""
        if key not in self._read:
            self._read[key] = read()
        return self._read[key]

    def database(self, files: Sequence[Records]) -> Database:
        """Return the database with the rows of those files, each in a table that has the path's name."""
        key = tuple(map(id, files))
        if key not in self._databases:
            from gri_builder.facts.sql.database import Database

            self._databases[key] = Database({records.sheet.path: records for records in files})
        return self._databases[key]

    def close(self) -> None:
        """Let go of all rows."""
        for database in self._databases.values():
            database.close()
        self._databases.clear()
        self._read.clear()
