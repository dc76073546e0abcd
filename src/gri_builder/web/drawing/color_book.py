"""The colours of all drawings of an edition, as custom properties that change on a dark page."""

from __future__ import annotations

from gri_builder.model.color import Color, to_hex


class ColorBook:
    """Collects the colours that drawings use."""

    def __init__(self) -> None:
        self._colors: dict[str, Color] = {}

    def use(self, color: Color) -> str:
        """Return a colour as drawings write it; the style sheet defines it."""
        name = to_hex(color)[1:]
        self._colors[name] = color
        return f"var(--c{name})"

    def list_colors(self) -> tuple[tuple[str, Color], ...]:
        """Return the properties with their colours on a light page, sorted."""
        return tuple((f"--c{name}", color) for name, color in sorted(self._colors.items()))
