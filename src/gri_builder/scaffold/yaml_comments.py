"""Comments in the files of a new report folder: '##' explains, '# ' is what waits to be used."""

from __future__ import annotations

import textwrap

WIDTH = 100
"""Columns of an explanation."""


def explain(text: str, indent: str = " ") -> list[str]:
    """Return a text as lines that stay comments; those that follow the first stand under its words."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=f"##{indent}",
        subsequent_indent=f"##{' ' * len(indent)}",
        break_long_words=False,
        break_on_hyphens=False,
    )
