"""Accepts a typed number: adds it to the list `numbers` of report.yaml, and changes nothing else in the file."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml

from gri_builder.source.loader import REPORT_FILE
from gri_builder.source.nodes import Node, SourceFile
from gri_builder.source.yaml_recovery import read_yaml
from gri_builder.storage.whole_files import write_file

KEY = "numbers"
_MARK = "\ufeff"


class NotAcceptedError(Exception):
    """The number can't be added by the program; the text says why, and what to do."""


def accept_number(folder: Path, number: str) -> int:
    """Add a number to those that report.yaml accepts; return the line that it is on. Raises NotAcceptedError."""
    file = folder / REPORT_FILE
    try:
        before = file.read_bytes()
        text = before.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise NotAcceptedError(f"{REPORT_FILE} is not in UTF-8; {_by_hand(number)}") from problem
    except OSError as problem:
        raise NotAcceptedError(f"{REPORT_FILE} can't be read: {problem.strerror}") from problem
    after = add_number(text, number)
    try:
        write_file(file, after.encode(), previous=before)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise NotAcceptedError(f"{REPORT_FILE} was left as it is: {reason}") from problem
    lines, old = after.splitlines(), text.splitlines()
    return next((i + 1 for i, line in enumerate(lines) if i >= len(old) or line != old[i]), len(lines))


def add_number(text: str, number: str) -> str:
    """Return the text of report.yaml with one more accepted number; raises NotAcceptedError.

    Comments, order and line ends stay as they are. The result is read again and compared, so that nothing else can
    have changed.
    """
    mark, body = (_MARK, text[1:]) if text.startswith(_MARK) else ("", text)
    root = _compose(body, number)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise NotAcceptedError(f"{REPORT_FILE} is not written as 'key: value' lines; {_by_hand(number)}")
    added = _add(body, root, number)
    if not _is_added(body, added, number):
        raise NotAcceptedError(f"the list '{KEY}' in {REPORT_FILE} is written in an uncommon way; {_by_hand(number)}")
    return mark + added


def _by_hand(number: str) -> str:
    return f"add {_quote(number)} to the list '{KEY}' by hand"


def _compose(body: str, number: str) -> Any:
    try:
        return yaml.compose(body, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as problem:
        raise NotAcceptedError(
            f"{REPORT_FILE} has an error; correct it first, then accept {_quote(number)}"
        ) from problem


def _add(body: str, root: Any, number: str) -> str:
    end = "\r\n" if "\r\n" in body else "\n"
    found = next((pair for pair in root.value if getattr(pair[0], "value", None) == KEY), None)
    if found is None:
        return _append(body, root, f"{' ' * root.start_mark.column}{KEY}:{end}", number, end)
    key, value = found
    quoted = _quote(number)
    if isinstance(value, yaml.SequenceNode) and value.flow_style:
        if value.value:
            place = value.value[-1].end_mark.index
            return f"{body[:place]}, {quoted}{body[place:]}"
        place = value.start_mark.index + 1
        return f"{body[:place]}{quoted}{body[place:]}"
    if isinstance(value, yaml.SequenceNode) and value.value:
        last = value.value[-1]
        indent = " " * value.start_mark.column
        return _insert_line(body, last.end_mark.index, f"{indent}- {quoted}", end)
    if isinstance(value, yaml.ScalarNode) and value.tag == "tag:yaml.org,2002:null" and not value.value:
        indent = " " * (key.start_mark.column + 2)
        return _insert_line(body, key.end_mark.index, f"{indent}- {quoted}", end)
    return body


def _append(body: str, root: Any, head: str, number: str, end: str) -> str:
    """Return the text with a new key after the last one; a mark of the document's end stays behind it."""
    last = root.value[-1][1].start_mark.index if root.value else 0
    ended = re.search(r"(?m)^(?:\.\.\.|---)(?=\s|\Z)", body[last:])
    place = last + ended.start() if ended else len(body)
    start, rest = body[:place], body[place:]
    start += "" if not start or start.endswith(("\n", "\r")) else end
    return f"{start}{head}{' ' * (root.start_mark.column + 2)}- {_quote(number)}{end}{rest}"


def _insert_line(body: str, place: int, line: str, end: str) -> str:
    """Return the text with a line after the one that holds a place."""
    found = body.find("\n", place)
    if found < 0:
        return f"{body}{end}{line}{end}"
    return f"{body[: found + 1]}{line}{end}{body[found + 1 :]}"


def _quote(number: str) -> str:
    return json.dumps(number, ensure_ascii=False)


def _is_added(before: str, after: str, number: str) -> bool:
    """Whether the second text says what the first one says, with the number at the end of its list."""
    old, new = _read(before), _read(after)
    if old is None or new is None:
        return False
    listed = old.pop(KEY, None)
    items, expected = new.pop(KEY, None), [*(listed[1] if listed else ()), number]
    return old == new and items is not None and items[1] == expected


def _read(text: str) -> dict[str, tuple[Any, list[str]]] | None:
    """Return the values of a YAML file by key, each with the texts of its items; None if it has an error."""
    node, findings = read_yaml(SourceFile(REPORT_FILE, text))
    if findings or node.kind != "mapping":
        return None
    return {
        key: (_plain(entry.value), [item.text for item in entry.value.items]) for key, entry in node.entries.items()
    }


def _plain(node: Node) -> Any:
    """Return what a value says, without its place."""
    entries = tuple((key, _plain(entry.value)) for key, entry in node.entries.items())
    return node.kind, node.text, entries, tuple(_plain(item) for item in node.items)
