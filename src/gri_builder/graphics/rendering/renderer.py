"""Renders a plain SVG file as a PNG, by resvg: no fonts of the system, no other files, the same bytes each time."""

from __future__ import annotations

from msgspec import Struct


class RenderJob(Struct, frozen=True):
    """A drawing to render."""

    svg: str
    width: int
    """Of the PNG, in pixels."""
    height: int
    font_files: tuple[str, ...]
    """Paths of the fonts that are shipped, which are all that text may use."""
    families: Families
    background: str | None = None


class Families(Struct, frozen=True):
    """Names of the families for text without a font of its own, or whose font is not here."""

    default: str
    serif: str


def render_svg(job: RenderJob) -> bytes:
    """Return a drawing as a PNG; raises ValueError for what the renderer can't read."""
    import resvg_py

    data: bytes = resvg_py.svg_to_bytes(
        svg_string=job.svg,
        width=job.width,
        height=job.height,
        dpi=96.0,
        background=job.background,
        skip_system_fonts=True,
        font_files=list(job.font_files),
        font_family=job.families.default,
        serif_family=job.families.serif,
        sans_serif_family=job.families.default,
        cursive_family=job.families.default,
        fantasy_family=job.families.default,
        monospace_family=job.families.default,
    )
    return data
