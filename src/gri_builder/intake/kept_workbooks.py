"""The returned workbooks that are kept in the report folder, so that every number can be walked back to its cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from msgspec import Struct

from gri_builder.intake.report_folder import AskingReport
from gri_builder.intake.returned.read_returned import ReturnedAnswers
from gri_builder.source.loader import COLLECTED

MAX_NAME = 80
"""Letters of a kept workbook's name."""


class KeptWorkbook(Struct, frozen=True):
    """A workbook in the folder of collected values."""

    file: str
    """Path in the report folder."""
    sha256: str
    owner: str | None


class KeptWorkbooks(Struct, frozen=True):
    """All workbooks that are kept, and those of them that are new."""

    workbooks: tuple[KeptWorkbook, ...]
    new: Mapping[str, bytes] = {}
    """Bytes of the new ones, by path."""

    @property
    def paths(self) -> Mapping[str, str]:
        """The path of each, by the hash of its bytes."""
        return {each.sha256: each.file for each in self.workbooks}


def keep_workbooks(report: AskingReport, returned: Iterable[ReturnedAnswers]) -> KeptWorkbooks:
    """Return the workbooks that are kept already, and those that join them; none is ever replaced by another.

    Their order is their age: one that is kept already and counts once more is the newest from now on.
    """
    kept = [KeptWorkbook(each.file, each.sha256, each.owner) for each in report.collected.workbooks.values()]
    known = {each.sha256 for each in kept}
    used = {path.casefold() for path in (*report.source.sheets, *(each.file for each in kept))}
    new: dict[str, bytes] = {}
    for each in returned:
        if each.file.sha256 in known:
            again = [book for book in kept if book.sha256 == each.file.sha256]
            kept = [book for book in kept if book not in again] + again
            continue
        known.add(each.file.sha256)
        path = _free_path(each.file.path.stem, each.file.path.suffix.lower(), used)
        used.add(path.casefold())
        new[path] = each.file.data
        kept.append(KeptWorkbook(path, each.file.sha256, each.owner))
    return KeptWorkbooks(tuple(kept), new)


def _free_path(stem: str, ending: str, used: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:MAX_NAME].strip("-") or "workbook"
    path, number = f"{COLLECTED}{name}{ending}", 1
    while path.casefold() in used:
        number += 1
        path = f"{COLLECTED}{name}-{number}{ending}"
    return path
