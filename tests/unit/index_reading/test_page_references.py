"""References as people write them, in many languages: pages of the report, other documents, what is not understood."""

from __future__ import annotations

from itertools import product

import pytest
import yaml

from gri_builder.index_reading.page_references import learn_habits, read_references, read_row_references
from gri_builder.index_reading.references.own_document import OwnDocument, read_own_document
from tests.support.paths import TESTS

CASES = yaml.safe_load((TESTS / "cases" / "audit" / "references.yaml").read_text(encoding="utf-8"))
ROMAN = {10: "x", 9: "ix", 5: "v", 4: "iv", 1: "i"}
ANNUAL = OwnDocument(frozenset({"annual", "financial", "sustainability"}), frozenset({2015}))


def show(text: str, own: OwnDocument | None = None) -> str:
    """Return the references of a cell as the cases write them."""
    pages, outside, unread = [], [], []
    for each in read_references(text, own):
        if each.unread:
            unread.append(each.text)
        elif each.outside:
            outside.append(each.text)
        else:
            names = [*map(str, each.pages), *map(roman, each.roman)]
            pages.append(" ".join(names) + "+" * each.open_ended)
    shown = [" ".join(pages)] if pages else []
    shown += [f"-> {'; '.join(outside)}"] if outside else []
    return " ".join([*shown, f"? {'; '.join(unread)}"] if unread else shown)


def roman(number: int) -> str:
    text = ""
    for value, letters in ROMAN.items():
        while number >= value:
            text, number = text + letters, number - value
    return text


def test_every_case() -> None:
    assert len(CASES) >= 250
    assert {text: show(text) for text in CASES} == CASES


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Annual Report, page 12", "12"),
        ("AR 12, 14", "12 14"),
        ("page 12 of this Annual Report", "12"),
        ("Annual Report 2015, p. 12", "12"),
        ("Annual Report 2014, p. 12", "-> Annual Report 2014, p. 12"),
        ("Financial Statements, 134–136, 78", "134 135 136 78"),
        ("10-K 12", "-> 10-K 12"),
        ("Sustainability Report p. 12", "12"),
    ],
)
def test_name_of_the_report_leads_to_itself(text: str, wanted: str) -> None:
    assert show(text, ANNUAL) == wanted


@pytest.mark.parametrize(
    ("title", "first", "kinds", "years"),
    [
        ("Fjord Foods Annual Report 2015", "", {"annual", "financial", "sustainability"}, {2015}),
        ("Fjord.indd", "Fjord Foods\nSustainability Report 2014/2015", {"sustainability"}, {2014, 2015}),
        ("", "Geschäftsbericht 2015", {"annual", "financial", "sustainability"}, {2015}),
        ("Untitled", "Growing together", {"sustainability"}, set()),
        ("AR_final.pdf", "", {"sustainability"}, set()),
    ],
)
def test_report_is_called_by_its_title_or_cover(title: str, first: str, kinds: set[str], years: set[int]) -> None:
    own = read_own_document(title, first)
    assert (set(own.kinds), set(own.years)) == (kinds, years)


def test_columns_of_two_documents() -> None:
    cells = {"title": "Energy", "page": "12–13", "page:Annual Report": "45", "page:Web": "-"}
    found = list(read_row_references(cells))
    assert [(each.text, each.pages, each.outside) for each in found] == [
        ("12–13", (12, 13), False),
        ("Annual Report 45", (), True),
    ]
    own = list(read_row_references({"page:Sustainability Report": "12", "page:AR": "p. 45"}))
    assert [(each.pages, each.outside) for each in own] == [((12,), False), ((), True)]


def test_habits_of_an_index() -> None:
    titled = learn_habits(OwnDocument(), ["Our approach 12", "Strategy 4", "People 20", "Nil", "Safety at work 31"])
    assert (show("Safety 18", titled), show("Safety 18")) == ("18", "? Safety 18")
    tight = learn_habits(OwnDocument(), ["4,12", "5,6,7", "99,103", "8", "41,45", "13,14"])
    assert (show("99,103", tight), show("99,103")) == ("99 103", "? 99,103")
    plain = learn_habits(OwnDocument(), ["4, 12", "5, 6", "99,103", "Employees 350", "8", "12", "13"])
    assert plain == OwnDocument()


def test_text_is_as_written() -> None:
    found = list(read_references("12–14 (SR);\nAnnual Report\n2015, p.\u00a045−47"))
    assert [each.text for each in found] == ["12–14", "Annual Report 2015, p. 45−47"]
    assert [each.text for each in read_references("SR 12, 14; SR (16)")] == ["SR 12, 14", "16"]


def test_any_text_is_read_without_an_error() -> None:
    pieces = (
        "\n",
        *["12", "-", "–", "(", ")", ",", ";", ".", "p.", "AR", "to", "f.", "iv", "Note", "99,103", "www.a.com", "a"],
    )
    texts = [gap.join(each) for each in product(pieces, repeat=3) for gap in ("", " ")]
    assert all(isinstance(show(text), str) for text in texts)
