"""Names of rows: to the left of the values, wrapped, or above them where a chart is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from gri_builder.charts.scene import Label, Scene
from gri_builder.charts.space import ChartSpace
from gri_builder.typesetting.hyphenation import hyphen_positions
from gri_builder.typesetting.word_breaks import HYPHEN

LEADING = 9.5
"""Distance between the lines of a wrapped name."""
NARROW = 230.0
"""Charts of less than this width have the names above their rows."""
SHARE, LINES, GAP = 0.36, 3, 8.0
"""Largest share of the width, most lines, and the space beside names."""


class RowNames(Struct, frozen=True):
    """The names of all rows."""

    texts: tuple[tuple[str, ...], ...]
    """Lines of each name."""
    left: float
    """Where the values start."""
    is_above: bool

    def height(self, n: int, least: float) -> float:
        """Return the height of a row whose values need `least` points."""
        if self.is_above:
            return least + LEADING * len(self.texts[n])
        return max(least, LEADING * len(self.texts[n]) + 4)


def set_names(space: ChartSpace, names: Sequence[str], above: bool | None = None) -> RowNames:
    """Return the names, wrapped for the space."""
    is_above = space.width < NARROW if above is None else above
    width = space.width if is_above else min(space.widest(names) + 0.1, space.width * SHARE)
    texts = tuple(wrap(space, name, width, 2 if is_above else LINES) for name in names)
    return RowNames(texts, 0.0 if is_above else max(map(space.widest, texts), default=0.0) + GAP, is_above)


def write_name(scene: Scene, space: ChartSpace, names: RowNames, n: int, top: float, middle: float) -> None:
    """Write the name of a row whose upper edge and middle of its values are at those heights."""
    lines, look = names.texts[n], space.look(strong=True)
    y = top - 8 if names.is_above else middle - 2.6 + LEADING * (len(lines) - 1) / 2
    for k, text in enumerate(lines):
        x = 0.0 if names.is_above else names.left - GAP
        scene.write_if_free(Label(text, x, y - k * LEADING, look, "left" if names.is_above else "right"), -0.2)


def wrap(space: ChartSpace, text: str, width: float, lines: int) -> tuple[str, ...]:
    """Return a text in at most that many lines, with words that are too long hyphenated; the last one shortened."""
    words, made = text.split(" "), list[str]()
    while words and len(made) < lines - 1:
        if space.text_width(words[0]) > width and (parts := _hyphenate(space, words[0], width)):
            made.append(parts[0])
            words[0] = parts[1]
            continue
        count = next((n for n in range(len(words), 1, -1) if space.text_width(" ".join(words[:n])) <= width), 1)
        made.append(space.shorten(" ".join(words[:count]), width))
        words = words[count:]
    return (*made, space.shorten(" ".join(words), width)) if words else tuple(made)


def _hyphenate(space: ChartSpace, word: str, width: float) -> tuple[str, str] | None:
    """Return the longest start of a word that fits with its hyphen, and the rest; None if none does."""
    positions = hyphen_positions(word, space.language) if space.language else ()
    heads = ((word[:place] + HYPHEN, word[place:]) for place in reversed(positions))
    return next((parts for parts in heads if space.text_width(parts[0]) <= width), None)
