"""Rules on pages: their labels, printed numbers and unchanged content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gri_builder.audit.gri_builder_pdf.page_alignment import align_pages, list_moved
from gri_builder.audit.rules.context import RuleContext, RuleOutcome, failed, passed, skipped
from gri_builder.pdf_reader.pdf_file import Page

MOVED = "pages were swapped, removed or inserted"
COMPARE = "compare it with the PDF as the organization published it"
FOOTER_HEIGHT = 44.0
"""Height of the strip at the bottom of a page that contains its printed number, in points."""


def check_labels(context: RuleContext) -> Iterator[RuleOutcome]:
    """The page label that viewers show is the one that the index prints.

    ISO 32000-1, 12.4.2.
    """
    assert context.embedded
    for row in context.embedded.rows:
        there = [(page, label) for page, label in zip(row.claim.physical_pages, row.labels, strict=False)]
        wrong = [
            f"page {page} is labelled '{context.pdf.pages[page - 1].label}', the index calls it '{label}'"
            for page, label in there
            if page <= len(context.pdf.pages) and context.pdf.pages[page - 1].label != label
        ]
        if wrong:
            yield failed("; ".join(wrong), row.claim.id, there[0][0], "page labels were changed")
        elif len(row.labels) != len(row.claim.physical_pages):
            yield failed("the embedded index has different numbers of printed and physical pages", row.claim.id)
        elif there:
            yield passed("its pages are labelled as the index prints them", row.claim.id, there[0][0])


def check_printed_numbers(context: RuleContext) -> Iterator[RuleOutcome]:
    """The number in the footer of a page is its label: no pages were swapped, removed or inserted."""
    assert context.embedded
    for page in context.pdf.pages:
        printed = find_printed_number(page)
        if printed is None and page.number not in context.embedded.body:
            continue
        if printed is None:
            yield skipped("no number is printed in its footer", page=page.number)
        elif printed == page.label:
            yield passed("the number in its footer is its label", page=page.number)
        else:
            message = f"'{printed}' is printed in its footer, but it is labelled '{page.label}'"
            yield failed(
                message, page=page.number, hint="pages were swapped, removed or inserted, or the number changed"
            )


def find_printed_number(page: Page) -> str | None:
    """Return the last number in the bottom margin of a gri-builder page; None if it has none."""
    numbers = [word for word in page.read_foot(FOOTER_HEIGHT).split() if word.isdigit()]
    return numbers[-1] if numbers else None


def check_page_hashes(context: RuleContext) -> Iterator[RuleOutcome]:
    """The content of each page has the hash in the embedded data, so the page is unchanged.

    Whoever changes a page can change its hash too; the other rules compare what the page prints.
    """
    assert context.embedded
    hashes, pages = context.embedded.page_hashes, context.pdf.pages
    if not hashes:
        yield skipped("the embedded data contains no hashes of pages")
        return
    present = [page.sha256 for page in pages]
    numbers = align_pages(hashes, present)
    for number in sorted(set(range(1, len(hashes) + 1)).difference(numbers)):
        yield failed(f"what was built as page {number} is not in the PDF", hint="a page was removed or changed")
    if len(pages) > len(hashes):
        yield failed(f"the PDF has {len(pages)} pages, but {len(hashes)} were built", hint="pages were added")
    moved = frozenset(list_moved(numbers))
    for page, number in zip(pages, numbers, strict=True):
        yield _judge_content(page, number, hashes, page.number in moved)


def _judge_content(page: Page, number: int, hashes: Sequence[str], is_moved: bool) -> RuleOutcome:
    """Return the outcome for a page that was built with that number, or added where it is below zero."""
    if number < 0:
        copied = hashes.index(page.sha256) + 1 if page.sha256 in hashes else None
        what = f"it is a second copy of what was built as page {copied}" if copied else "it was added"
        return failed(what, page=page.number, hint="pages were added")
    if page.sha256 != hashes[number - 1]:
        return failed("its content was changed after the report was made", page=page.number, hint=COMPARE)
    if is_moved:
        return failed(f"it contains what was built as page {number}", page=page.number, hint=MOVED)
    return passed("its content is that which was built", page=page.number)
