"""Write an approval into the text of a YAML file: nothing else changes, comments and line ends stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import yaml
from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from gri_builder.model.finding import Severity
from gri_builder.model.sign_off.approval import Approval
from gri_builder.source.canonical import plain_value
from gri_builder.source.editions.select_approvals import holds_languages
from gri_builder.source.nodes import SourceFile
from gri_builder.source.yaml_recovery import read_yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = re.compile(r"[^\W\d_][\w.’-]*( [\w.’-]+)*")
_RESERVED = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})
_KEY = "approved"
_INVALID = "it has an error, which gri-builder validate shows"


class EditError(ValueError):
    """The file can't be edited without changing something else."""


class Edit(NamedTuple):
    """A replacement of characters of a text."""

    start: int
    end: int
    text: str


class ApprovedLanguage(NamedTuple):
    """The language of a report in several of which a version is approved."""

    key: str
    """What names it in texts: 'de'."""
    first: str
    """The same of the language that the others are translated from, whose approval may have no language."""
    known: tuple[tuple[str, str], ...]
    """Tag and key of each language of the report."""

    @property
    def is_first(self) -> bool:
        """Whether it is the one that the others are translated from."""
        return self.key == self.first

    def is_meant(self, name: str) -> bool:
        """Return whether a key names it, by tag or by key."""
        plain = name.strip().replace("_", "-").lower()
        return plain == self.key or any(plain == tag.lower() for tag, key in self.known if key == self.key)


class _Found(NamedTuple):
    path: tuple[str, ...]
    """Keys that lead to the entry; the index of an item of a list as text."""
    key: ScalarNode
    value: Any


def write_approvals(
    text: str, approvals: Sequence[tuple[int, int, Approval]], language: ApprovedLanguage | None = None
) -> str:
    """Return a file with approvals in its entries, each with line and column of the entry's key; raises EditError.

    A text alone becomes the entry's 'text', beside which the approval is; a text in several languages too. An approval
    of a translation is beside that of the first language: `approved: {en: {…}, de: {…}}`.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as problem:
        raise EditError(_INVALID) from problem
    entries = {(each.key.start_mark.line, each.key.start_mark.column): each for each in _entries(root)}
    edits: list[Edit] = []
    done: list[tuple[tuple[str, ...], Approval]] = []
    for line, column, approval in approvals:
        found = entries.get((line - 1, column - 1))
        if found is None:
            raise EditError(f"line {line} holds no entry")
        edits += _edits(text, found, approval, newline, language)
        done.append((found.path, approval))
    edited = _apply(text, edits)
    _compare(text, edited, done, language)
    return edited


def add_entry(text: str, id: str, approval: Approval, language: ApprovedLanguage | None = None) -> str:
    """Return a file of answers with an entry for a disclosure that only a chapter answers; raises EditError."""
    newline = "\r\n" if "\r\n" in text else "\n"
    before = text if not text or text.endswith("\n") else text + newline
    space = newline if before.strip() else ""
    edited = f"{before}{space}{id}:{newline}  {_KEY}: {_value(approval, language)}{newline}"
    was = _plain(text)
    if _plain(edited) != {**(was or {}), id: {_KEY: _expect(None, approval, language)}}:
        raise EditError("an entry can't be added at its end")
    return edited


def _entries(node: Any, path: tuple[str, ...] = ()) -> Iterator[_Found]:
    """Yield the entries that may hold an approval: at the top, and the series below 'files'."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield _Found((*path, key.value), key, value)
            yield from _entries(value, (*path, key.value)) if len(path) < 4 else ()
    elif isinstance(node, SequenceNode):
        for number, item in enumerate(node.value):
            yield from _entries(item, (*path, str(number)))


def _apply(text: str, edits: Sequence[Edit]) -> str:
    parts, end = list[str](), 0
    for edit in sorted(edits):
        parts += (text[end : edit.start], edit.text)
        end = edit.end
    return "".join((*parts, text[end:]))


def _edits(text: str, found: _Found, approval: Approval, newline: str, language: ApprovedLanguage | None) -> list[Edit]:
    value, line = found.value, f"{_KEY}: {_value(approval, language)}"
    if isinstance(value, ScalarNode):
        return _wrap_text(text, found.key, value, line, newline)
    if not isinstance(value, MappingNode) or not value.value:
        raise EditError("the entry holds nothing that can be approved")
    if language and holds_languages(key.value for key, _ in value.value):
        return _wrap_languages(text, value, line, newline)
    for key, inner in value.value:
        if key.value == _KEY:
            return _renew(text, key, inner, approval, newline, language)
    if value.flow_style:
        end = _end(text, value.value[-1][1])
        return [Edit(end, end, f", {line}")]
    anchor = _anchor(value)
    return [_new_line(text, _end(text, anchor[1]), anchor[0].start_mark.column, line, newline)]


def _anchor(value: MappingNode) -> tuple[Any, Any]:
    """Return the entry that the approval follows: the due date, else the owner, else the last one."""
    by_key = {key.value: (key, inner) for key, inner in value.value}
    found: tuple[Any, Any] = by_key.get("due") or by_key.get("owner") or value.value[-1]
    return found


def _renew(
    text: str, key: ScalarNode, value: Any, approval: Approval, newline: str, language: ApprovedLanguage | None
) -> list[Edit]:
    """Return the edits for an entry that has an approval: of the same language, or only of others."""
    if not isinstance(value, MappingNode) or not value.value:
        start, end = value.start_mark.index, _end(text, value)
        return [Edit(start, end, ("" if text[start - 1 : start] == " " else " ") + _value(approval, language))]
    if language is None:
        return _renew_parts(text, value, approval, newline)
    if not holds_languages(key.value for key, _ in value.value):
        is_same = language.is_first
        return _renew_parts(text, value, approval, newline) if is_same else _add_second(text, value, approval, language)
    for name, inner in value.value:
        if language.is_meant(name.value):
            return _renew(text, name, inner, approval, newline, None)
    end, added = _end(text, value.value[-1][1]), f"{language.key}: {_flow(approval)}"
    if value.flow_style:
        return [Edit(end, end, f", {added}")]
    return [_new_line(text, end, value.start_mark.column, added, newline)]


def _add_second(text: str, value: MappingNode, approval: Approval, language: ApprovedLanguage) -> list[Edit]:
    """Return the edits that name the first language of an approval without one, and put another beside it."""
    start, end, added = value.start_mark.index, _end(text, value), f"{language.key}: {_flow(approval)}"
    if value.flow_style:
        return [Edit(start, start, f"{{{language.first}: "), Edit(end, end, f", {added}}}")]
    newline = "\r\n" if "\r\n" in text else "\n"
    column = value.start_mark.column
    opening = Edit(start, start, f"{language.first}:{newline}{' ' * (column + 2)}")
    return [opening, *_indent(text, start, end), _new_line(text, end, column, added, newline)]


def _renew_parts(text: str, value: MappingNode, approval: Approval, newline: str) -> list[Edit]:
    """Return the edits for an approval that is there already: each part in its place, with the comments beside it."""
    parts = {"by": _quote(approval.by), "on": approval.on.isoformat(), "sha256": approval.sha256}
    edits = []
    for inner, each in value.value:
        if inner.value in parts:
            start, end = each.start_mark.index, _end(text, each)
            space = "" if end > start or text[start - 1 : start] == " " else " "
            edits.append(Edit(start, end, space + parts.pop(inner.value)))
    last_key, last = value.value[-1]
    end = _end(text, last)
    for name, part in parts.items():
        if value.flow_style:
            edits.append(Edit(end, end, f", {name}: {part}"))
        else:
            edits.append(_new_line(text, end, last_key.start_mark.column, f"{name}: {part}", newline))
    return edits


def _wrap_languages(text: str, value: MappingNode, line: str, newline: str) -> list[Edit]:
    """Return the edits that make a text in several languages the 'text' of an entry."""
    start, end, column = value.start_mark.index, _end(text, value), value.start_mark.column
    if value.flow_style:
        return [Edit(start, start, "{text: "), Edit(end, end, f", {line}}}")]
    opening = Edit(start, start, f"text:{newline}{' ' * (column + 2)}")
    return [opening, *_indent(text, start, end), _new_line(text, end, column, line, newline)]


def _indent(text: str, start: int, end: int) -> list[Edit]:
    """Return the edits that indent the lines after the first one of a part of a text by two more."""
    further = (start + match.end() for match in re.finditer(r"\n(?=[^\r\n])", text[start:end]))
    return [Edit(place, place, "  ") for place in further]


def _wrap_text(text: str, key: ScalarNode, value: ScalarNode, line: str, newline: str) -> list[Edit]:
    """Return the edits that make a text alone the 'text' of an entry: its further lines are indented by two more."""
    start, end = value.start_mark.index, _end(text, value)
    if start == end:
        raise EditError("the entry holds nothing that can be approved")
    colon = text.index(":", key.end_mark.index) + 1
    is_below = "\n" in text[colon:start]
    indent = value.start_mark.column if is_below else key.start_mark.column + 2
    opening = Edit(start, start, "text: ") if is_below else Edit(colon, start, f"{newline}{' ' * indent}text: ")
    return [opening, *_indent(text, start, end), _new_line(text, end, indent, line, newline)]


def _new_line(text: str, end: int, column: int, line: str, newline: str) -> Edit:
    """Return the edit that adds a line below the one in which a value ends."""
    stop = text.find("\n", end)
    place = len(text) if stop < 0 else stop - (1 if text[stop - 1 : stop] == "\r" else 0)
    return Edit(place, place, f"{newline}{' ' * column}{line}")


def _end(text: str, node: Any) -> int:
    """Return where the last character of a value ends; a block's own mark is where the next entry starts."""
    if isinstance(node, ScalarNode):
        end: int = node.end_mark.index
        return node.start_mark.index + len(text[node.start_mark.index : end].rstrip())
    if node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(text, last[1] if isinstance(node, MappingNode) else last)


def _value(approval: Approval, language: ApprovedLanguage | None) -> str:
    """Return the value of 'approved' where an entry has none yet."""
    return f"{{{language.key}: {_flow(approval)}}}" if language and not language.is_first else _flow(approval)


def _flow(approval: Approval) -> str:
    return f"{{by: {_quote(approval.by)}, on: {approval.on.isoformat()}, sha256: {approval.sha256}}}"


def _quote(name: str) -> str:
    """Return a name as YAML: in double quotes if it may be read as something else."""
    if _PLAIN.fullmatch(name) and name.lower() not in _RESERVED:
        return name
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _as_written(approval: Approval) -> dict[str, str]:
    return {"by": approval.by, "on": approval.on.isoformat(), "sha256": approval.sha256}


def _plain(text: str) -> Any:
    """Return what a file says; raises EditError for a file with errors, of which a part is not read."""
    node, findings = read_yaml(SourceFile("", text))
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise EditError(_INVALID)
    return plain_value(node)


def _expect(before: Any, approval: Approval, language: ApprovedLanguage | None) -> dict[str, Any]:
    """Return what 'approved' of an entry must be; `before` is what it was."""
    written = _as_written(approval)
    if language and isinstance(before, dict) and holds_languages(before):
        name = next((key for key in before if language.is_meant(key)), language.key)
        return {**before, name: written}
    if language is None or language.is_first:
        return written
    return {language.key: written} | ({language.first: before} if before else {})


def _compare(
    before: str, after: str, done: Iterable[tuple[tuple[str, ...], Approval]], language: ApprovedLanguage | None
) -> None:
    """Raise EditError if a file says anything else than before, besides the approvals."""
    was, now = _plain(before), _plain(after)
    for path, approval in done:
        holder: Any = was
        for step in path[:-1]:
            holder = holder[int(step) if isinstance(holder, list) else step]
        entry = holder[path[-1]]
        if not isinstance(entry, dict) or (language and holds_languages(entry)):
            entry = {"text": entry}
        holder[path[-1]] = {**entry, _KEY: _expect(entry.get(_KEY), approval, language)}
    if was != now:
        raise EditError("another part of it would change")
