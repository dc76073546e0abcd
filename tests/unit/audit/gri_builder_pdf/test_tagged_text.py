"""Texts as they are compared: by letters and digits alone, or with single spaces."""

from __future__ import annotations

import re
import sys
import unicodedata

from gri_builder.audit.gri_builder_pdf.tagged_text import alphanumeric_only, normalize_whitespace


def test_only_letters_and_digits_count() -> None:
    assert alphanumeric_only("G4-EN3 (a): 1,200 t_CO2") == "G4EN3a1200tCO2"
    assert alphanumeric_only("½ ﬁne – naïve²") == "12finenaïve2"
    assert alphanumeric_only("") == ""
    for n in range(128):
        expected = chr(n) if re.fullmatch(r"[^\W_]", chr(n)) else ""
        assert alphanumeric_only(f"a{chr(n)}b") == f"a{expected}b"


def test_spaces_are_evened_out() -> None:
    assert normalize_whitespace(" a\u00ad\nb\t\u2003 c\u200b ") == "a b c"
    spaces = [chr(n) for n in range(sys.maxunicode + 1) if chr(n).isspace()]
    for each in spaces:
        assert normalize_whitespace(f"{each}a{each}{each}b") == "a b"
        assert re.fullmatch(r"\s", each)


def test_compatible_forms_are_one() -> None:
    assert alphanumeric_only("e\u0301") == unicodedata.normalize("NFC", "e\u0301")
