"""PDF syntax in one form: what is equal has equal texts, and what programs may read in two ways is an error."""

from __future__ import annotations

import pytest

from gri_builder.embedded.seal.element_syntax import parse_object, parse_objects, read_element
from gri_builder.embedded.seal.syntax import (
    GENERATION,
    PdfSyntaxError,
    Value,
    parse_value,
    read_bytes,
    read_string,
    scan_value,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("/Name", "/Name"),
        ("/A#42#20C", "/AB C"),
        ("12", "12"),
        ("+12.50", "12.5"),
        ("-.50", "-0.5"),
        ("0.0", "0"),
        ("-0", "0"),
        ("007", "7"),
        ("true", "true"),
        ("12 0 R", 12),
        ("12\n 0\tR ", 12),
        ("12 1 R", 12 + GENERATION),
        ("[1 2 0 R/N(a)]", ["1", 2, "/N", "(a)"]),
        ("<</B 1/A[<<>>]>>", {"/B": "1", "/A": [{}]}),
        ("<</A null/B 2>>", {"/B": "2"}),
        ("<</A 1 % a comment >>\n/B 2>> % another", {"/A": "1", "/B": "2"}),
        ("(a (nested) text)", r"(a \(nested\) text)"),
        (r"(a \(nested\) text)", r"(a \(nested\) text)"),
        (r"(\101\102)", "(AB)"),
        ("(a\\\nb)", "(ab)"),
        ("<4142>", "(AB)"),
        ("<414>", "(A@)"),
        ("<FEFF00E9>", "u(é)"),
        ("(\xfe\xff\0\xe9)", "u(é)"),
        ("(\x01\xff)", "<01ff>"),
        ("()", "()"),
    ],
)
def test_a_value_has_one_form(text: str, value: Value) -> None:
    assert parse_value(text) == value


@pytest.mark.parametrize(
    "text",
    ["", "1 2", "<</A 1/A 2>>", "<</A>>", "<<1 2>>", "[1", "1]", "<</A[>>]", "word", "(open", "{1}", "<</A 1>"],
)
def test_what_can_be_read_in_two_ways_is_an_error(text: str) -> None:
    with pytest.raises(PdfSyntaxError):
        parse_value(text)


def test_a_value_is_scanned_in_a_longer_text() -> None:
    assert scan_value("x <</A(>>)>>stream", 1) == ({"/A": "(>>)"}, 12)


def test_texts_and_bytes_are_read_back() -> None:
    assert read_string(r"(a \(b\) \\)") == r"a (b) \ ".strip()
    assert read_string("u(é)") == "é"
    assert read_bytes("<01ff>") == b"\x01\xff"
    assert read_bytes("u(A)") == b"\xfe\xff\0A"
    assert read_string("/Name") is None


@pytest.mark.parametrize(
    "text",
    [
        "<</S/P/P 4 0 R/Pg 7 0 R/K 3>>",
        "<</S/Sect/P 4 0 R/K 3 0 R>>",
        "<</S/Sect/P 4 0 R/K[3 0 R 14 0 R]>>",
        "<</S/P/P 4 0 R/Pg 7 0 R/K[0 1 12]>>",
        "<</S/TD/P 4 0 R/Pg 7 0 R/K 2/A<</O/Table/Headers[(a b) (c)]/RowSpan 2>>>>",
    ],
)
def test_plain_elements_are_read_as_all_objects(text: str) -> None:
    assert read_element(text) == parse_value(text)


@pytest.mark.parametrize(
    "text",
    [
        "<</S/P/P 4 0 R/Pg 7 0 R/K[0 3 0 R]>>",
        "<</S/P/P 4 0 R/Pg 7 0 R/K 03>>",
        "<</S/P/P 4 1 R/K 3>>",
        "<</S/P/P 4 0 R/K 3/Alt(x)>>",
        "<</S/P/P 4 0 R/K 3/A<</O/Table>>/B 2>>",
        "<</S/P/P 4 0 R/K 3/A<</O(\\))>>>>",
        "<</S/P/P 4 0 R/K 3/A<</O<</X 2>>>>>>",
        "<</S/P/P 4 0 R/K 3>> 5",
        "<</S/P/S/P/K 3>>",
    ],
)
def test_other_objects_are_left_to_the_general_way(text: str) -> None:
    assert read_element(text) is None


def test_objects_are_read_in_one_go_as_one_by_one() -> None:
    element = "<</S/TD/P 4 0 R/K 2/A<</O/Table/RowSpan 2>>>>"
    texts = ["<</X 1>>", element, "[1 2]", "<</S/P/P 4 0 R/K 3>>", element]
    assert parse_objects(texts, {}) == [parse_value(text) for text in texts] == [parse_object(text) for text in texts]
