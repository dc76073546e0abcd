"""The baseline grid: running text continues on it after headings, tables and figures of any height.

Its lines are half the leading apart, as paragraphs are: text of facing pages and columns is in register, and no more
than half a line is lost below what is set between paragraphs.
"""

from __future__ import annotations

from math import ceil

SHARE = 0.5
"""Distance of the grid's lines in parts of the leading of running text."""
TOLERANCE = 1e-3
"""Points by which a baseline may be below its line, because sums of fractions are not exact."""


def snap(y: float, first_baseline: float, first_line: float, leading: float) -> float:
    """Return the height at which running text starts so that its first baseline is on the grid: `y` or a little lower.

    Heights are in points from the page's lower edge. `y` is where the text could start, `first_baseline` the distance
    from there to its first baseline, `first_line` the height of the grid's first line: that of the first baseline of
    running text at the top of the page. `leading` is that of running text.
    """
    pitch = leading * SHARE
    lines = ceil((first_line - y + first_baseline - TOLERANCE) / pitch)
    return first_line - lines * pitch + first_baseline
