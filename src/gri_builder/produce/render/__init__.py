"""Document to PDF: the only importer of ReportLab."""

from gri_builder.produce.render.fonts import undrawable
from gri_builder.produce.render.pdf import Rendered, render_pdf

__all__ = ["Rendered", "render_pdf", "undrawable"]
