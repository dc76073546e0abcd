"""Write drafted series as YAML to paste into a file of `figures/`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gri_builder.inspection.drafts import Draft
from gri_builder.source.yaml_flow import quote_flow


def write_stub(path: str, sheets: Mapping[str | None, Sequence[Draft]], locale: str | None = None) -> str:
    """Return the series of all sheets of a file; an empty text if there are none."""
    filled = {name: drafts for name, drafts in sheets.items() if drafts}
    if not filled:
        return ""
    return "".join(f"{line}\n" for line in ("files:", *_lines(path, filled, len(sheets) > 1, locale)))


def _lines(
    path: str, sheets: Mapping[str | None, Sequence[Draft]], are_several: bool, locale: str | None
) -> Iterator[str]:
    for name, drafts in sheets.items():
        yield f"  - file: {quote_flow(path)}"
        if name is not None and are_several:
            yield f"    sheet: {quote_flow(name)}"
        if locale is not None:
            yield f"    locale: {locale}"
        yield "    series:"
        for draft in drafts:
            yield from _series(draft)


def _series(draft: Draft) -> Iterator[str]:
    yield f"      {draft.id}:"
    yield f"        title: {quote_flow(draft.title)}"
    yield f"        unit: {quote_flow(draft.unit)}" + (f"   # {draft.remark}" if draft.remark else "")
    if draft.by:
        yield f"        by: {quote_flow(draft.by[0])}"
    entries = ", ".join(f"{key}: {text}" for key, text in draft.entries.items())
    yield f"        {draft.source}: {{{entries}}}"
