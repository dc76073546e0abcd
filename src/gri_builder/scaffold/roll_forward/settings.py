"""report.yaml and the fact series of an earlier report for the next period, as text, so that comments stay."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import yaml

from gri_builder.model.framework import Framework
from gri_builder.scaffold.roll_forward.successors import Successors
from gri_builder.source.canonical import plain_value
from gri_builder.source.editions.select_edition import NOT_TRANSLATED
from gri_builder.source.nodes import Node
from gri_builder.source.paths import normalize_path

TOP_KEY = re.compile(r"(?m)^(?=[A-Za-z_\"'])")
DROPPED = ("assurance", "to_review")
"""Settings that held for the earlier report only."""
RESTATED = re.compile(r"\{value: ([^,{}]+), (?:restated: \{[^{}]*\}|status: restated)\}")
CLOSED = ("explanations", "restated")
"""Keys of a series that say something about the earlier report only."""
_EMPTY = re.compile(r"[^\s:]+(?::\S+)?: *(?:#.*)?\s*")
"""An entry without a value: 'G1:', or 'G1:topic:'."""
_APPROVED = r"approved: *\{(?:[^{}\n]|\{[^{}\n]*\})*\}"
SIGNED_OFF = re.compile(rf"(?m)^ +(?:due: *[\d\"'-]+|{_APPROVED}) *(?:#.*)?\n")
SIGNED_OFF_INLINE = re.compile(rf", *(?:due: *[\d\"'-]+|{_APPROVED})(?= *[,}}])")
"""Days and approvals of the earlier report, on a line of their own and within braces."""


def shift_years(day: date, years: int) -> date:
    """Return the same day of another year; the last of February for the 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def write_settings(
    text: str,
    name: str,
    period: tuple[date, date],
    published: date,
    framework: Framework,
    successors: Successors | None,
    review: Sequence[str],
    untranslated: Any = None,
) -> tuple[str, list[str]]:
    """Return report.yaml for the next period, and the names of the topics that nothing follows.

    `untranslated` is the new value of 'not_translated'; None where it stays.
    """
    kept, lost = [], list[str]()
    head, *blocks = TOP_KEY.split(text)
    for block in blocks:
        key = block.partition(":")[0].strip("\"'")
        if key == "name":
            block = f'name: "{name}"\n'
        elif key == "period":
            block = f"period: {{start: {period[0]}, end: {period[1]}}}\n"
        elif key == "published":
            block = f"published: {published}   ## replace it when the date of publication is known\n"
        elif key in DROPPED:
            continue
        elif key == NOT_TRANSLATED and untranslated is not None:
            block = _dump(untranslated)
        elif successors:
            block = _follow(key, block, framework, successors, lost)
        kept.append(block if block.endswith("\n") or not block else f"{block}\n")
    marks = "".join(f'  - "{path}"\n' for path in review)
    note = (
        "\n## Texts of the earlier report that nobody has confirmed yet. Delete a line when you have read the text\n"
        "## and brought it up to date.\n"
    )
    return "".join([head, *kept, f"{note}to_review:\n{marks}" if review else ""]), lost


def follow_untranslated(node: Node | None, followed: Mapping[str, Sequence[str]]) -> Any:
    """Return 'not_translated' with the paths that follow those of the earlier report; None where all of them stay."""
    before = plain_value(node) if node else None
    if isinstance(before, dict):
        after: Any = {key: _follow_paths(value, followed) for key, value in before.items()}
        after = {key: value for key, value in after.items() if value}
    else:
        after = _follow_paths(before, followed)
    return None if after == before or before is None else after


def _follow_paths(listed: Any, followed: Mapping[str, Sequence[str]]) -> Any:
    if not isinstance(listed, list):
        return listed
    return list(dict.fromkeys(new for path in listed for new in followed.get(normalize_path(str(path)) or "", ())))


def _dump(untranslated: Any) -> str:
    """Return the setting with the files that are not translated; empty where all are."""
    if not untranslated:
        return ""
    return str(yaml.safe_dump({NOT_TRANSLATED: untranslated}, allow_unicode=True, sort_keys=False, width=110))


def _follow(key: str, block: str, framework: Framework, successors: Successors, lost: list[str]) -> str:
    """Return a setting by the new framework; empty where it has no such thing."""
    if key == "framework":
        return f"framework: {framework.id}\n"
    if key == "option":
        return f"option: {next(iter(framework.options))}\n"
    if key == "sector":
        return block if block.partition(":")[2].split("#")[0].strip() in framework.sectors else ""
    if key == "index":
        return block if any(id in block for id in framework.linkages) else ""
    if key == "material_aspects":
        return _follow_topics(block, successors, lost)
    return block


def _follow_topics(block: str, successors: Successors, lost: list[str]) -> str:
    head, *rows = re.split(r"(?m)^(?= *- )", block)
    kept: dict[str, str] = {}
    for row in rows:
        found = re.search(r"aspect: *[\"']?([\w.-]+)", row)
        topic = successors.topics.get(found[1]) if found else None
        if found and topic:
            kept.setdefault(topic, row.replace(found[0], f"aspect: {topic}"))
        elif found:
            lost.append(found[1])
    return head + "".join(kept.values())


def close_sign_off(text: str) -> str:
    """Return a file of series or answers without the days and approvals of the earlier report; its owners stay.

    An entry that held nothing else, as that of an answer in a chapter, goes too.
    """
    head, *entries = TOP_KEY.split(text)
    closed = ((entry, _close(entry)) for entry in entries)
    return head + "".join(new for old, new in closed if new == old or not _EMPTY.fullmatch(new))


def _close(text: str) -> str:
    kept, closed = list[str](), -1
    for line in SIGNED_OFF_INLINE.sub("", SIGNED_OFF.sub("", text)).splitlines(keepends=True):
        indent = len(line) - len(line.lstrip())
        if closed >= 0 and line.strip() and indent <= closed:
            closed = -1
        if indent and re.match(r" +approved: *(#.*)?$", line):
            closed = indent
        if closed < 0:
            kept.append(line)
    return "".join(kept)


def close_series(text: str, metrics: Collection[str]) -> str:
    """Return a file of fact series: earlier values as plain ones, without explanations and unknown metrics."""
    kept: list[str] = []
    closed: int | None = None
    for line in text.splitlines(keepends=True):
        indent = len(line) - len(line.lstrip())
        if closed is not None and (not line.strip() or indent > closed or line[indent : indent + 2] == "- "):
            continue
        closed = indent if indent and re.match(rf" +({'|'.join(CLOSED)}): *(#.*)?$", line) else None
        measured = re.match(r" +measures: *([\w-]+)", line)
        if closed is None and not (measured and measured[1] not in metrics):
            kept.append(RESTATED.sub(r"\1", line))
    return "".join(kept)
