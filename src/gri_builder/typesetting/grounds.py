"""Grounds: large areas of a colour as it is, and the colours of what is set on them.

A pale brand stays itself on covers and openers, with dark text; a dark one has white text. Only what is set in the
colour on white paper takes a darker shade of it.
"""

from __future__ import annotations

from msgspec import Struct

from gri_builder.model.color import BLACK, MIN_CONTRAST, WHITE, Color, contrast, mix, readable_on

MIN_ACCENT = 2.0
"""Contrast with the ground under which an accent, which is decoration, moves towards the colour of the text."""


class Ground(Struct, frozen=True):
    """A large area of one colour."""

    color: Color
    ink: Color
    """Of text on it: white where its contrast is at least 4.5 (WCAG 2, 1.4.3), else dark."""
    accent: Color
    """Of rules and marks on it."""

    @property
    def is_pale(self) -> bool:
        """Whether the text on it is dark."""
        return self.ink != WHITE

    @property
    def behind_art(self) -> Color:
        """The colour under a drawing beside it: deeper, but for a pale one, which would seem dirty."""
        return self.color if self.is_pale else mix(self.color, BLACK, 0.18)


def make_ground(color: Color, ink: Color, *accents: Color) -> Ground:
    """Return the ground of a colour; `ink` is the theme's dark colour of text, and the first accent seen on it is used.

    Black or white has a contrast of at least 4.58 with any colour.
    """
    text = WHITE if contrast(WHITE, color) >= MIN_CONTRAST else readable_on(ink, color)
    moved = (mix(accent, text, step / 20) for step in range(21) for accent in accents)
    return Ground(color, text, next((accent for accent in moved if contrast(accent, color) >= MIN_ACCENT), text))
