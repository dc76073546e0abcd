"""Parts of a step's or a unit's text: its title, and what else it says.

The title is what is bold, else the first line, else what is before or after a colon.
"""

from __future__ import annotations

import re
from itertools import groupby

from msgspec.structs import replace

from gri_builder.model.rich_text import Run, Runs, plain_text

_LEADING = re.compile(r"^[\s:,;]*(?:[–—-](?:\s+|$))?")
_TRAILING = re.compile(r"(?:(?:\s+|^)[–—-])?[\s:,;]*$")
"""What separates two parts, and is not printed where each has a line of its own."""


def split_step(runs: Runs) -> tuple[Runs, Runs]:
    """Return the title of a step, and the rest of its first paragraph: 'Milling: 4 mills' is titled 'Milling'."""
    bold = len(runs[: next((n for n, run in enumerate(runs) if not run.bold and run.text.strip()), len(runs))])
    if 0 < bold < len(runs) and runs[0].bold:
        return _strip(_plain_weight(runs[:bold])), _strip(runs[bold:])
    at = _find_break(runs)
    if at is None:
        return _plain_weight(runs), ()
    before, after = _cut(runs, at)
    return _strip(before), _strip(after)


def split_unit(runs: Runs) -> tuple[tuple[Runs, bool], ...]:
    """Return the parts of a unit's text in their order, each with whether it is the title.

    'Board of directors: Ana Silva' is titled 'Ana Silva'; a text without parts is a title.
    """
    if any(run.bold for run in runs) and not all(run.bold or not run.text.strip() for run in runs):
        groups = [(tuple(group), bold) for bold, group in groupby(runs, lambda run: run.bold)]
        stripped = [(_strip(_plain_weight(group)), bold) for group, bold in groups]
        return tuple((group, bold) for group, bold in stripped if group)
    at = _find_break(runs)
    if at is None:
        return ((_plain_weight(runs), True),)
    before, after = _cut(runs, at)
    is_line = plain_text(runs)[at] == "\n"
    parts = ((_strip(_plain_weight(before)), is_line), (_strip(_plain_weight(after)), not is_line))
    return tuple((part, strong) for part, strong in parts if part)


def list_names(runs: Runs) -> tuple[str, ...]:
    """Return what a unit can be called by: each part of its text."""
    return tuple(name_of(plain_text(part)) for part, _ in split_unit(runs))


def read_names(text: str) -> tuple[str, ...]:
    """Return the names in an option of a directive, which commas separate."""
    return tuple(name_of(name) for name in text.split(",") if name.strip())


def name_of(text: str) -> str:
    """Return what a step or a unit is called by: its text without a full stop or colon at its end."""
    return text.strip().rstrip(".:")


def _find_break(runs: Runs) -> int | None:
    """Return the position of the first line break, else of the first colon before a space; None if there is neither."""
    text = plain_text(runs)
    places = [place for place in (text.find("\n"), text.find(": ")) if place > 0]
    return places[0] if places else None


def _plain_weight(runs: Runs) -> Runs:
    return tuple(replace(run, bold=False) if run.bold else run for run in runs)


def _cut(runs: Runs, at: int) -> tuple[Runs, Runs]:
    """Return the runs before and from a position of their text; a mark of a footnote stays with what is before it."""
    before, after, place = list[Run](), list[Run](), 0
    for run in runs:
        size = 0 if run.note is not None else len(run.text)
        if place + size <= at or (not size and place <= at):
            before.append(run)
        elif place >= at:
            after.append(run)
        else:
            before.append(replace(run, text=run.text[: at - place]))
            after.append(replace(run, text=run.text[at - place :]))
        place += size
    return tuple(before), tuple(after)


def _strip(runs: Runs) -> Runs:
    """Return the runs without what separates them from others at their ends, and without empty ones."""
    kept = list(runs)
    while kept and _is_text(kept[0]) and not (text := _LEADING.sub("", kept[0].text)):
        del kept[0]
    if kept and _is_text(kept[0]):
        kept[0] = replace(kept[0], text=text)
    while kept and _is_text(kept[-1]) and not (text := _TRAILING.sub("", kept[-1].text)):
        del kept[-1]
    if kept and _is_text(kept[-1]):
        kept[-1] = replace(kept[-1], text=text)
    return tuple(kept)


def _is_text(run: Run) -> bool:
    return run.note is None and run.placeholder is None and run.printed is None and run.page_of is None
