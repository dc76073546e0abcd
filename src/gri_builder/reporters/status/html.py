"""The state of the work as one self-contained HTML page, readable without colour and by a screen reader."""

from __future__ import annotations

from collections.abc import Iterator

from gri_builder.model.sign_off.status import TASK_STATES, SignOffStatus, TaskState
from gri_builder.reporters.html_page import hash_source, read_asset, render_page
from gri_builder.reporters.status.words import (
    NOBODY,
    STATE_WORDS,
    describe_change,
    describe_changes,
    describe_id,
    describe_missing,
    describe_place,
    summarize_status,
)

_CLASSES: dict[TaskState, str] = {
    "missing": "missing",
    "error": "error",
    "changed": "warning",
    "to approve": "unclear",
    "approved": "pass",
}
"""Class of the style sheet for each state; the words say the same."""
_COLUMNS: dict[TaskState, str] = {
    "missing": "Missing",
    "error": "With an error",
    "changed": "Changed",
    "to approve": "To approve",
    "approved": "Approved",
}


def write_status_html(status: SignOffStatus) -> str:
    """Return the state as an HTML page."""
    style, script = read_asset("audit.css"), read_asset("audit.js")
    groups = [(f"o{n}", owner or NOBODY, status.tasks_of(owner)) for n, owner in enumerate(status.owners)]
    return render_page(
        "status",
        {
            "status": status,
            "summary": summarize_status(status),
            "totals": list(_totals(status)),
            "groups": groups,
            "owner_rows": [(owner or NOBODY, list(_counts(status, owner))) for owner in status.owners],
            "owner_choices": [(key, name) for key, name, _ in groups],
            "state_choices": [
                ("late", "late"),
                *((state.replace(" ", "-"), words) for state, words in STATE_WORDS.items()),
            ],
            "words": STATE_WORDS,
            "classes": _CLASSES,
            "describe_id": describe_id,
            "describe_missing": describe_missing,
            "describe_change": describe_change,
            "describe_changes": describe_changes,
            "describe_place": describe_place,
            "style": style,
            "script": script,
            "style_hash": hash_source(style),
            "script_hash": hash_source(script),
        },
    )


def _totals(status: SignOffStatus) -> Iterator[tuple[int, str]]:
    yield sum(task.is_late for task in status.tasks), "late"
    yield from ((status.count(state), words) for state, words in STATE_WORDS.items())


def _counts(status: SignOffStatus, owner: str | None) -> Iterator[tuple[str, int]]:
    """Yield the numbers of an owner's tasks, by the heading of the column."""
    tasks = status.tasks_of(owner)
    yield "Late", sum(task.is_late for task in tasks)
    yield from ((_COLUMNS[state], sum(task.state == state for task in tasks)) for state in TASK_STATES)
