"""Rules on named destinations: names of places in the PDF, e.g. after '#' in an address."""

from __future__ import annotations

from collections.abc import Iterator

from gri_builder.audit.rules.context import RuleContext, RuleOutcome, failed, passed


def check_destinations(context: RuleContext) -> Iterator[RuleOutcome]:
    """Each covered disclosure has a destination named after it, on the first page that the index gives for it.

    ISO 32000-1, 12.3.2.3.
    """
    assert context.embedded
    places = context.pdf.destinations
    for claim in context.embedded.claims:
        place = places.get(claim.id)
        if claim.physical_pages and place is None:
            yield failed(f"the PDF has no named destination '{claim.id}'", claim.id, claim.physical_pages[0])
        elif place and not claim.physical_pages:
            message = f"the named destination '{claim.id}' leads to page {place[0]}, the index gives no page for it"
            yield failed(message, claim.id, place[0])
        elif place and place[0] != claim.physical_pages[0]:
            message = (
                f"the named destination '{claim.id}' leads to page {place[0]}, the index to {claim.physical_pages[0]}"
            )
            yield failed(message, claim.id, place[0], "the destination or the index was changed, or pages were moved")
        elif place:
            yield passed("its named destination leads to its first page", claim.id, place[0])
    start = "page/" if "page/1" in places else "page-"  # as in older versions
    for page in range(1, len(context.pdf.pages) + 1):
        place = places.get(f"{start}{page}")
        if place and place[0] != page:
            yield failed(f"the named destination '{start}{page}' leads to page {place[0]}", page=page)
    listed = {claim.id for claim in context.embedded.claims}
    for name in sorted(places.keys() & context.framework.disclosures.keys()):
        if name not in listed:
            message = f"the PDF has a named destination '{name}', but the embedded index has no row for it"
            yield failed(message, name, places[name][0])
