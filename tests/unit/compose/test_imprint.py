"""The imprint: credits with known and free labels, credits of pictures, and the names of the typefaces."""

from __future__ import annotations

from pathlib import Path

import pytest

from gri_builder.model.rich_text import Definitions, plain_text
from tests.support.report_folders import MINIMAL, compose_folder, write_report

PICTURE = '![A weir](images/weir.png){credit="Photo: A. Weir"}\n'


def entries(folder: Path) -> dict[str, str]:
    """Return the entries of the imprint by label."""
    document = compose_folder(folder)
    return {
        plain_text(term): " ".join(plain_text(block.runs) for block in blocks)  # type: ignore[union-attr]
        for each in document.imprint
        if isinstance(each, Definitions)
        for term, blocks in each.entries
    }
