"""Measures of several files as rows of a Markdown table."""

from __future__ import annotations

from benchmarks.pages.quality import SPARSE, THIN, Quality

COLUMNS = ("pages", "blank", "under 20 %", "under 30 %", "characters", "spaces", "runts", "hyphens", "splits", "sizes")
HEAD = (f"| report | {' | '.join(COLUMNS)} |", "|---|" + "---:|" * len(COLUMNS))


def row_of(names: list[str], quality: Quality) -> str:
    """Return the row of a file."""
    text = quality.text
    cells = [
        *names,
        str(len(quality.fillings)),
        f"{quality.blank:.0%}",
        str(len(quality.pages_under(SPARSE))),
        str(len(quality.pages_under(THIN))),
        f"{text.characters:.0f} to {text.characters_90:.0f}",
        "ragged" if not text.spaces[1] else f"{text.spaces[0]:.2f} to {text.spaces[2]:.2f}",
        str(len(text.runts)),
        str(len(text.hyphens_at_turns)),
        str(sum(split.bad for split in quality.splits)),
        str(len(quality.sizes)),
    ]
    return f"| {' | '.join(cells)} |"
