"""What the cells of a row state, and which option a text claims: the cases of `tests/cases/audit`."""

from __future__ import annotations

from functools import cache

import pytest
import yaml

from gri_builder.audit.third_party_pdf.claimed_option import read_claimed_option
from gri_builder.audit.third_party_pdf.page_numbers import read_page_numbering
from gri_builder.audit.third_party_pdf.page_references import read_references
from gri_builder.audit.third_party_pdf.row_statement import RowStatement, read_statement
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


OPTIONS = yaml.safe_load((CASES / "options.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", OPTIONS)
def test_options(text: str) -> None:
    claimed = read_claimed_option({1: text}, framework())
    assert ("differ" if claimed.differing else claimed.option) == OPTIONS[text]
    assert bool(claimed.evidence) == (OPTIONS[text] is not None)
