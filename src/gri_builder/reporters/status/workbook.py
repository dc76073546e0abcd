"""The state of the work as a workbook: one row for each series and answer, to be filtered by owner and state."""

from __future__ import annotations

from gri_builder.model.sign_off.status import SignOffStatus, Task
from gri_builder.reporters.status.words import (
    STATE_WORDS,
    describe_approval,
    describe_changes,
    describe_id,
    describe_missing,
    describe_place,
)
from gri_builder.spreadsheets.writer import write_xlsx

NAMES = ("owner", "state", "late", "due", "kind", "id", "title", "missing", "approved by", "changed since", "place")
_WIDTHS = {"owner": 24, "state": 22, "late": 7, "due": 12, "kind": 9, "id": 30, "title": 40, "missing": 44}
_WIDTHS |= {"approved by": 28, "changed since": 60, "place": 34}


def write_status_xlsx(status: SignOffStatus) -> bytes:
    """Return the state as a workbook, dated with the day that it is about."""
    rows = [_row(task) for owner in status.owners for task in status.tasks_of(owner)]
    return write_xlsx("Status", NAMES, rows, _WIDTHS, status.today)


def _row(task: Task) -> tuple[str, ...]:
    return (
        task.owner or "",
        STATE_WORDS[task.state],
        "late" if task.is_late else "",
        task.due.isoformat() if task.due else "",
        task.kind,
        describe_id(task),
        task.title,
        describe_missing(task, None),
        describe_approval(task),
        describe_changes(task, None),
        describe_place(task.where),
    )
