"""Goldens: expected text in files. UPDATE_GOLDEN=1 renews them; a person reads the diff."""

from __future__ import annotations

import os

from tests.support.paths import TESTS

FOLDER = TESTS / "golden"


def assert_golden(name: str, text: str) -> None:
    """Assert that the text is that of the golden file of that name."""
    file = FOLDER / name
    if os.environ.get("UPDATE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8"), f"{file.name} differs; UPDATE_GOLDEN=1 renews it"
