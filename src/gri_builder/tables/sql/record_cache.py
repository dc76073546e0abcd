"""Cache of the rows and databases that several series read: each file is read once, and loaded once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field

from gri_builder.model.finding import Finding
from gri_builder.tables.sql.records import Records
from gri_builder.tables.sql.row_source import OpenRowSource

if TYPE_CHECKING:
    from gri_builder.tables.cells.adjusted_tables import AdjustedRecords
    from gri_builder.tables.sql.query_process import QueryProcess

    AdjustedResult = tuple[AdjustedRecords, list[Finding]]

ReadRecords = tuple[Records | None, tuple[Finding, ...]]
"""Records of a file, and findings about its rows."""
Key = tuple[str, str | None, int, int, bool]
"""Identity of records: file, sheet, rows above the headers, rows of headers, and whether percentages are numbers."""


class RecordCache(Struct):
    """Records and databases of one run, made on first use."""

    _records: dict[Key, ReadRecords] = field(default_factory=dict)
    _databases: dict[tuple[int, ...], tuple[Sequence[Records], OpenRowSource]] = field(default_factory=dict)
    """Databases by the identity of their records, which are kept as long as they are."""
    _process: list[QueryProcess] = field(default_factory=list)
    """The process that runs queries, where there is one."""
    _adjusted: dict[Hashable, tuple[Records, AdjustedResult]] = field(default_factory=dict)

    def records(self, key: Key, read: Callable[[], ReadRecords]) -> ReadRecords:
        """Return the records of a key; `read` is called on first use."""
        if key not in self._records:
            self._records[key] = read()
        return self._records[key]

    def database(self, files: Sequence[Records]) -> OpenRowSource:
        """Return a database with the rows of some files, each in a table of its name."""
        key = tuple(map(id, files))
        if key not in self._databases:
            self._databases[key] = tuple(files), _open({records.name: records for records in files})
        return self._databases[key][1]

    def query_process(self) -> QueryProcess:
        """Return the process that runs the queries of this run; it is started by the first of them."""
        if not self._process:
            from gri_builder.tables.sql.query_process import QueryProcess

            self._process.append(QueryProcess())
        return self._process[0]

    def share(self, key: Hashable, records: Records, adjust: Callable[[], AdjustedResult]) -> AdjustedResult:
        """Return records with adjusted cells; `adjust` is called on first use of a key, which names their identity."""
        if key not in self._adjusted:
            self._adjusted[key] = records, adjust()
        return self._adjusted[key][1]

    def close(self) -> None:
        """Close all databases, end the process of the queries, and drop all records."""
        for process in self._process:
            process.close()
        for _, database in self._databases.values():
            database.close()
        self._databases.clear()
        self._adjusted.clear()
        self._records.clear()


def _open(tables: Mapping[str, Records]) -> OpenRowSource:
    """Return what answers queries over some tables: small ones need no database."""
    from gri_builder.tables.sql.small.database import open_small_database

    if (small := open_small_database(tables)) is not None:
        return small
    from gri_builder.tables.sql.database import open_database

    return open_database(tables)
