"""LibreOffice as a judge of requests: what it opened and saved, in each of its formats, is read as it was filled in."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from gri_builder.intake.collect import collect_files
from tests.judges.programs import require
from tests.support.returned_workbooks import CASES, find_soffice, save_by_libreoffice
from tests.unit.intake.test_damaged_workbooks import describe, expected, filled, report

SAVED = ("as-filled", "numbers-as-texts", "percent-format", "estimated", "unit-changed", "row-hidden", "values-merged")
"""Cases that it opens and saves."""
KINDS = {
    "xlsx": "xlsx",
    "ods": "ods",
    "csv": "csv:Text - txt - csv (StarCalc):59,34,76,1,,1031,false,true",
}
"""Its formats by their endings; CSV with semicolons, in UTF-8 and the numbers of German, as they are shown."""


@cache
def saved(kind: str) -> Path:
    """Return the folder with the cases as LibreOffice saves them in a format."""
    folder = Path(mkdtemp())
    (folder / "sent").mkdir()
    files = [folder / "sent" / f"{name}.xlsx" for name in SAVED]
    for name, file in zip(SAVED, files, strict=True):
        file.write_bytes(CASES[name][1](filled()))
    save_by_libreoffice(files, KINDS[kind], folder, folder / "profile")
    return folder


OTHERS = {
    ("values-merged", "csv"): {"fuel[2016, Diesel]": "not taken"},
}
"""What can't be seen in a format: that two cells were one."""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", SAVED)
def test_what_it_saves_is_read(name: str, kind: str) -> None:
    if find_soffice() is None:
        require("soffice is not installed (Debian: apt-get install libreoffice-calc)")
    found = describe(collect_files(report(), [saved(kind) / f"{name}.{kind}"])[0])
    assert found["values"] == OTHERS.get((name, kind), expected()[name]["values"])
    if name == "row-hidden" and kind in ("xlsx", "ods"):
        assert "hidden-row" in str(found["findings"])
