"""One preview of one report folder: answers each change with new pages, as soon as there are some.

A change to a chapter shows that chapter first, laid out alone with what was checked before. Then the whole report is
checked and laid out; what did not change since the last time is not computed again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct

from gri_builder.layout.render import Rendered, render_chapters, render_pdf
from gri_builder.memos import Memos
from gri_builder.model.document import Chapter, Document
from gri_builder.model.finding import Finding
from gri_builder.model.sign_off.status import SignOffStatus
from gri_builder.pipeline.build import CheckedReport, compose_report, load_and_check
from gri_builder.pipeline.output_files import place_claims
from gri_builder.preview.edited_chapter import read_chapter, with_chapter
from gri_builder.preview.pages import make_pages
from gri_builder.preview.view import Checked, PageRange, View
from gri_builder.provenance.ledger import make_ledger
from gri_builder.provenance.page_locations import complete_ledger, list_facts
from gri_builder.sign_off.status import find_status
from gri_builder.sign_off.today import find_today


class _SupersededError(Exception):
    """A newer change makes the answer to this one useless."""


class _Shown(Struct, frozen=True):
    """The last good state: the whole report as checked, composed and laid out."""

    checked: CheckedReport
    draft: bool
    chapters: tuple[Chapter, ...]
    """As composed."""
    known: Mapping[str, int]
    """Pages by id and anchor."""
    spans: dict[int, tuple[int, int]]
    """First and last page of each chapter, by its number from 1, on the pages that are shown."""

    def neighbours(self, number: int) -> range:
        """Return the numbers of a chapter and of those that share a page with it, or with one that does."""
        low = high = number
        while low - 1 in self.spans and self.spans[low - 1][1] >= self.spans[low][0]:
            low -= 1
        while high + 1 in self.spans and self.spans[high + 1][0] <= self.spans[high][1]:
            high += 1
        return range(low, high + 1)

    def move(self, numbers: range, spans: Mapping[int, tuple[int, int]], by: int) -> None:
        """Take over the pages of some chapters; those of later chapters move by that many."""
        later = {
            number: (first + by, last + by) for number, (first, last) in self.spans.items() if number >= numbers.stop
        }
        self.spans.update(later)
        self.spans.update(spans)


class Session:
    """Keeps what was read, checked and laid out before, so that a change costs little."""

    def __init__(self, folder: Path, today: Callable[[], date] = find_today, language: str | None = None) -> None:
        """`today` decides what is late; `language` is the edition of a report in several languages."""
        self.folder, self.today, self.language = folder, today, language
        self.revision = 0
        self._memos = Memos()
        self._shown: _Shown | None = None
        self._count = 0
        """How many pages are shown."""

    def update(
        self,
        changed: Collection[str] | None = None,
        draft: bool = True,
        is_superseded: Callable[[], bool] = lambda: False,
    ) -> Iterator[View]:
        """Yield the steps of the answer to a change.

        `changed` are the paths of the files in the report folder that changed; None is any of them. `draft` says
        whether a draft or the final report is shown. `is_superseded` is asked now and then whether a newer change makes
        this answer useless; then no more steps follow.
        """
        self.revision += 1

        def check_superseded(_: int = 0) -> None:
            if is_superseded():
                raise _SupersededError

        try:
            quick = self._show_chapter(changed, draft)
            if quick:
                yield View(self.revision, False, quick)
            yield from self._show_report(draft, quick is not None, check_superseded)
        except _SupersededError:
            return

    def _show_report(self, draft: bool, has_pages: bool, check_superseded: Callable[[int], None]) -> Iterator[View]:
        """Yield the findings, then the pages that changed first unless there are some, then all pages."""
        with self._memos.remembering():
            examined = load_and_check(self.folder, draft, language=self.language)
            checked, findings = examined.value, examined.findings
            document = compose_report(checked, draft) if checked and (draft or examined.ok) else None
        coverage = checked.coverage if checked else None
        if checked is None or document is None:
            yield View(self.revision, True, checked=Checked(findings, coverage, None))
            return
        check_superseded(0)
        first = None if has_pages else self._show_first_change(document, draft)
        ledger = make_ledger(checked.source, checked.report, checked.coverage)
        before = Checked(findings, coverage, ledger, document.gaps)
        yield View(self.revision, False, first, before)
        check_superseded(0)
        with self._memos.remembering(same_round=True):
            rendered = render_pdf(document, progress=check_superseded, name=f"{checked.report.name}.pdf")
        landed = rendered.landed
        known = {name: pages[0] for name, pages in landed.places.items() if pages}
        self._shown = _Shown(checked, draft, document.chapters, known, dict(landed.chapters))
        yield self._show_all(checked, document, rendered, findings)

    def _show_all(
        self, checked: CheckedReport, document: Document, rendered: Rendered, findings: tuple[Finding, ...]
    ) -> View:
        landed = rendered.landed
        claims = place_claims(document, landed.places)
        ledger = make_ledger(checked.source, checked.report, checked.coverage)
        whole = complete_ledger(ledger, document, claims, landed.pages, landed.facts, list_facts(document))
        pages = PageRange(rendered.pdf, make_pages(landed, checked), 0, self._count)
        self._count = landed.pages
        status = self._find_status(checked)
        found = Checked((*findings, *rendered.findings), checked.coverage, whole, document.gaps, status)
        return View(self.revision, True, pages, found)

    def _find_status(self, checked: CheckedReport) -> SignOffStatus:
        """Return who owes what; of a translation, beside that of the report which it is translated from."""
        edition = checked.source.edition
        if edition is None or edition.tag == edition.source_tag:
            return find_status(self.folder, checked, self.today())
        with self._memos.remembering():
            source = load_and_check(self.folder, draft=True).value
        return find_status(self.folder, source or checked, self.today(), (checked,) if source else ())

    def _show_chapter(self, changed: Collection[str] | None, draft: bool) -> PageRange | None:
        """Return the pages of the only chapter that changed, laid out alone; None where something else changed too."""
        shown = self._shown
        if shown is None or changed is None or len(changed) != 1 or shown.draft != draft:
            return None
        (path,) = changed
        chapter = read_chapter(self.folder, path, shown.checked)
        if chapter is None:
            return None
        checked, number = with_chapter(shown.checked, chapter)
        try:
            return self._show_alone(shown, checked, number, draft)
        except Exception:  # what is not checked yet may name what is not there; the check that follows says so
            return None

    def _show_first_change(self, document: Document, draft: bool) -> PageRange | None:
        """Return the pages of the first chapter that changed, where the others stay as they are."""
        shown = self._shown
        if shown is None or shown.draft != draft or len(shown.chapters) != len(document.chapters):
            return None
        pairs = enumerate(zip(shown.chapters, document.chapters, strict=True), 1)
        number = next((number for number, (old, new) in pairs if old != new), None)
        return self._lay_out_alone(shown, document, number) if number else None

    def _show_alone(self, shown: _Shown, checked: CheckedReport, number: int, draft: bool) -> PageRange:
        with self._memos.remembering():
            document = compose_report(checked, draft, shown.neighbours(number))
        return self._lay_out_alone(shown, document, number)

    def _lay_out_alone(self, shown: _Shown, document: Document, number: int) -> PageRange:
        """Return the pages of a chapter, and of those that share a page with it."""
        numbers = shown.neighbours(number)
        first, last = shown.spans[numbers[0]][0], shown.spans[numbers[-1]][1]
        with self._memos.remembering(same_round=True):
            rendered = render_chapters(document, numbers, first, shown.known)
        pages = make_pages(rendered.landed, shown.checked, first)
        replaced = last - first + 1
        shown.move(numbers, rendered.landed.chapters, len(pages) - replaced)
        self._count += len(pages) - replaced
        return PageRange(rendered.pdf, pages, first - 1, replaced)
