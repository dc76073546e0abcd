"""A page as it was written, before it is put among the parts that all pages have."""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct

from gri_builder.web.site_plan import PlannedPage


class WrittenPage(Struct, frozen=True):
    """The content of a page."""

    planned: PlannedPage
    content: Markup
    address: str
    """Its file; empty where all pages are in one."""
