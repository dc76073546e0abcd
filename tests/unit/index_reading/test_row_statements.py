"""What the cells of a row state, and which option a text claims: the cases of `tests/cases/audit`."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
import yaml

from gri_builder.index_reading.assured_rows import read_scope
from gri_builder.index_reading.claimed_option import read_claimed_option
from gri_builder.index_reading.codes import CodeReader
from gri_builder.index_reading.index_tables.table import TableRow
from gri_builder.index_reading.page_numbers import read_page_numbering
from gri_builder.index_reading.page_references import read_references
from gri_builder.index_reading.row_statement import RowStatement, read_statement
from gri_builder.index_reading.statements.assurance import read_column
from gri_builder.index_reading.statements.idle_omissions import clear_idle_omissions
from gri_builder.model.framework import Framework
from gri_builder.resources.frameworks import load_framework
from tests.support.paths import TESTS

CASES = TESTS / "cases" / "audit"


@cache
def framework() -> Framework:
    return load_framework()


def _load(name: str) -> dict[str, dict[str, str]]:
    cases: dict[str, dict[str, str]] = yaml.safe_load((CASES / name).read_text(encoding="utf-8"))
    return cases


CELLS = _load("statements.yaml")
STATEMENTS = [(group, text) for group, cases in CELLS.items() for text in cases]


@pytest.mark.parametrize(("group", "text"), STATEMENTS)
def test_statements(group: str, text: str) -> None:
    code, _, column = group.partition(" ")
    cells = {column: text}
    if " || " in text:
        cells = {kind: cell for kind, _, cell in (part.partition("=") for part in text.split(" || "))}
    references = [each for each in read_references(cells.get("page", "")) if not each.unread]
    disclosure = framework().disclosures[code]
    stated = read_statement(cells, bool(references), read_page_numbering(()), disclosure, framework())
    assert _describe(stated) == CELLS[group][text]


def _describe(stated: RowStatement) -> str:
    """Return a statement in a few words."""
    if stated.placeholder:
        return "placeholder"
    words = [
        f"{omission.reason}{' ' + ','.join(omission.parts) if omission.parts else ''}" for omission in stated.omissions
    ]
    if stated.omission and not stated.omissions:
        words.append("not understood")
    if stated.answer:
        words.append("answer")
    if stated.mark:
        words.append("mark")
    if stated.unclear:
        words.append("unclear")
    return "; ".join(words) or "nothing"


COLUMNS = yaml.safe_load((CASES / "assurance.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", COLUMNS, ids=lambda case: " ".join(case["cells"]))
def test_columns_of_assurance(case: dict[str, Any]) -> None:
    found = read_column(case["cells"], case.get("legend", ""))
    assert "".join({True: "+", False: "-", None: "?"}[each] for each in found) == case["right"]


def test_not_applicable_in_each_row_omits_nothing() -> None:
    code = next(CodeReader(framework()).find("G4-EN3"))
    often = [TableRow(code, 1, {"page": str(number), "omission": "N/A"}) for number in range(5)]
    clear_idle_omissions(often)
    assert not any("omission" in row.cells for row in often)
    once = [TableRow(code, 1, {"page": str(number)}) for number in range(30)]
    once[3].cells["omission"] = "N/A"
    clear_idle_omissions(once)
    assert once[3].cells["omission"] == "N/A"


OPTIONS = yaml.safe_load((CASES / "options.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", OPTIONS)
def test_options(text: str) -> None:
    claimed = read_claimed_option({1: text}, framework())
    assert ("differ" if claimed.differing else claimed.option) == OPTIONS[text]
    assert bool(claimed.evidence) == (OPTIONS[text] is not None)


def test_the_statement_names_what_is_assured() -> None:
    texts = {
        3: "Our independent assurance statement is on page 7. G4-EN8 fell.",
        7: "Independent Assurance Statement\nWe assured the following disclosures: G4-EN3, G4-EN5 and G4-LA6.\n"
        "We did not assure G4-EN15. The engagement followed ISAE 3000.",
        8: "G4-EN3 12 G4-EN5 13 G4-EN15 14 Independent assurance statement",
    }
    assert read_scope(texts, {8}, framework()) == dict.fromkeys(("G4-EN3", "G4-EN5", "G4-LA6"), 7)
