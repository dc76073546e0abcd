"""Rules on links, contents and bookmarks: each leads to an existing place, and to the one that it names."""

from __future__ import annotations

from collections.abc import Iterator

from gri_builder.audit.gri_builder_pdf.embedded_report import EmbeddedReport
from gri_builder.audit.gri_builder_pdf.tagged_text import HEADINGS, alphanumeric_only
from gri_builder.audit.rules.context import RuleContext, RuleOutcome, failed, passed, skipped


def check_links(context: RuleContext) -> Iterator[RuleOutcome]:
    """Each link inside the PDF has a target; links to addresses outside are not followed."""
    inside = outside = 0
    for page in context.pdf.pages:
        for link in page.links:
            if link.outside:
                outside += 1
            elif _is_broken(context, link.target):
                yield failed(f"a link leads to '{link.target}', which does not exist in the PDF", page=page.number)
            else:
                inside += 1
    if inside:
        yield passed(f"{inside} links lead to existing places")
    if outside:
        yield skipped(f"{outside} links lead to addresses outside the PDF and are not followed")


def _is_broken(context: RuleContext, target: object) -> bool:
    if isinstance(target, int):
        return not 0 < target <= len(context.pdf.pages)
    return target not in context.pdf.destinations


def check_contents(context: RuleContext) -> Iterator[RuleOutcome]:
    """Each line of the contents prints the page that its link leads to, and its heading is on that page."""
    embedded = context.embedded
    assert embedded
    lines = [block for block in embedded.tagged.blocks if block.role == "TOCI"]
    pages = sorted({page for line in lines for page in line.pages})
    links = [link for page in pages for link in context.pdf.pages[page - 1].links]
    if len(lines) != len(links):
        yield failed(f"the contents have {len(lines)} lines and {len(links)} links", page=pages[0] if pages else None)
        return
    for line, link in zip(lines, links, strict=True):
        title, _, printed = line.text.rpartition(" ")
        place = context.pdf.destinations.get(str(link.target))
        label = context.pdf.pages[place[0] - 1].label if place else None
        if place is None:
            yield failed(f"the line '{title}' has no target", page=line.page)
        elif label != printed:
            yield failed(f"the line '{title}' prints {printed}, its link leads to {label}", page=line.page)
        elif not _is_headed(embedded, place[0], title):
            yield failed(f"the line '{title}' leads to page {label}, which has no such heading", page=line.page)
        else:
            yield passed(f"'{title}' is on page {label}", page=line.page)


def _is_headed(embedded: EmbeddedReport, page: int, title: str) -> bool:
    wanted = alphanumeric_only(title)
    return any(
        b.role in HEADINGS and alphanumeric_only(b.text) == wanted for b in embedded.tagged.by_page.get(page, ())
    )


def check_bookmarks(context: RuleContext) -> Iterator[RuleOutcome]:
    """Each bookmark leads to the page with its heading (ISO 32000-1, 12.3.3)."""
    assert context.embedded
    for bookmark in context.pdf.outline:
        page, title = bookmark.page, bookmark.title
        if page is None:
            yield failed(f"the bookmark '{title}' has no target")
        elif _is_headed(context.embedded, page, title):
            yield passed(f"the bookmark '{title}' leads to its heading", page=page)
        else:
            yield failed(f"the bookmark '{title}' leads to page {page}, which has no such heading", page=page)
