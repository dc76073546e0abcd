"""One preview: what changes in the folder goes to the worker, what the worker answers goes to the browser."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec import Struct

from gri_builder.model.provenance import Ledger
from gri_builder.preview.server.edited_place import find_edited
from gri_builder.preview.server.feed import Feed
from gri_builder.preview.server.final_build import FinalBuild, run_build
from gri_builder.preview.server.line_shifts import LineShifts
from gri_builder.preview.server.payloads import coverage_values, finding_values, gap_values, page_values
from gri_builder.preview.server.shown_pages import ShownPages
from gri_builder.preview.server.supervisor import Supervisor
from gri_builder.preview.server.watcher import FolderWatcher
from gri_builder.preview.server.work import ReturnedFiles, status_values
from gri_builder.preview.server.worker import Answer
from gri_builder.preview.view import Checked, PageRange


class Status(Struct):
    """What the browser says about the pages as a whole."""

    report: str
    """Name of the report folder."""
    draft: bool
    """Whether a draft is asked for, or the final report."""
    busy: bool = True
    is_kept: bool = False
    """Whether the pages are those before the last change, as the change left nothing to show."""
    shown_draft: bool = True
    """Whether the pages that are shown are those of a draft."""
    problem: str | None = None
    """One sentence."""
    gone: bool = False
    """Whether there is no report in the folder at the moment."""


class Preview:
    """The state of a preview; all methods are for the thread of the event loop."""

    def __init__(self, folder: Path, output: Path, draft: bool, language: str | None = None) -> None:
        self.folder, self.output = folder, output
        self.feed = Feed()
        self.pages = ShownPages()
        self.returned = ReturnedFiles()
        self.ledger: Ledger | None = None
        self.built: Path | None = None
        """The final PDF, once it is built."""
        self.status = Status(folder.resolve().name, draft, shown_draft=draft)
        self.shifts = LineShifts(folder)
        self.supervisor = Supervisor(folder, self._answer, self._notice_crash, language)
        self._session = 0
        self._number = 0
        self._settled: dict[int, str] = {}
        """Key of each page by its id, as of the last whole answer."""
        self._build: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Show the report, and then each change of it, until cancelled."""
        self.supervisor.request(None, self.status.draft)
        self._publish_status()
        watcher = await asyncio.to_thread(FolderWatcher, self.folder, self.output)
        await asyncio.to_thread(self.shifts.remember)
        async for change in watcher.watch():
            self.status.gone = change.is_gone
            if change.paths and not change.is_gone:
                self.shifts.note(change.paths)
                self._ask(change.paths)
            self._publish_status()

    def show(self, draft: bool) -> None:
        """Show a draft, or the final report."""
        if draft != self.status.draft:
            self.status.draft = draft
            self._ask(frozenset())

    def _ask(self, changed: frozenset[str]) -> None:
        self.status.busy = True
        self.supervisor.request(changed, self.status.draft)
        self._publish_status()

    def _answer(self, answer: Answer) -> None:
        """Take a step of an answer to the browser."""
        view = answer.view
        if view is None:
            self.status.busy, self.status.is_kept, self.status.problem = False, bool(self.pages.pages), answer.failure
            self._publish_status()
            return
        if answer.number != self._number:
            self._number, self.status.is_kept = answer.number, False
        if view.pages is not None:
            self._take_pages(view.pages, answer, view.is_last)
        if view.checked is not None:
            self._take_checked(view.checked)
        has_none = view.checked is not None and view.checked.ledger is None
        if view.pages is None and (view.problem or has_none):
            self.status.is_kept = bool(self.pages.pages)
        self.status.problem = view.problem
        self.status.busy = not view.is_last or answer.number != self.supervisor.number
        if not self.status.busy:
            self.shifts.edits.clear()
        self._publish_status()

    def _take_pages(self, change: PageRange, answer: Answer, is_last: bool) -> None:
        fresh = self.pages.replace(change, everything=answer.session != self._session)
        self._session = answer.session
        self.status.shown_draft, self.status.is_kept = self.status.draft, False
        edited = find_edited(self.pages.pages, fresh, self.shifts.edits, self.ledger)
        keys = {each.id: each.page.key for each in self.pages.pages}
        changed: tuple[int, ...] = (edited.id,) if edited else fresh
        if is_last:  # pages laid out alone have other keys, whether they look alike or not
            changed = tuple(id for id, key in keys.items() if self._settled.get(id) != key)
            self._settled = keys
        pages = {
            "revision": answer.number,
            "pages": page_values(self.pages.pages),
            "changed": changed,
            "edited": edited,
        }
        self.feed.publish("pages", {**pages, "shifts": self.shifts.take()})

    def _take_checked(self, checked: Checked) -> None:
        if checked.ledger is not None:
            self.ledger = checked.ledger
        self.feed.publish("findings", finding_values(checked.findings))
        self.feed.publish("gaps", gap_values(checked.gaps))
        if checked.status is not None:
            self.feed.publish("work", status_values(checked.status))
        if checked.coverage is not None:
            self.feed.publish("coverage", coverage_values(checked.coverage))

    def _notice_crash(self, sentence: str) -> None:
        self.status.problem = sentence
        self.status.busy, self.status.is_kept = False, bool(self.pages.pages)
        self._publish_status()

    def _publish_status(self) -> None:
        self.feed.publish("status", self.status)

    def build(self) -> bool:
        """Build the final report into the output folder; return False if a build is running."""
        if self._build is not None and not self._build.done():
            return False
        self.feed.publish("build", {"state": "running"})
        self._build = asyncio.create_task(self._run_build())
        return True

    async def _run_build(self) -> None:
        built = await asyncio.to_thread(run_build, self.folder, self.output)
        self.built = next(iter(built.files), None)
        self.feed.publish("build", _build_values(built))

    def stop(self) -> None:
        """End all that runs."""
        self.feed.close()
        self.supervisor.stop()
        for child in multiprocessing.active_children():  # a final build
            child.terminate()
        self.pages.close()
        self.returned.clear()


def _build_values(built: FinalBuild) -> dict[str, Any]:
    state = "failed" if not built.files else "done"
    errors: Iterable[Any] = [each for each in built.findings if each.severity == "error"]
    return {
        "state": state,
        "problem": built.problem,
        "files": [file.name for file in built.files],
        "folder": str(built.files[0].parent) if built.files else "",
        "pages": built.pages,
        "findings": finding_values(errors),
    }
