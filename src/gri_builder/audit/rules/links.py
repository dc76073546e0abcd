"""Rules on links, contents and bookmarks: each leads to a place that is there, and to the one that it names."""

from __future__ import annotations

from collections.abc import Iterator

from gri_builder.audit.gri_builder_pdf.embedded_report import EmbeddedReport
from gri_builder.audit.gri_builder_pdf.tagged_text import HEADINGS, alphanumeric_only
from gri_builder.audit.rules.context import RuleContext, RuleOutcome, failed, passed, skipped


def check_links(subject: RuleContext) -> Iterator[RuleOutcome]:
    """Each link inside the PDF has a place to lead to; those that lead out of it are not followed."""
    inside = outside = 0
    for page in subject.pdf.pages:
        for link in page.links:
            if link.outside:
                outside += 1
            elif _leads_nowhere(subject, link.target):
                yield failed(f"a link leads to '{link.target}', which is nowhere in the PDF", page=page.number)
            else:
                inside += 1
    if inside:
        yield passed(f"{inside} links lead to places that are there")
    if outside:
        yield skipped(f"{outside} links lead out of the PDF, and are not followed")


def _leads_nowhere(subject: RuleContext, target: object) -> bool:
    if isinstance(target, int):
        return not 0 < target <= len(subject.pdf.pages)
    return target not in subject.pdf.destinations


def check_contents(subject: RuleContext) -> Iterator[RuleOutcome]:
    """Each line of the contents prints the page to which its link leads, and its heading stands there."""
    own = subject.own
    assert own
    lines = [block for block in own.tagged.blocks if block.role == "TOCI"]
    pages = sorted({page for line in lines for page in line.pages})
    links = [link for page in pages for link in subject.pdf.pages[page - 1].links]
    if len(lines) != len(links):
        yield failed(f"the contents have {len(lines)} lines and {len(links)} links", page=pages[0] if pages else None)
        return
    for line, link in zip(lines, links, strict=True):
        title, _, printed = line.text.rpartition(" ")
        place = subject.pdf.destinations.get(str(link.target))
        label = subject.pdf.pages[place[0] - 1].label if place else None
        if place is None:
            yield failed(f"the line '{title}' leads nowhere", page=line.page)
        elif label != printed:
            yield failed(f"the line '{title}' prints {printed}, its link leads to {label}", page=line.page)
        elif not _is_headed(own, place[0], title):
            yield failed(f"the line '{title}' leads to page {label}, which has no such heading", page=line.page)
        else:
            yield passed(f"'{title}' stands on page {label}", page=line.page)


def _is_headed(own: EmbeddedReport, page: int, title: str) -> bool:
    wanted = alphanumeric_only(title)
    return any(b.role in HEADINGS and alphanumeric_only(b.text) == wanted for b in own.tagged.by_page.get(page, ()))


def check_bookmarks(subject: RuleContext) -> Iterator[RuleOutcome]:
    """Each bookmark leads to the page that holds its heading (ISO 32000-1, 12.3.3)."""
    assert subject.own
    for bookmark in subject.pdf.outline:
        page, title = bookmark.page, bookmark.title
        if page is None:
            yield failed(f"the bookmark '{title}' leads nowhere")
        elif _is_headed(subject.own, page, title):
            yield passed(f"the bookmark '{title}' leads to its heading", page=page)
        else:
            yield failed(f"the bookmark '{title}' leads to page {page}, which has no such heading", page=page)
