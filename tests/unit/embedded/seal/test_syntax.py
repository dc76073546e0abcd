"""PDF syntax in one form: what is equal has equal texts, and what programs may read in two ways is an error."""

from __future__ import annotations

import pytest

from gri_builder.embedded.seal.syntax import PdfSyntaxError, Value, parse_value, read_bytes, read_string, scan_value


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
