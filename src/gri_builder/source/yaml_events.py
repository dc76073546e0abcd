"""YAML parser events to located nodes; tags and aliases are rejected and never evaluated."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

import yaml
from msgspec import Struct, field
from msgspec.structs import replace

from gri_builder.limits.limits import YAML_DEPTH
from gri_builder.limits.numbers import describe_excess
from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.model.texts.finding_text import quoted, shorten
from gri_builder.source.nodes import Entry, Node, NodeKind, SourceFile
from gri_builder.source.yaml_surprises import COLONS, ScalarText, find_scalar_surprises, find_split_item, join_items

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that YAML forbids or reads as a line end, and that can't be printed."""
NULL = frozenset({"", "~", "null", "Null", "NULL"})
BOOLEAN = frozenset({"true", "True", "TRUE", "false", "False", "FALSE"})
NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?")
COMMENT_AFTER_TEXT = re.compile(r"(?:\s+(?=#[^\s#])|[ ](?=\#[ ](?!(?:19|20)\d\d\b)\d))(#.*(?<=\S))\s*$")
"""A comment after a plain scalar that may be meant as text; people write a space and a word after its '#'."""
_WARNINGS = frozenset({"line-break-in-quotes"})
"""Rules of texts that YAML may change that are no errors."""
_MAY_CHANGE = re.compile(rf"[\\:{COLONS}]")
"""Characters without which YAML does not change a text on one line."""
COMMENT_AFTER_ONE_SPACE = re.compile(r" (# (?:.*\S)?)\s*$")
"""A comment that a text may continue with, as in 'We are # one in pumps'; people put two spaces before a comment."""
UNFINISHED = re.compile(
    r"""(?ix) (?:^|\s) (?: are|is|was|were|be|the|a|an|of|as|our|and|or|in|to|for|with|by|at|from|no\.?|nr\.?|number
    |suite|box|unit|apt\.?|ranked|rank|ist|sind|der|die|das|und|am|als|im|est|le|la|les|de|et|du|au|n[°º] ) $"""
)
"""A text that ends with a word after which it continues."""
SURROGATE = re.compile("[\ud800-\udfff]")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
AMBIGUOUS = re.compile(
    r"""yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|=|<<
    |[-+]?0[0-9_]+|[-+]?0o[0-7]+|[-+]?0b[01_]+|[-+]?0x[0-9a-fA-F_]+
    |[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?
    |[-+]?([0-9][0-9_]*(\.[0-9_]*)?|\.[0-9][0-9_]*)([eE][-+]?[0-9]+)?
    |[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)
    |[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt]|[ ]+)[0-9]{1,2}:[0-9:.]+[ ]*(Z|[-+][0-9:]+)?""",
    re.VERBOSE,
)
"""Scalars that YAML programs read as a number, a time or a Boolean, but not all in the same way."""


def classify_scalar(text: str, plain: bool) -> NodeKind:
    """Return the kind of a scalar: text if it is quoted, otherwise what YAML programs read it as."""
    if not plain:
        return "text"
    if text in NULL:
        return "null"
    if NUMBER.fullmatch(text):
        return "number"
    if text in BOOLEAN:
        return "bool"
    if DATE.fullmatch(text):
        return "date"
    return "ambiguous" if AMBIGUOUS.fullmatch(text) else "text"


def report_control_character(character: str, where: Location) -> Finding:
    """Return the finding for a character that can't be printed."""
    name = unicodedata.name(character, "a control character")
    hint = "delete it; text copied from a PDF or a word processor often contains such characters"
    message = f"the character U+{ord(character):04X} ({name}) can't be printed"
    return error("control-character", message, where, hint)


def escape_pointer(key: str) -> str:
    """Return a key as a reference token of a JSON Pointer (RFC 6901, 3)."""
    return key.replace("~", "~0").replace("/", "~1")


class Fragment(Struct, frozen=True):
    """Consecutive lines of a file that are parsed on their own."""

    file: SourceFile
    lines: tuple[str, ...]
    first: int
    """Number in the file of the first of the lines."""
    pointer: str
    index: int = 0
    """For items of a list: how many items precede them."""
    depth: int = 0

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "".join(line + "\n" for line in self.lines)

    def blank(self, kind: NodeKind = "invalid") -> Node:
        """Return a node without content in place of the whole fragment."""
        return Node(kind, self.file, self.first, 1, 1, self.pointer)


def add_entry(entries: dict[str, Entry], entry: Entry) -> Iterator[Finding]:
    """Add an entry to those of a mapping; an entry with a duplicate key is left out, with a finding."""
    first = entries.setdefault(entry.key.text, entry)
    if first is not entry:
        message = f"the key '{shorten(entry.key.text)}' is already used on line {first.key.line}"
        yield error("duplicate-key", message, entry.key.where, "keep one of the two, or rename one")


class _Frame(Struct):
    """A mapping or list under construction."""

    event: Any
    pointer: str
    entries: dict[str, Entry] = field(default_factory=dict)
    items: list[Node] = field(default_factory=list)
    """Values so far, in a list."""
    key: Node | None = None
    """The key that waits for its value, in a mapping."""
    is_invalid: bool = False


class Builder:
    """Builds nodes from the events of a YAML parser; never creates objects from tags."""

    def __init__(self, fragment: Fragment) -> None:
        self.findings: list[Finding] = []
        self._fragment = fragment
        self._stack: list[_Frame] = []
        self._root: Node | None = None
        self._anchors: set[str] = set()

    def build(self, loader: Any) -> Node:
        """Return the node of the fragment; raises YAMLError if its lines are not valid YAML."""
        documents = 0
        for event in yaml.parse(self._fragment.text, Loader=loader):
            if isinstance(event, yaml.ScalarEvent):
                self._add(self._scalar(event))
            elif isinstance(event, yaml.CollectionStartEvent):
                self._open(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._close(event)
            elif isinstance(event, yaml.AliasEvent):
                self._add(self._alias(event))
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents == 2:
                    self._refuse_document(event)
                    break
        return self._root or self._fragment.blank("null")

    def _add(self, node: Node) -> None:
        """Add a finished node to its parent."""
        if not self._stack:
            self._root = node
            return
        frame = self._stack[-1]
        if isinstance(frame.event, yaml.SequenceStartEvent):
            frame.items.append(node)
        elif frame.key is None:
            frame.key = node
        else:
            if node.kind == "null" and not node.text:  # the parsers differ on the place of an empty value
                node = replace(node, line=frame.key.line, column=frame.key.column + frame.key.width, width=1)
            self.findings.extend(add_entry(frame.entries, Entry(frame.key, node)))
            frame.key = None

    def _pointer(self, key: str = "") -> str:
        """Return the pointer of the next node; if that is a key, the pointer of its value."""
        if not self._stack:
            return self._fragment.pointer
        frame = self._stack[-1]
        if isinstance(frame.event, yaml.SequenceStartEvent):
            return f"{frame.pointer}/{len(frame.items) + (self._fragment.index if len(self._stack) == 1 else 0)}"
        return frame.key.pointer if frame.key else f"{frame.pointer}/{escape_pointer(key)}"

    def _awaits_key(self) -> bool:
        return (
            bool(self._stack)
            and isinstance(self._stack[-1].event, yaml.MappingStartEvent)
            and self._stack[-1].key is None
        )

    def _place(self, event: Any, kind: NodeKind, pointer: str, **content: Any) -> Node:
        """Return a node at the position of the event."""
        start, end = event.start_mark, event.end_mark
        width = end.column - start.column
        if end.line != start.line or width == 0:
            width = len(self._rest(start).rstrip())
        line = self._fragment.first + start.line
        return Node(kind, self._fragment.file, line, start.column + 1, max(1, width), pointer, **content)

    def _rest(self, mark: Any) -> str:
        """Return the rest of the line from that position on."""
        lines = self._fragment.lines
        return lines[mark.line][mark.column :] if mark.line < len(lines) else ""

    def _scalar(self, event: Any) -> Node:
        style = event.style or ""
        if SURROGATE.search(event.value):
            raise yaml.MarkedYAMLError(problem="unknown escape", problem_mark=event.start_mark)
        key = self._awaits_key()
        kind: NodeKind = "text" if key else classify_scalar(event.value, style == "")
        node = self._place(event, kind, self._pointer(event.value), text=event.value, style=style)
        if match := UNPRINTABLE.search(event.value):
            self.findings.append(report_control_character(match[0], node.where))
            node = replace(node, text=UNPRINTABLE.sub(" ", event.value))
        if kind == "text" and not key:
            self._check_text(event, style)
        if kind in ("number", "ambiguous") and (excess := describe_excess(event.value)):
            message, hint = excess
            place = node.where
            self.findings.append(error("number-out-of-range", f"'{shorten(event.value)}' {message}", place, hint))
            node = replace(node, kind="invalid")
        if self._refuse_properties(event):
            return node if key else replace(node, kind="invalid")
        if key and not event.value.strip():
            self._report("yaml-syntax", "a key is missing before the colon", event, "write the name of what follows", 1)
            self._stack[-1].is_invalid = True
        return node

    def _check_text(self, event: Any, style: str) -> None:
        """Report where YAML changes a text."""
        if not style:
            self._check_comment(event)
        start, end = event.start_mark, event.end_mark
        if start.line == end.line and not _MAY_CHANGE.search(event.value if style == "" else self._rest(start)):
            return
        lines = list(self._fragment.lines[start.line : end.line + 1])
        if end.line < len(self._fragment.lines):
            lines[-1] = lines[-1][: end.column]
        opens_line = not lines[0][: start.column].strip()
        lines[0] = lines[0][start.column :]
        indents = (start.column, *(0 for _ in lines[1:]))
        scalar = ScalarText(style, tuple(lines), indents, opens_line, self._is_block_value())
        for found in find_scalar_surprises(scalar):
            line = self._fragment.first + start.line + found.line
            where = self._fragment.file.where(line, found.column + 1, found.width, self._pointer())
            report = warning if found.rule in _WARNINGS else error
            self.findings.append(report(found.rule, found.message, where, found.hint))

    def _is_block_value(self) -> bool:
        """Whether the next node is the value of a key outside of brackets."""
        return bool(self._stack) and self._stack[-1].key is not None and not self._stack[-1].event.flow_style

    def _check_items(self, items: Sequence[Node]) -> None:
        """Warn of a comma in a text or a number that makes two items of it."""
        item = find_split_item(items)
        if item is not None:
            before = items[items.index(item) - 1]
            message = f"'{shorten(before.text)}' and '{shorten(item.text)}' are read as two items, because of the comma"
            hint = f"if they belong together, {join_items(before, item)}; if not, put each in quotes"
            self.findings.append(warning("text-split-at-comma", message, item.where, hint))

    def _check_comment(self, event: Any) -> None:
        """Warn of a comment after an unquoted text that may belong to the text, such as 'Acme #1'."""
        rest = self._rest(event.end_mark)
        match = COMMENT_AFTER_TEXT.match(rest)
        if match is None and UNFINISHED.search(event.value):
            match = COMMENT_AFTER_ONE_SPACE.match(rest)
        if match:
            mark, line = event.end_mark, self._fragment.first + event.end_mark.line
            where = self._fragment.file.where(line, mark.column + match.start(1) + 1, len(match[1]), self._pointer())
            text = f"{event.value} {match[1]}"
            remedy = "put two spaces before it" if match[1].startswith("# ") else "start it with '# '"
            hint = f"if it belongs to the text, put all in quotes: {quoted(shorten(text))}; if not, {remedy}"
            message = f"'{shorten(match[1])}' is left out, because YAML reads it as a comment"
            self.findings.append(warning("text-read-as-comment", message, where, hint))

    def _open(self, event: Any) -> None:
        """Start a mapping or a list."""
        if len(self._stack) >= YAML_DEPTH.most:
            raise yaml.MarkedYAMLError(problem=f"deeper than {YAML_DEPTH.most} levels", problem_mark=event.start_mark)
        frame = _Frame(event, self._pointer(), is_invalid=self._refuse_properties(event))
        if self._awaits_key():
            self._refuse_key(event)
        self._stack.append(frame)

    def _close(self, event: Any) -> None:
        """Finish the innermost mapping or list."""
        frame = self._stack.pop()
        start = frame.event
        span = _Span(start.start_mark, event.end_mark if start.flow_style else start.start_mark)
        style = self._rest(start.start_mark)[:1] if start.flow_style else ""
        if frame.is_invalid:
            node = self._place(span, "invalid", frame.pointer, style=style)
        elif isinstance(start, yaml.MappingStartEvent):
            node = self._place(span, "mapping", frame.pointer, style=style, entries=frame.entries)
        else:
            node = self._place(span, "list", frame.pointer, style=style, items=tuple(frame.items))
            if style:
                self._check_items(node.items)
        self._add(node)

    def _alias(self, event: Any) -> Node:
        if event.anchor not in self._anchors:
            message = f"a text can't start with '*', which marks a reused value in YAML: *{shorten(event.anchor)}"
            rest = self._rest(event.start_mark).strip()
            self._report("yaml-alias", message, event, f"put the text in quotes: {quoted(rest)}")
        if self._awaits_key():
            self._stack[-1].is_invalid = True
        return self._place(event, "invalid", self._pointer())

    def _refuse_properties(self, event: Any) -> bool:
        """Report a tag or an anchor of the event; return whether it has one."""
        rest = self._rest(event.start_mark).strip()
        if event.tag is not None:
            tag = rest.split()[0] if rest.startswith("!") else event.tag
            message = f"'{shorten(tag)}' marks a type in YAML, which reports don't use"
            hint = f"delete it; a text that starts with '!' needs quotes: {quoted(rest)}"
            self._report("yaml-tag", message, event, hint, len(tag))
        elif event.anchor is not None:
            message = f"'&{shorten(event.anchor)}' marks a value for reuse in YAML, which reports don't use"
            hint = f"write the value in each place; a text that starts with '&' needs quotes: {quoted(rest)}"
            self._report("yaml-alias", message, event, hint, len(event.anchor) + 1)
        if event.anchor is not None:
            self._anchors.add(event.anchor)
        return event.tag is not None or event.anchor is not None

    def _refuse_key(self, event: Any) -> None:
        """Report a mapping or list in place of a key; most often a placeholder without quotes."""
        frame = self._stack[-1]
        rest = self._rest(frame.event.start_mark)
        if rest.startswith("{{") and not frame.is_invalid:
            text = rest[: rest.index("}}") + 2] if "}}" in rest else rest.strip()
            outer = _Span(frame.event.start_mark, frame.event.start_mark)
            message = "a text that starts with '{{' needs quotes"
            self._report("yaml-syntax", message, outer, f"write {quoted(text)}", len(text))
        elif not frame.is_invalid:
            self._report("yaml-syntax", "brackets can't be a key", event, "write a word before the colon", 1)
        frame.is_invalid = True

    def _refuse_document(self, event: Any) -> None:
        message = "'---' starts a second document, but a file holds only one"
        self._report("several-documents", message, event, "delete this line, or move what follows to another file")

    def _report(self, rule: str, message: str, event: Any, hint: str, width: int = 0) -> None:
        place = self._place(event, "invalid", self._pointer())
        where = place.where if width == 0 else replace(place, width=width).where
        self.findings.append(error(rule, message, where, hint))


class _Span(Struct, frozen=True):
    """Start and end of a collection, with the attributes of a parser event."""

    start_mark: Any
    end_mark: Any
