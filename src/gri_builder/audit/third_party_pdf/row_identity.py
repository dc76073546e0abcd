"""Which disclosure a row of an index is about: the management approach is listed once for each Aspect."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gri_builder.audit.third_party_pdf.index_table import TableRow
from gri_builder.model.framework import Framework


def identify_rows(rows: Sequence[TableRow], framework: Framework) -> Iterable[tuple[TableRow, str]]:
    """Yield each row with its disclosure id; a management approach takes the Aspect of the row that follows."""
    for place, row in enumerate(rows):
        if row.code.code != framework.management_approach:
            yield row, row.code.code
            continue
        later = (framework.disclosures[each.code.code].aspect for each in rows[place + 1 : place + 3])
        aspect = next((each for each in later if each), None)
        yield row, f"{row.code.code}:{aspect}" if aspect else row.code.code
