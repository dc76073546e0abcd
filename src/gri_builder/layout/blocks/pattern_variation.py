"""Variations of a pattern: numbers that follow from a seed alone, so that builds are reproducible."""

from __future__ import annotations

from zlib import crc32

from msgspec import Struct

from gri_builder.model.color import BLACK, MIN_CONTRAST, WHITE, Color, contrast, mix

_SPREAD = 2654435761
"""Odd factor that spreads neighbouring checksums over all numbers of 32 bits."""


def make_seed(text: str, position: int = 0) -> int:
    """Return the seed of what has that name and position: the same in each build."""
    return crc32(f"{position} {text}".encode())


class Variation(Struct, frozen=True):
    """Values for the parameters of a drawing."""

    seed: int

    def share(self, key: str) -> float:
        """Return a number from 0 to 1 for a parameter."""
        return (crc32(f"{self.seed} {key}".encode()) * _SPREAD % 2**32) / 2**32

    def between(self, key: str, low: float, high: float) -> float:
        """Return a number in that range for a parameter."""
        return low + (high - low) * self.share(key)

    def count(self, key: str, low: int, high: int) -> int:
        """Return a whole number in that range, both ends included, for a parameter."""
        return low + int(self.share(key) * (high - low + 1))

    def turn(self, key: str) -> int:
        """Return 1 or -1 for a parameter."""
        return 1 if self.share(key) < 0.5 else -1

    def noise(self, column: int, row: int) -> float:
        """Return a number from 0 to 1 for a cell of a grid."""
        key = (column * 73856093 ^ row * 19349663 ^ self.seed) & 0xFFFFFFFF
        key = (key ^ key >> 15) * _SPREAD & 0xFFFFFFFF
        return (key ^ key >> 13) % 4096 / 4096


class Tones(Struct, frozen=True):
    """The colours of a drawing: its ground with its tones, and an accent."""

    base: Color
    accent: Color
    other: Color
    """What is mixed in to set shapes off: white on a dark ground, black on a pale one."""

    @classmethod
    def of(cls, base: Color, accent: Color) -> Tones:
        """Return the tones of a ground."""
        return cls(base, accent, WHITE if contrast(WHITE, base) >= MIN_CONTRAST else BLACK)

    def off(self, share: float) -> Color:
        """Return the ground's colour, set off from it by a share."""
        return mix(self.base, self.other, share if self.other == WHITE else share * 0.6)

    def near(self, share: float) -> Color:
        """Return the ground's colour, moved the other way: deeper on a dark ground, paler on a pale one."""
        return mix(self.base, BLACK if self.other == WHITE else WHITE, share)
