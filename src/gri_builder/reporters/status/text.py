"""The state of the work as text for people: owner by owner, what is late first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gri_builder.model.sign_off.status import SignOffStatus, Task
from gri_builder.reporters.status.words import (
    NOBODY,
    STATE_WORDS,
    describe_approval,
    describe_changes,
    describe_id,
    describe_missing,
    describe_place,
    summarize_status,
)
from gri_builder.reporters.terminal import MAX_WIDTH, colorize, sanitize, wrap

_COLORS = {"missing": "error", "error": "error", "changed": "warning", "to approve": "info", "approved": "good"}


def write_status_text(status: SignOffStatus, width: int = MAX_WIDTH, color: bool = False) -> str:
    """Return the state as text of at most `width` columns."""
    head = sanitize(f"{status.organization}: {status.title}")
    lines = [f"{colorize(head, 'strong', color)} on {status.today}", f"{summarize_status(status)}."]
    for owner in status.owners:
        lines += ["", *_owner_lines(status.tasks_of(owner), sanitize(owner or NOBODY), width, color)]
    return "".join(f"{line}\n" for line in lines)


def _owner_lines(tasks: Sequence[Task], name: str, width: int, color: bool) -> Iterator[str]:
    """Yield the tasks of an owner: each that something is wrong with, then the ids of those that wait for approval."""
    waiting = [task for task in tasks if task.state == "to approve"]
    done = sum(task.state == "approved" for task in tasks)
    yield f"{colorize(name, 'strong', color)}: {len(tasks) - done} open, {done} approved"
    for task in tasks:
        if task.state in ("missing", "error", "changed"):
            yield from _task_lines(task, width, color)
    for language in dict.fromkeys(task.language for task in waiting):
        words = f"{STATE_WORDS['to approve']} in {language}" if language else STATE_WORDS["to approve"]
        yield f"  {colorize(words, _COLORS['to approve'], color)}"
        ids = ", ".join(task.id for task in waiting if task.language == language)
        yield from wrap(ids, width, "    ", "    ")


def _task_lines(task: Task, width: int, color: bool) -> Iterator[str]:
    words = STATE_WORDS[task.state]
    due = f", due {task.due}" if task.due and task.state in ("missing", "error") else ""
    late = colorize(" LATE", "error", color) if task.is_late else ""
    yield f"  {colorize(words, _COLORS[task.state], color)}{due}{late}  {sanitize(describe_id(task))}"
    yield from wrap(f"{task.title} ({describe_place(task.where)})", width, "    ", "    ")
    for label, text in (("missing", describe_missing(task)), ("changed", describe_changes(task))):
        if text:
            yield from wrap(f"{label}: {text}", width, "    ", "      ")
    if task.approval:
        yield from wrap(f"approved by {describe_approval(task)}", width, "    ", "      ")
