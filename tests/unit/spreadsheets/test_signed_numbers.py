"""Numbers with signs in CSV files."""

from __future__ import annotations

from gri_builder.spreadsheets.writer import write_csv


def test_a_signed_number_is_no_formula() -> None:
    assert write_csv(["a", "b", "c"], [["-1", "-1.5e-07", "-1+2"]]) == b"a,b,c\r\n-1,-1.5e-07,'-1+2\r\n"
