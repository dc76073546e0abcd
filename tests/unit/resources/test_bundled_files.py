"""Bundled fonts and icons: complete, unchanged, and with their licences."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

import gri_builder.resources
from gri_builder.resources.bundled_fonts import FIRA_GO, SOURCE_SERIF, load_bundled_font
from gri_builder.resources.icons import icon_names, load_icon

FOLDER = Path(gri_builder.resources.__file__).parent
HASHES = {
    (FIRA_GO, "regular"): "495901c0c608ea26",
    (FIRA_GO, "bold"): "ab720753c3907355",
    (FIRA_GO, "italic"): "36713ecac376845d",
    (FIRA_GO, "bold_italic"): "51ad0da400568385",
    (SOURCE_SERIF, "regular"): "b4e0771f06d8f657",
    (SOURCE_SERIF, "bold"): "83cc8531f284efb7",
    (SOURCE_SERIF, "italic"): "13e315bc49bd04ef",
    (SOURCE_SERIF, "bold_italic"): "ce9ebf5f494bc17c",
}
"""SHA-256 of each font file as its author publishes it, first 16 digits."""


@pytest.mark.parametrize(("family", "face"), HASHES)
def test_fonts_are_unchanged(family: str, face: str) -> None:
    assert hashlib.sha256(load_bundled_font(family, face)).hexdigest()[:16] == HASHES[family, face]


def test_all_icons_can_be_drawn() -> None:
    assert len(icon_names()) == 1745
    for name in icon_names():
        drawing = load_icon(name)
        assert (drawing.width, drawing.height) == (24, 24)
        assert drawing.shapes


def test_every_folder_of_others_works_has_its_licence() -> None:
    notice = (FOLDER / "NOTICE.md").read_text(encoding="utf-8")
    for folder, licence in (("fonts/fira-go", "OFL.txt"), ("fonts/source-serif", "OFL.txt"), ("lucide", "LICENSE.txt")):
        assert f"`{folder}`" in notice
        assert "copyright" in (FOLDER / folder / licence).read_text(encoding="utf-8").lower()
