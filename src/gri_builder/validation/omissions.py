"""Omissions: what is left out, the framework's reason for it, and the required explanations (G4 Part 1, 3.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gri_builder.model.finding import Finding, error
from gri_builder.model.framework import Disclosure, Framework, OmissionReason
from gri_builder.model.report import Omission
from gri_builder.model.suggestions import find_nearest
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.source.nodes import Entry, Node
from gri_builder.source.values import spelling_of, text_of, texts_of

_NOT_MATERIAL = re.compile(r"(not|non|im)[-_ ]*material", re.IGNORECASE)


def read_omissions(
    id: str, node: Node, disclosure: Disclosure, framework: Framework, option: str | None
) -> tuple[tuple[Omission, ...], list[Finding]]:
    """Return the omissions of an answer, and what is wrong with them beyond its schema."""
    rows = node.entries.get("omissions")
    if rows is None or rows.value.kind != "list":
        return (), []
    if not framework.omission_permitted(disclosure.code, option):
        return (), [_not_permitted(id, rows, framework, option)]
    findings: list[Finding] = []
    omissions: list[Omission] = []
    for row in rows.value.items:
        reason = _find_reason(row, framework)
        if reason:
            findings.extend(_incomplete(id, row, reason))
            omissions.append(_make(row, reason))
        elif row.kind == "mapping":
            findings.extend(_check_reason(id, row, framework))
    return tuple(omissions), findings


def _not_permitted(id: str, rows: Entry, framework: Framework, option: str | None) -> Finding:
    name = framework.options[option].name if option else None
    by = f"'{name}' permits no omission here" if name else "no option permits an omission here"
    hint = "answer it; omissions are permitted for the management approach and for Indicators"
    return error("omission-not-permitted", f"'{id}' can't be omitted: {by}", rows.key.where, hint, id)


def _find_reason(row: Node, framework: Framework) -> OmissionReason | None:
    """Return the framework's reason that an omission names; None when it names none that the framework knows."""
    entry = row.entries.get("reason")
    return framework.omission_reasons.get(entry.value.text.strip()) if entry else None


def _check_reason(id: str, row: Node, framework: Framework) -> Iterator[Finding]:
    """Yield the finding for an omission whose reason is missing or unknown."""
    entry = row.entries.get("reason")
    if entry is None:
        if not any(find_nearest(key, ("reason", "part", "explanation")) == "reason" for key in row.entries):
            hint = f"add 'reason: …': {listed(framework.omission_reasons)}"
            yield error("omission-incomplete", "the omission gives no reason", row.where, hint, id)
    elif entry.value.kind != "invalid":
        name = entry.value.text.strip()
        shown = f"'{shorten(name)}'" if name else "an empty text"
        message = f"{shown} is not a permitted reason for an omission"
        yield error("unknown-omission-reason", message, entry.where, _reason_hint(name, framework), id)


def _reason_hint(name: str, framework: Framework) -> str:
    if _NOT_MATERIAL.search(name):
        return "what is not material needs no omission: remove the Aspect from 'material_aspects', and this answer"
    reasons = {reason.name: reason.id for reason in framework.omission_reasons.values()}
    nearest = find_nearest(name, (*framework.omission_reasons, *reasons))
    if nearest is None:
        return f"the reasons are {listed(framework.omission_reasons, 'and')}"
    return f"did you mean '{reasons.get(nearest, nearest)}'?"


def _incomplete(id: str, row: Node, reason: OmissionReason) -> list[Finding]:
    """Return a finding if the omission is missing explanations that its reason requires."""
    misspelt = {find_nearest(key, ("part", "reason", *reason.requires)) for key in row.entries}
    missing = [name for name in reason.requires if name not in row.entries and name not in misspelt]
    if not missing:
        return []
    named = listed((f"'{name}'" for name in missing), "and")
    message = f"an omission for the reason '{reason.id}' requires {named}"
    return [error("omission-incomplete", message, row.entries["reason"].where, reason.explain, id)]


def _make(row: Node, reason: OmissionReason) -> Omission:
    details = {name: text for name in reason.requires if name != "explanation" and (text := spelling_of(row.get(name)))}
    return Omission(
        parts=tuple(item.text.strip() for item in texts_of(row.get("part"))),
        reason=reason.id,
        explanation=text_of(row.get("explanation")) or "",
        where=row.where,
        details=details,
    )
