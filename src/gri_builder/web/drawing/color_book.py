"""The colours of all drawings of an edition, as custom properties that change on a dark page."""

from __future__ import annotations

from gri_builder.model.color import Color, to_hex


class ColorBook:
    """Collects the colours that drawings use."""

    def __init__(self) -> None:
        self._colors: dict[str, Color] = {}
        self._texts: dict[str, tuple[Color, Color | None]] = {}

    def use(self, color: Color) -> str:
        """Return a colour as drawings write it; the style sheet defines it."""
        name = to_hex(color)[1:]
        self._colors[name] = color
        return f"var(--c{name})"

    def list_colors(self) -> tuple[tuple[str, Color], ...]:
        """Return the properties with their colours on a light page, sorted."""
        return tuple((f"--c{name}", color) for name, color in sorted(self._colors.items()))

    def use_text(self, color: Color, ground: Color | None = None) -> str:
        """Return the colour of text as drawings write it, on a ground of that colour; None for that of the page."""
        name = f"t{to_hex(color)[1:]}" + (f"-{to_hex(ground)[1:]}" if ground else "")
        self._texts[name] = color, ground
        return f"var(--{name})"

    def list_texts(self) -> tuple[tuple[str, Color, Color | None], ...]:
        """Return the properties of text with its colours and those of its grounds on a light page, sorted."""
        return tuple((f"--{name}", color, ground) for name, (color, ground) in sorted(self._texts.items()))
