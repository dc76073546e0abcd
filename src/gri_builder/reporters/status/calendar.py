"""What owners still owe as a calendar (RFC 5545): one event for each owner and due day."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from gri_builder._version import VERSION
from gri_builder.model.sign_off.status import OWED, SignOffStatus, Task
from gri_builder.model.texts.control_characters import settle_text
from gri_builder.reporters.status.words import NOBODY, describe_id, describe_missing

if TYPE_CHECKING:
    from icalendar import Event


def write_status_ics(status: SignOffStatus) -> bytes:
    """Return the days on which something is due; the same event keeps its identifier from one time to the next."""
    from icalendar import Calendar

    calendar = Calendar()
    properties = {
        "PRODID": f"-//gri-builder//gri-builder {VERSION}//EN",
        "VERSION": "2.0",
        "METHOD": "PUBLISH",
        "X-WR-CALNAME": settle_text(f"{status.organization}: {status.title}"),
    }
    for name, value in properties.items():
        calendar.add(name, value)
    for (due, owner), tasks in sorted(_group(status).items()):
        calendar.add_component(_make_event(status, due, owner, tasks))
    data: bytes = calendar.to_ical()
    return data


def _group(status: SignOffStatus) -> dict[tuple[date, str], list[Task]]:
    groups: dict[tuple[date, str], list[Task]] = {}
    for task in status.tasks:
        if task.due and task.state in OWED:
            groups.setdefault((task.due, task.owner or ""), []).append(task)
    return groups


def _make_event(status: SignOffStatus, due: date, owner: str, tasks: list[Task]) -> Event:
    from icalendar import Event

    noun = "item" if len(tasks) == 1 else "items"
    identity = "\n".join((status.name, owner.casefold(), due.isoformat()))
    properties = {
        "UID": f"{hashlib.sha256(identity.encode()).hexdigest()[:32]}@gri-builder",
        "DTSTAMP": datetime.combine(status.today, time.min, UTC),
        "DTSTART": due,
        "DTEND": due + timedelta(days=1),
        "SUMMARY": settle_text(f"{owner or NOBODY}: {len(tasks)} {noun} due for {status.title}"),
        "DESCRIPTION": settle_text("\n".join(map(_describe, tasks))),
        "TRANSP": "TRANSPARENT",
    }
    event = Event()
    for name, value in properties.items():
        event.add(name, value)
    return event


def _describe(task: Task) -> str:
    missing = describe_missing(task) or "has an error"
    return f"{task.title} ({describe_id(task)}): {missing}"
