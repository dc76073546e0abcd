"""QR codes as SVG."""

from __future__ import annotations

from markupsafe import Markup

from gri_builder.web.markup import element

QUIET = 4
"""Light modules around a code (ISO/IEC 18004, 5.3.8)."""


def write_code(target: str, alt: str) -> Markup:
    """Return the code of an address as an image; its ground is white on a dark page too, so that it is scanned."""
    import segno

    rows = [list(row) for row in segno.make(target, error="m", micro=False, boost_error=False).matrix]
    side = len(rows) + 2 * QUIET
    dark = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z" for y, row in enumerate(rows) for x, module in enumerate(row) if module
    )
    ground = element("path", d=f"M0 0h{side}v{side}h-{side}z", fill="#fff")
    modules = element("path", d=dark, fill="#000")
    box = f"0 0 {side} {side}"
    return element("svg", ground, modules, class_="qr", role="img", aria_label=alt, viewBox=box)
