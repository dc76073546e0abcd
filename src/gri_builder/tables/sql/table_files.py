"""Files from which a database loads the rows of tables."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from msgspec import Struct

from gri_builder.tables.sql.records import Records
from gri_builder.tables.sql.row_source import QueryError


class TableFile(Struct, frozen=True):
    """A CSV file without headers that holds the rows of one table."""

    name: str
    """Name of the table in the database."""
    columns: tuple[str, ...]
    delimiter: str
    path: str


@contextmanager
def write_table_files(tables: Mapping[str, Records]) -> Iterator[tuple[TableFile, ...]]:
    """Write the rows of some tables, by their names, for the statements of a `with` block; raises QueryError."""
    with ExitStack() as stack:
        try:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gri-builder-")))
            found = tuple(
                _write(folder / f"{number}.csv", name, records) for number, (name, records) in enumerate(tables.items())
            )
        except OSError as problem:
            reason = problem.strerror or problem
            raise QueryError(f"the folder for temporary files can't be written: {reason}") from problem
        yield found


def _write(file: Path, name: str, records: Records) -> TableFile:
    file.write_text(records.content, encoding="utf-8", newline="")
    return TableFile(name, records.columns, records.delimiter, str(file))
