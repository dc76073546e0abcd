"""Palettes of charts: colours made from a chapter's colour and one accent, distinguished by any eyes and in grey.

Any two colours of a palette of up to six differ by CIEDE2000 20 or more, and by 10 for readers without one kind of
cones; of seven or eight, wherever such colours are found, else by as much as possible. Neighbours, and the last and
first colour of a ring, differ in lightness by 12 L* or more, so that they are distinguished in grey too. Each has a
contrast of 3 with white and with pale surfaces (WCAG 2, 1.4.11).
"""

from __future__ import annotations

from functools import lru_cache
from math import pi

from msgspec import Struct

from gri_builder.charts.colors.difference import Lab, difference, make_color, to_lab
from gri_builder.charts.colors.vision import SIGHTS, see
from gri_builder.model.color import MIN_SHAPE_CONTRAST, Color, contrast

LONGEST = 8
"""Number of colours of the longest palette."""
DIFFERENCE = 20.0
"""Minimum CIEDE2000 between any two colours."""
SEEN = 10.0
"""Minimum CIEDE2000 between any two colours for readers without one kind of cones."""
STEP = 12.0
"""Minimum difference in L* of neighbours."""
MARGINS = (1.5, 1.3, 1.15, 1.0)
"""Tried one after the other: how many times the minimum any two colours differ."""
SLACK = (0.9, 0.8, 0.7, 0.5, 0.0)
"""Tried where seven or eight colours are not found with more."""
PALE = Color(0.95, 0.95, 0.95)
"""As dark as the surfaces of boxes are."""
LIGHTS = (58.0, 52.0, 46.0, 40.0, 34.0, 28.0, 22.0, 16.0)
GREY = 12.0
"""Chroma under which a colour has no hue to speak of."""
TRIES = 400
"""Number of tries after which a margin is given up."""


class Swatch(Struct, frozen=True):
    """A colour with what eyes see of it."""

    color: Color
    plain: Lab
    seen: tuple[Lab, ...]
    """For each kind of colour-blindness."""


@lru_cache(512)
def make_palette(first: Color, accent: Color, count: int) -> tuple[Color, ...]:
    """Return as many colours for a chart of a chapter; with more than eight they start again."""
    size = max(1, min(count, LONGEST))
    chosen = _Pool(first, accent).choose(size)
    return tuple(chosen[n % size].color for n in range(max(1, count)))


class _Pool:
    """The colours that may be chosen, in rows of one hue, and how much they differ."""

    def __init__(self, first: Color, accent: Color) -> None:
        start = _swatch(_darken(first))
        hues = _list_hues(start.plain, to_lab(accent))
        self.rows = len(hues)
        self.swatches = [start]
        self.swatches += [_swatch(make_color(light, chroma, hue)) for hue, chroma in hues for light in LIGHTS]
        self.scores: dict[tuple[int, int], float] = {}
        self.tries = 0

    def choose(self, count: int) -> list[Swatch]:
        """Return that many colours, the chapter's first: from few hues and with much margin if possible."""
        levels = [(rows, margin) for rows in (3, 5, self.rows) for margin in MARGINS]
        for rows, margin in (*levels, *((self.rows, margin) for margin in SLACK)):
            self.tries = TRIES
            if found := self._extend([0], list(range(1, 1 + rows * len(LIGHTS))), count, margin):
                return [self.swatches[n] for n in found]
        return self.swatches[:count]

    def _extend(self, chosen: list[int], free: list[int], count: int, margin: float) -> list[int] | None:
        """Return the chosen colours with others of the free ones, in an order in which neighbours differ."""
        if len(chosen) == count:
            return self._order(chosen)
        free = [n for n in free if self._score(chosen[-1], n) >= margin]
        turn = (len(chosen) - 1) * len(LIGHTS)
        ordered = sorted(free, key=lambda n: (n - 1 < turn, n))
        for n in ordered:
            self.tries -= 1
            if self.tries < 0 or len(chosen) + len(free) < count:
                return None
            if found := self._extend([*chosen, n], free, count, margin):
                return found
            free = [other for other in free if other != n]
        return None

    def _score(self, one: int, other: int) -> float:
        """Return how many times the minimum two colours differ."""
        known = self.scores.get((one, other))
        if known is None:
            a, b = self.swatches[one], self.swatches[other]
            known = difference(a.plain, b.plain) / DIFFERENCE
            for x, y in zip(a.seen, b.seen, strict=True):
                if known < SLACK[-2]:
                    break
                known = min(known, difference(x, y) / SEEN)
            self.scores[one, other] = self.scores[other, one] = known
        return known

    def _order(self, chosen: list[int]) -> list[int] | None:
        """Return the colours so that neighbours, and the last and first, differ in lightness; None if they can't."""
        lights = {n: self.swatches[n].plain.light for n in chosen}

        def place(placed: list[int], left: list[int]) -> list[int] | None:
            if not left:
                closed = len(placed) < 3 or abs(lights[placed[-1]] - lights[placed[0]]) >= STEP
                return placed if closed else None
            for n in left:
                if abs(lights[n] - lights[placed[-1]]) >= STEP:
                    found = place([*placed, n], [other for other in left if other != n])
                    if found:
                        return found
            return None

        return place(chosen[:1], chosen[1:])


def _list_hues(first: Lab, accent: Lab) -> list[tuple[float, float]]:
    """Return hues with their chroma, those of the design first: the accent's, the chapter's, and a near grey."""
    own = (first.hue, max(first.chroma, 26.0)) if first.chroma >= GREY else (-1.6, 26.0)
    second = (accent.hue, max(accent.chroma, 45.0)) if accent.chroma >= GREY else (own[0] + pi, 50.0)
    near = [(own[0] - 0.7, 40.0), (second[0] + 0.7, 50.0)]
    return [second, own, (own[0], 5.0), *near, (-1.5, 45.0), (1.2, 60.0), (0.3, 50.0), (2.6, 40.0)]


@lru_cache(2048)
def _swatch(color: Color) -> Swatch:
    return Swatch(color, to_lab(color), tuple(see(color, sight) for sight in SIGHTS))


def _darken(color: Color) -> Color:
    """Return the colour, or the nearest darker one that is seen on a page."""
    lab = to_lab(color)
    light = lab.light
    while contrast(color, PALE) < MIN_SHAPE_CONTRAST and light > 0:
        light -= 0.5
        color = make_color(light, lab.chroma, lab.hue)
    return color
