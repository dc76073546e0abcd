"""The state of the work as a document of `schemas/outputs/status.schema.json`."""

from __future__ import annotations

from typing import Any

from gri_builder.model.sign_off.status import TASK_STATES, SignOffStatus, Task
from gri_builder.reporters.json_document import dump_json


def write_status_json(status: SignOffStatus) -> str:
    """Return the state as JSON text."""
    return dump_json(
        {
            "format": "gri-builder/status/1",
            "report": status.name,
            "title": status.title,
            "organization": status.organization,
            "today": status.today.isoformat(),
            "owner": status.owner,
            "require_approval": status.requires_approval,
            "totals": {
                "late": sum(task.is_late for task in status.tasks),
                **{state: status.count(state) for state in TASK_STATES},
            },
            "tasks": [_task(task) for task in status.tasks],
        }
    )


def _task(task: Task) -> dict[str, Any]:
    approval = task.approval
    return {
        "kind": task.kind,
        "id": task.id,
        "language": task.language,
        "title": task.title,
        "state": task.state,
        "owner": task.owner,
        "due": task.due.isoformat() if task.due else None,
        "late": task.is_late,
        "missing": list(task.missing),
        "approved": {"by": approval.by, "on": approval.on.isoformat(), "sha256": approval.sha256} if approval else None,
        "changes": [{"what": each.what, "before": each.before, "now": each.now} for each in task.changes],
        "file": task.where.file,
        "line": task.where.line,
    }
