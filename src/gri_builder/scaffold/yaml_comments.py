"""Comments in the files of a new report folder: '##' explains, '# ' can be uncommented and used."""

from __future__ import annotations

import textwrap

WIDTH = 100
"""Width of an explanation in characters."""


def explain(text: str, indent: str = " ") -> list[str]:
    """Wrap a text to comment lines that are never uncommented; further lines are aligned with the first."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=f"##{indent}",
        subsequent_indent=f"##{' ' * len(indent)}",
        break_long_words=False,
        break_on_hyphens=False,
    )
