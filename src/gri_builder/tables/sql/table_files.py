"""Files from which a database loads the rows of tables."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from gri_builder.tables.sql.records import Records


class TableFile(Struct, frozen=True):
    """A CSV file without headers that holds the rows of one table."""

    name: str
    """Name of the table in the database."""
    columns: tuple[str, ...]
    delimiter: str
    path: str


@contextmanager
def write_table_files(tables: Mapping[str, Records]) -> Iterator[tuple[TableFile, ...]]:
    """Write the rows of some tables, by their names, for the statements of a `with` block."""
    with tempfile.TemporaryDirectory(prefix="gri-builder-") as folder:
        found = []
        for number, (name, records) in enumerate(tables.items()):
            file = Path(folder) / f"{number}.csv"
            file.write_text(records.content, encoding="utf-8", newline="")
            found.append(TableFile(name, records.columns, records.delimiter, str(file)))
        yield tuple(found)
