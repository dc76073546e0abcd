"""The fonts that come along as packages: FiraGO and Source Serif, the files of their faces."""

from __future__ import annotations

from functools import cache
from threading import Thread

FIRA_GO, SOURCE_SERIF = "fira-go", "source-serif"
"""Names of the families, as in `theme.yaml`."""
_FIRA_FILES = {"regular": "figo", "bold": "figbo", "italic": "figit", "bold_italic": "figbi"}
_SERIF_FILES = {"regular": "Regular", "bold": "Semibold", "italic": "It", "bold_italic": "SemiboldIt"}


@cache
def load_bundled_font(family: str, face: str) -> bytes:
    """Return the TrueType file of a face: 'regular', 'bold', 'italic' or 'bold_italic'."""
    if family == SOURCE_SERIF:
        from importlib import resources

        files = resources.files("font_source_serif_pro") / "files"
        return (files / f"SourceSerifPro-{_SERIF_FILES[face]}.ttf").read_bytes()
    import pymupdf_fonts

    data: bytes = pymupdf_fonts.myfont(_FIRA_FILES[face])
    return data


def preload_fonts() -> None:
    """Begin to unpack the faces of FiraGO that every report needs, beside what is done until they are asked for."""
    Thread(
        target=lambda: [load_bundled_font(FIRA_GO, face) for face in ("regular", "bold", "italic")], daemon=True
    ).start()
