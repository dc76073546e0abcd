"""Numbers in large type: a number, and the unit around it in smaller type."""

from __future__ import annotations

import re

from msgspec import Struct

from gri_builder.fonts.faces import Face

UNIT = 0.5
"""Size of a unit relative to its number."""
_NUMBER = re.compile(r"[-−+]?\d(?:[\d.,’']|\s(?=\d{3}(?!\d)))*%?")


class NumberParts(Struct, frozen=True):
    """A printed quantity: what is before its number, the number with its sign, and what follows it."""

    before: str
    number: str
    after: str

    def width(self, face: Face, with_unit: bool) -> float:
        """Return its width at size 1, with or without what follows the number."""
        after = face.width(self.after) * UNIT if with_unit else 0.0
        return face.width(self.before) * UNIT + face.width(self.number) + after

    def sized(self, with_unit: bool) -> list[tuple[str, float]]:
        """Return its parts, each with its size relative to that of the number."""
        parts = [(self.before, UNIT), (self.number, 1.0), (self.after if with_unit else "", UNIT)]
        return [(part, share) for part, share in parts if part]


def split_number(value: str) -> NumberParts:
    """Return the parts of a printed quantity; a text without a number counts as one."""
    match = _NUMBER.search(value)
    if match is None:
        return NumberParts("", value, "")
    return NumberParts(value[: match.start()], match[0], value[match.end() :])
