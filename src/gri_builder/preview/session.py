"""One preview of one report folder: answers each change with new pages, as soon as there are some."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from gri_builder.pipeline.build import load_and_check, render_report
from gri_builder.preview.view import Checked, PageRange, PreviewPage, View


class Session:
    """Keeps what was read, checked and laid out before, so that a change costs little."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.revision = 0
        self.shown = 0
        """How many pages are shown."""

    def update(self, changed: Collection[str] | None = None, draft: bool = True) -> Iterator[View]:
        """Yield the steps of the answer to a change.

        `changed` are the paths of the files in the report folder that changed; None is any of them. `draft` says
        whether a draft or the final report is shown.
        """
        self.revision += 1
        checked = load_and_check(self.folder, draft)
        if checked.value is None or not (draft or checked.ok):
            coverage = checked.value.coverage if checked.value else None
            yield View(self.revision, True, checked=Checked(checked.findings, coverage, None))
            return
        made = render_report(checked.value, None, draft)
        pages = tuple(PreviewPage(str(number), str(number), 595.28, 841.89) for number in range(1, made.pages + 1))
        yield View(
            self.revision,
            True,
            PageRange(made.pdf, pages, 0, self.shown),
            Checked((*checked.findings, *made.findings), checked.value.coverage, made.ledger),
        )
        self.shown = made.pages
