"""One cause, one finding: a changed text that another rule names already is not named again."""

from __future__ import annotations

import pytest

from gri_builder.audit.rules.repeated import drop_repeated
from gri_builder.model.audit_result import Check, CheckStatus
from gri_builder.model.finding import Location


def fail(rule: str, message: str, page: int | None = 5, id: str | None = None) -> Check:
    return Check(rule, CheckStatus.FAIL, message, Location("a.pdf", page=page), id)


CELL = fail("table-text", "table 2, row 1, column 3: the cell prints '19 GJ' where the report printed '17 GJ'")


@pytest.mark.parametrize(
    ("other", "repeated"),
    [
        (fail("fact", "the page prints '19 GJ' where the ledger has 17"), True),
        (fail("fact", "the page prints '19 GJ' where the ledger has 17", page=6), False),
        (fail("fact", "the page prints '9' where the ledger has 8"), False),
        (fail("index-row", "printed '19 GJ', embedded '17 GJ'", page=4), True),
        (fail("page-content", "'19 GJ' is not what was built"), False),
        (fail("sealed-page", "the text '19 GJ' was changed"), False),
        (fail("caption-text", "the caption prints '19 GJ' where the report printed 'x'"), False),
        (fail("report-wording", "the text 'in all 17 GJ' is not printed", page=None), True),
    ],
)
def test_a_change_is_named_once(other: Check, repeated: bool) -> None:
    kept = drop_repeated([other, CELL])
    assert (CELL not in kept) == repeated
    assert len(kept) == (1 if repeated else 2)


def test_a_rule_on_wording_learns_the_cell() -> None:
    (kept,) = drop_repeated(
        [fail("answer-wording", "the page prints '19 GJ' where the embedded data has '17 GJ'"), CELL]
    )
    assert kept.message.startswith("table 2, row 1, column 3: the page prints '19 GJ'")


def test_a_second_change_on_the_page_is_named() -> None:
    other = fail("table-text", "table 2, row 4, column 3: the cell prints 'wood' where the report printed 'coal'")
    assert drop_repeated([fail("fact", "it prints '19 GJ'"), CELL, other])[1:] == (other,)


def test_passed_checks_are_kept() -> None:
    passed = Check("table-text", CheckStatus.PASS, "all is 'right'", Location("a.pdf"), None)
    assert drop_repeated([passed, fail("fact", "'right'", page=None)])[0] == passed
