"""Titles of font families: the names that people know them by."""

from __future__ import annotations

import io
from pathlib import PurePosixPath

from gri_builder.model.theme import FontFamily
from gri_builder.resources.bundled_fonts import NAMES_IN_FILES

BUNDLED_LICENSE = "SIL Open Font License 1.1"
"""Licence of the bundled families, in their folders."""
_FAMILY, _TYPOGRAPHIC_FAMILY = 1, 16
"""Ids of a font's names (OpenType, table 'name')."""


def family_title(family: FontFamily) -> str:
    """Return the name of a family: a bundled one's, or that in the file of its regular face, or else the file's."""
    if not family.faces:
        return NAMES_IN_FILES.get(family.name, family.name)
    from fontTools.ttLib import TTFont, TTLibError

    try:
        names = TTFont(io.BytesIO(family.faces["regular"]), lazy=True)["name"]
        title = names.getDebugName(_TYPOGRAPHIC_FAMILY) or names.getDebugName(_FAMILY)
    except (KeyError, TTLibError):
        title = None
    return title or PurePosixPath(family.name).stem
