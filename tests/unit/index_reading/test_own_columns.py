"""Which of the columns headed by names of documents is that of the report itself."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gri_builder.index_reading.page_references import read_row_references
from gri_builder.index_reading.references.own_columns import settle_own_columns
from gri_builder.index_reading.references.own_document import OwnDocument, read_own_document


def pages(cells: dict[str, str], own: OwnDocument) -> Sequence[int]:
    return [page for each in read_row_references(cells, own) for page in each.pages]


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Sustainability Report 2015", [12, 13]), ("Annual Report 2015", [60]), ("A title", [12, 13])],
)
def test_the_column_of_the_report_itself(title: str, expected: list[int]) -> None:
    cells = {"page:Annual Report": "60", "page:Sustainability Report": "12-13"}
    lone = {"page:Sustainability Report": "14"}
    own = settle_own_columns([cells, lone], read_own_document(title, ""))
    assert pages(cells, own) == expected
    assert pages(lone, own) == ([] if title.startswith("Annual") else [14])
    assert "page" in cells


def test_references_to_the_other_document_lead_outside() -> None:
    cells = {"page:Annual Report": "60", "page:Sustainability Report": "12-13"}
    own = settle_own_columns([cells], read_own_document("Sustainability Report", ""))
    assert [each.text for each in read_row_references(cells, own) if each.outside] == ["Annual Report 60"]


def test_columns_of_parts_of_one_report_stay() -> None:
    cells = {"page:Annual Report": "60", "page:Sustainability Report": "12"}
    own = read_own_document("Annual Report and Sustainability Report 2015", "")
    assert settle_own_columns([cells], own) == own
    assert pages(cells, own) == [60, 12]
