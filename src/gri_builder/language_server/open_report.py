"""An open report: checked as it is in the editor, also where files are not saved."""

from __future__ import annotations

from pathlib import Path

from gri_builder.language_server.names import Names, list_names
from gri_builder.memos import Memos
from gri_builder.model.finding import Finding
from gri_builder.pipeline.build import load_and_check
from gri_builder.source.loader import REPORT_FILE


class OpenReport:
    """One report folder with the texts of the files that are open in the editor."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.unsaved: dict[str, bytes] = {}
        """Texts in the editor, by path in the report folder."""
        self.names = Names()
        """The names of the report when it was readable last."""
        self._memos = Memos()

    def check(self) -> tuple[Finding, ...]:
        """Return all findings, and take over the names of the report."""
        with self._memos.remembering():
            checked = load_and_check(self.folder, draft=True, unsaved=dict(self.unsaved))
        if checked.value:
            self.names = list_names(checked.value)
        return checked.findings


def find_report(file: Path) -> Path | None:
    """Return the report folder that a file is in: the nearest folder above it with a report.yaml."""
    return next((folder for folder in file.parents if (folder / REPORT_FILE).is_file()), None)
