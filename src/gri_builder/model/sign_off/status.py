"""The state of the work on a report: who owes what, what waits for approval, what changed since."""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args

from msgspec import Struct

from gri_builder.model.finding import Location
from gri_builder.model.sign_off.approval import Approval

TaskState = Literal["missing", "error", "changed", "to approve", "approved"]
"""State of a series or an answer: something is missing, it has an error, it changed since it was approved, it is
complete and not approved yet, it is approved as it is."""
TASK_STATES: tuple[TaskState, ...] = get_args(TaskState)
OWED: tuple[TaskState, ...] = ("missing", "error")
"""States in which the owner has something to give."""
TaskKind = Literal["series", "answer"]


class Change(Struct, frozen=True):
    """What changed since an approval: a fact by its key, or the lines of a text."""

    what: str
    before: str | None
    """None for what is new."""
    now: str | None
    """None for what is gone."""


class Task(Struct, frozen=True):
    """One fact series or answer of a report, with what is still to be done about it."""

    kind: TaskKind
    id: str
    title: str
    state: TaskState
    where: Location
    owner: str | None = None
    due: date | None = None
    is_late: bool = False
    """Whether the owner owes something, and the due day has passed."""
    missing: tuple[str, ...] = ()
    """Keys of wanted facts; letters of an answer, none where all of it is missing."""
    approval: Approval | None = None
    changes: tuple[Change, ...] = ()
    """What changed since the approval, as far as it is known."""
    language: str | None = None
    """BCP 47 tag of the language that the approval is of; None for a report in one language."""


class SignOffStatus(Struct, frozen=True):
    """All tasks of a report on a day."""

    name: str
    """Name of the output files."""
    title: str
    organization: str
    today: date
    requires_approval: bool
    tasks: tuple[Task, ...]
    owner: str | None = None
    """Only this owner's tasks are listed; None for all."""

    def count(self, state: TaskState) -> int:
        """Return the number of tasks in a state."""
        return sum(task.state == state for task in self.tasks)

    @property
    def owners(self) -> tuple[str | None, ...]:
        """Owners by name, in alphabetical order; None last, for tasks that nobody is asked for."""
        named = sorted({task.owner for task in self.tasks if task.owner}, key=str.casefold)
        return (*named, None) if any(task.owner is None for task in self.tasks) else tuple(named)

    def tasks_of(self, owner: str | None) -> tuple[Task, ...]:
        """Return the tasks of an owner: late ones first, then by due day, then in the order of the report."""
        mine = [task for task in self.tasks if task.owner == owner]
        order = {state: place for place, state in enumerate(TASK_STATES)}
        return tuple(sorted(mine, key=lambda task: (not task.is_late, order[task.state], task.due or date.max)))
