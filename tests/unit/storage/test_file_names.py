"""Names that a file can't have on every system."""

from __future__ import annotations

import pytest

from gri_builder.storage.file_names import find_name_flaw


@pytest.mark.parametrize(
    ("name", "flaw"),
    [
        *((name, "device") for name in ("CON", "nul", "Aux.pdf", "com1", "LPT9.x.y", "com¹", "con .txt", "CONIN$")),
        ("a.", "dot or a space"),
        ("a ", "dot or a space"),
        ("ü" * 128, "longer than 255 bytes"),
    ],
)
def test_names_with_a_flaw(name: str, flaw: str) -> None:
    assert flaw in (find_name_flaw(name) or "")


@pytest.mark.parametrize("name", ["console", "acme-2015", "com", "com10", "con-2015", ".", "..", "a.b", "ü" * 127])
def test_names_without(name: str) -> None:
    assert find_name_flaw(name) is None
