"""Sentences about tasks that several formats share."""

from __future__ import annotations

from gri_builder.model.finding import Location
from gri_builder.model.sign_off.status import Change, SignOffStatus, Task, TaskState

NOBODY = "nobody is named"
"""In place of an owner."""
STATE_WORDS: dict[TaskState, str] = {
    "missing": "missing",
    "error": "with an error",
    "changed": "changed since approval",
    "to approve": "waiting for approval",
    "approved": "approved",
}
_SHOWN = 6
"""Missing facts and changes that are named in one line."""


def describe_state(task: Task) -> str:
    """Return the state of a task in words, with 'late' where its day has passed."""
    return f"{STATE_WORDS[task.state]}, late" if task.is_late else STATE_WORDS[task.state]


def describe_id(task: Task) -> str:
    """Return the id of a task, with its language in a report of several: 'energy-total (de-DE)'."""
    return f"{task.id} ({task.language})" if task.language else task.id


def describe_missing(task: Task, most: int | None = _SHOWN) -> str:
    """Return what is missing: facts by key, letters; 'the answer' or 'all values' where that is everything."""
    if task.state != "missing":
        return ""
    if not task.missing:
        return "the answer" if task.kind == "answer" else "all values"
    return _listed(task.missing, most)


def describe_approval(task: Task) -> str:
    """Return who approved, and when; empty where nobody did."""
    return f"{task.approval.by}, {task.approval.on}" if task.approval else ""


def describe_changes(task: Task, most: int | None = _SHOWN) -> str:
    """Return what changed since the approval; that it is not known, where its record is gone."""
    if task.state != "changed":
        return ""
    if not task.changes:
        return "what changed is not known: the record of the approval is missing"
    return _listed(tuple(map(describe_change, task.changes)), most, "; ")


def describe_change(change: Change) -> str:
    """Return a change as 'energy-total[2015]: 391020 GJ, now 405150 GJ'."""
    if change.before is None:
        return f"{change.what}: new: {change.now}"
    if change.now is None:
        return f"{change.what}: gone: {change.before}"
    if not change.before:
        return f"{change.what}: added: {change.now}"
    return f"{change.what}: {change.before}, now {change.now}" if change.now else f"{change.what}: out: {change.before}"


def _listed(texts: tuple[str, ...], most: int | None, separator: str = ", ") -> str:
    shown = texts if most is None else texts[:most]
    more = f"{separator}and {len(texts) - len(shown)} more" if len(texts) > len(shown) else ""
    return separator.join(shown) + more


def describe_place(where: Location) -> str:
    """Return file and line of a task."""
    return f"{where.file}:{where.line}" if where.line else where.file


def summarize_status(status: SignOffStatus) -> str:
    """Return the totals in one sentence."""
    late = sum(task.is_late for task in status.tasks)
    parts = [f"{status.count(state)} {words}" for state, words in STATE_WORDS.items() if status.count(state)]
    total = f"{len(status.tasks)} {'item' if len(status.tasks) == 1 else 'items'}"
    return f"{total}: {', '.join(parts)}" + (f"; {late} late" if late else "") if parts else total
