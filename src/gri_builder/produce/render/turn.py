"""Changes of page: what follows stands on a new one of another kind."""

from __future__ import annotations

from typing import Any

from reportlab.platypus.doctemplate import ActionFlowable

from gri_builder.produce.render.block import Block


class PageChange(ActionFlowable, Block):  # type: ignore[misc]  # ReportLab has no types
    """Goes on on a new page; `kind` is the name of its template."""

    def __init__(self, kind: str) -> None:
        Block.__init__(self)
        self.kind = kind

    def apply(self, doc: Any) -> None:
        """Choose the template of the next page and end this one, as Platypus asks."""
        doc.handle_nextPageTemplate(self.kind)
        doc.handle_frameEnd()
