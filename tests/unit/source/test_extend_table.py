"""Tables of translations that the program adds to: what people wrote stays, byte by byte."""

from __future__ import annotations

import codecs

import pytest

from gri_builder.source.editions.extend_table import TableError, extend_table
from gri_builder.source.nodes import EditionTexts

EN, DE, FR = (EditionTexts(tag, tag[:2], "en-GB") for tag in ("en-GB", "de-DE", "fr-FR"))
ALL = (EN, DE, FR)
MARK = codecs.BOM_UTF8


def test_a_new_table() -> None:
    made = extend_table(None, ["Energy, used", "Gas"], [DE, FR], ALL)
    assert made == MARK + b'text,de,fr\n"Energy, used",,\nGas,,\n'
    assert extend_table(MARK, ["Gas"], [DE], ALL) == MARK + b"text,de\nGas,\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"text,de\nGas,Erdgas\n", b"text,de\nGas,Erdgas\nOil,\n"),
        (b"text,de\nGas,Erdgas", b"text,de\nGas,Erdgas\nOil,\n"),
        (b"text;de\r\nGas;Erdgas\r\n", b"text;de\r\nGas;Erdgas\r\nOil;\r\n"),
        (b"text\tde\nGas\tErdgas\n", b"text\tde\nGas\tErdgas\nOil\t\n"),
        (b"de,text\nErdgas,Gas\n\n", b"de,text\nErdgas,Gas\n\n,Oil\n"),
        (b'"text",de-DE ,note\n"Gas",x,"a\nb"\n', b'"text",de-DE ,note\n"Gas",x,"a\nb"\nOil,,\n'),
        (b"text,fr\nGas,Gaz\n", b"text,fr,de\nGas,Gaz\nOil,,\n"),
        (MARK + b"text,de\nGas,Erdgas\n", MARK + b"text,de\nGas,Erdgas\nOil,\n"),
        (b"text,de\nGas,\xd6l und W\xe4rme\n", b"text,de\nGas,\xd6l und W\xe4rme\nOil,\n"),
        (
            codecs.BOM_UTF16_LE + "text\tde\nGas\tÖl\n".encode("utf-16-le"),
            codecs.BOM_UTF16_LE + "text\tde\nGas\tÖl\nOil\t\n".encode("utf-16-le"),
        ),
    ],
)
def test_what_is_there_stays(before: bytes, after: bytes) -> None:
    made = extend_table(before, ["Gas", "Oil"], [DE], ALL)
    assert made == after
    assert extend_table(made, ["Gas", "Oil"], [DE], ALL) == made


def test_rows_are_found_by_their_text_on_one_line() -> None:
    before = b'text,de\n"Natural\n  gas",\n'
    assert extend_table(before, ["Natural gas"], [DE], ALL) == before


@pytest.mark.parametrize(
    ("before", "reason"),
    [
        (b"name,de\nGas,Erdgas\n", "no column 'text'"),
        (b"\n\n", "no column 'text'"),
        (b"text,de\nGas,Erdgas,Heizgas\n", "row 2 has more cells"),
        (b'text,de\n"Gas,Erdgas\n', "quotation mark"),
        (b"\x00\x01\x02\xff\xfe\xfa" * 40, "not a text file"),
    ],
)
def test_a_file_that_would_change_is_refused(before: bytes, reason: str) -> None:
    with pytest.raises(TableError, match=reason):
        extend_table(before, ["Gas"], [DE], ALL)


def test_a_sign_that_the_encoding_does_not_have() -> None:
    with pytest.raises(TableError, match="has no 'Ω'; save it as UTF-8"):
        extend_table(b"text,de\nGas,\xd6l und W\xe4rme\n", ["Ω"], [DE], ALL)
