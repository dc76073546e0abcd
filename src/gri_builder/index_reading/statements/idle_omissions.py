"""Columns of omissions in which 'not applicable' says only that nothing is omitted."""

from __future__ import annotations

from collections.abc import Sequence

from gri_builder.index_reading.index_tables.table import TableRow
from gri_builder.index_reading.statements.omission_reading import is_not_applicable
from gri_builder.index_reading.statements.phrases import plain

OFTEN = 0.2
"""Share of the rows with pages from which on 'not applicable' beside them means that nothing is omitted."""
KINDS = ("omission", "reason", "explanation")


def clear_idle_omissions(rows: Sequence[TableRow]) -> None:
    """Empty the cells that say 'not applicable' beside a page, where many rows say so.

    An index that writes it once gives G4's reason with it; one that writes it in each row has no omissions.
    """
    paged = [row for row in rows if any(character.isdigit() for character in row.cells.get("page", ""))]
    idle = [row for row in paged if _is_idle(row)]
    if len(idle) >= max(2, OFTEN * len(paged)):
        for row in idle:
            for kind in KINDS:
                row.cells.pop(kind, None)


def _is_idle(row: TableRow) -> bool:
    """Return whether the columns of omissions say 'not applicable', and nothing else."""
    texts = [text for kind in KINDS if (text := plain(row.cells.get(kind, "")))]
    return bool(texts) and all(map(is_not_applicable, texts))
