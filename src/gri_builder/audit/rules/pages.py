"""Rules on pages: their labels, the numbers printed at their feet, their content as it was built."""

from __future__ import annotations

from collections.abc import Iterator

from gri_builder.audit.pdf_reader.pdf_file import Page
from gri_builder.audit.rules.context import RuleContext, RuleOutcome, failed, passed, skipped

MOVED = "pages were swapped, removed or inserted"
COMPARE = "compare it with the PDF as the organization published it"
FOOT = 60.0
"""Height of the strip at the foot of a page that holds its printed number, in points."""


def check_labels(subject: RuleContext) -> Iterator[RuleOutcome]:
    """The page label that viewers show is the one that the index prints, so that both lead to the same page.

    ISO 32000-1, 12.4.2.
    """
    assert subject.own
    for row in subject.own.rows:
        there = [(page, label) for page, label in zip(row.claim.physical_pages, row.labels, strict=False)]
        wrong = [
            f"page {page} is labelled '{subject.pdf.pages[page - 1].label}', the index calls it '{label}'"
            for page, label in there
            if page <= len(subject.pdf.pages) and subject.pdf.pages[page - 1].label != label
        ]
        if wrong:
            yield failed("; ".join(wrong), row.claim.id, there[0][0], "page labels were changed")
        elif len(row.labels) != len(row.claim.physical_pages):
            yield failed("the embedded index has not as many printed as physical pages", row.claim.id)
        elif there:
            yield passed("its pages are labelled as the index prints them", row.claim.id, there[0][0])


def check_printed_numbers(subject: RuleContext) -> Iterator[RuleOutcome]:
    """The number printed at the foot of a page is its label: pages were not swapped, removed or inserted."""
    assert subject.own
    for page in subject.pdf.pages:
        printed = find_printed_number(page)
        if printed is None and page.number not in subject.own.body:
            continue
        if printed is None:
            yield skipped("no number is printed at its foot", page=page.number)
        elif printed == page.label:
            yield passed("the number at its foot is its label", page=page.number)
        else:
            message = f"'{printed}' is printed at its foot, but it is labelled '{page.label}'"
            yield failed(
                message, page=page.number, hint="pages were swapped, removed or inserted, or the number changed"
            )


def find_printed_number(page: Page) -> str | None:
    """Return the last number in the lower margin of one of our pages; None where there is none."""
    numbers = [word for word in page.read_foot(FOOT).split() if word.isdigit()]
    return numbers[-1] if numbers else None


def check_page_hashes(subject: RuleContext) -> Iterator[RuleOutcome]:
    """The content of each page has the hash that the embedded data gives for it: nothing on it was changed at all.

    Whoever changes a page can change its hash too; the other rules compare what the page says.
    """
    assert subject.own
    data = subject.own.carried.data
    if data is None or not data.seals:
        yield skipped("the embedded data holds no hashes of pages")
        return
    pages = subject.pdf.pages
    there = {page.sha256 for page in pages}
    for number, seal in enumerate(data.seals, 1):
        if len(pages) < len(data.seals) and seal not in there:
            yield failed(f"what was built as page {number} is not in the PDF", hint="a page was removed or changed")
    if len(pages) > len(data.seals):
        yield failed(f"the PDF has {len(pages)} pages, but {len(data.seals)} were built", hint="pages were added")
    places = {seal: number for number, seal in enumerate(data.seals, 1)}
    for page, seal in zip(pages, data.seals, strict=False):
        if page.sha256 == seal:
            yield passed("its content is that which was built", page=page.number)
        elif page.sha256 in places:
            yield failed(f"it holds what was built as page {places[page.sha256]}", page=page.number, hint=MOVED)
        else:
            yield failed("its content was changed after the report was made", page=page.number, hint=COMPARE)
