"""The back cover: the organization, its address, where the report is on the web, and what report it is."""

from __future__ import annotations

from gri_builder.compose.context import ComposeContext
from gri_builder.compose.front_matter import compose_web_edition, list_contacts, print_publication
from gri_builder.model.document import BackCover
from gri_builder.model.rich_text import Run

LONG = 20
"""Pages from which a report has a back cover unless its theme says otherwise."""


def compose_back_cover(context: ComposeContext) -> BackCover | None:
    """Return the last page; None for a report that wants none."""
    report = context.report
    if report.theme.back_cover is False:
        return None
    organization = report.organization
    address = (Run(organization.address),) if organization.address else ()
    return BackCover(
        organization.name,
        tuple(runs for runs in (address, *list_contacts(context)) if runs),
        (report.title, print_publication(context)),
        report.pictures.get(report.theme.logo) if report.theme.logo else None,
        compose_web_edition(context),
        0 if report.theme.back_cover else LONG,
    )
