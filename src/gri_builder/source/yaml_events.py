"""Events of a YAML parser to nodes with places; tags and aliases are refused, and nothing is ever made from them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import yaml
from msgspec import Struct, field
from msgspec.structs import replace

from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.model.finding_text import quoted, shorten
from gri_builder.source.nodes import Entry, Node, NodeKind, SourceFile

MAX_DEPTH = 40
"""Levels of values within values that are read; a report needs seven."""
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that YAML forbids or takes for the end of a line, and that no page can show."""
NULL = frozenset({"", "~", "null", "Null", "NULL"})
TRUTH = frozenset({"true", "True", "TRUE", "false", "False", "FALSE"})
NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?")
CUT = re.compile(r"\s+(#[^\s#].*?)\s*$")
"""What may be text behind a plain scalar, cut off as a comment; people's comments have a space behind the '#'."""
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
"""What YAML programs take for a number, a moment or a truth value, though not all for the same."""


def classify_scalar(text: str, plain: bool) -> NodeKind:
    """Return the kind of a scalar: quoted ones are text, plain ones what YAML programs take them for."""
    if not plain:
        return "text"
    if text in NULL:
        return "null"
    if NUMBER.fullmatch(text):
        return "number"
    if text in TRUTH:
        return "bool"
    if DATE.fullmatch(text):
        return "date"
    return "ambiguous" if AMBIGUOUS.fullmatch(text) else "text"


def report_control_character(character: str, where: Location) -> Finding:
    """Return the finding for a character that can't be printed."""
    name = unicodedata.name(character, "a control character")
    hint = "delete it; text copied from a PDF or a word processor often brings such characters along"
    message = f"the character U+{ord(character):04X} ({name}) can't be printed"
    return error("control-character", message, where, hint)


def escape_pointer(key: str) -> str:
    """Return a key as a reference token of a JSON Pointer (RFC 6901, 3)."""
    return key.replace("~", "~0").replace("/", "~1")


class Fragment(Struct, frozen=True):
    """Some lines of a file that are YAML by themselves."""

    file: SourceFile
    lines: tuple[str, ...]
    first: int
    """Line of the file on which they begin."""
    pointer: str
    index: int = 0
    """For items of a list: how many stand before them."""
    depth: int = 0

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "".join(line + "\n" for line in self.lines)

    def blank(self, kind: NodeKind = "invalid") -> Node:
        """Return a node without content that stands for the whole part."""
        return Node(kind, self.file, self.first, 1, 1, self.pointer)


def add_entry(entries: dict[str, Entry], entry: Entry) -> Iterator[Finding]:
    """Add an entry to those of a mapping; one whose key is there already is left out, with a finding."""
    first = entries.setdefault(entry.key.text, entry)
    if first is not entry:
        message = f"'{shorten(entry.key.text)}' stands here for the second time; the first is on line {first.key.line}"
        yield error("duplicate-key", message, entry.key.where, "keep one of the two, or give one another name")


class _Frame(Struct):
    """A mapping or list that is being built."""

    event: Any
    pointer: str
    entries: dict[str, Entry] = field(default_factory=dict)
    items: list[Node] = field(default_factory=list)
    """Values so far, in a list."""
    key: Node | None = None
    """Key whose value comes next, in a mapping."""
    faulty: bool = False


class Builder:
    """Builds nodes from the events of a YAML parser; never builds objects from tags."""

    def __init__(self, part: Fragment) -> None:
        self.findings: list[Finding] = []
        self._part = part
        self._stack: list[_Frame] = []
        self._root: Node | None = None
        self._names: set[str] = set()

    def build(self, loader: Any) -> Node:
        """Return the node of the part; raises YAMLError where its lines break YAML's rules."""
        documents = 0
        for event in yaml.parse(self._part.text, Loader=loader):
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
        return self._root or self._part.blank("null")

    def _add(self, node: Node) -> None:
        """Put a finished node where it belongs."""
        if not self._stack:
            self._root = node
            return
        frame = self._stack[-1]
        if isinstance(frame.event, yaml.SequenceStartEvent):
            frame.items.append(node)
        elif frame.key is None:
            frame.key = node
        else:
            if node.kind == "null" and not node.text:  # the parsers differ on where an empty value stands
                node = replace(node, line=frame.key.line, column=frame.key.column + frame.key.width, width=1)
            self.findings.extend(add_entry(frame.entries, Entry(frame.key, node)))
            frame.key = None

    def _pointer(self, key: str = "") -> str:
        """Return the pointer of the node that comes next; of the value of a key that comes next."""
        if not self._stack:
            return self._part.pointer
        frame = self._stack[-1]
        if isinstance(frame.event, yaml.SequenceStartEvent):
            return f"{frame.pointer}/{len(frame.items) + (self._part.index if len(self._stack) == 1 else 0)}"
        return frame.key.pointer if frame.key else f"{frame.pointer}/{escape_pointer(key)}"

    def _awaits_key(self) -> bool:
        return (
            bool(self._stack)
            and isinstance(self._stack[-1].event, yaml.MappingStartEvent)
            and self._stack[-1].key is None
        )

    def _place(self, event: Any, kind: NodeKind, pointer: str, **content: Any) -> Node:
        """Return a node that stands where the event does."""
        start, end = event.start_mark, event.end_mark
        width = end.column - start.column
        if end.line != start.line or width == 0:
            width = len(self._rest(start).rstrip())
        line = self._part.first + start.line
        return Node(kind, self._part.file, line, start.column + 1, max(1, width), pointer, **content)

    def _rest(self, mark: Any) -> str:
        """Return the text of the line from there on."""
        lines = self._part.lines
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
        if kind == "text" and not key and not style:
            self._doubt_comment(event)
        if self._refuse_properties(event):
            return node if key else replace(node, kind="invalid")
        if key and not event.value.strip():
            self._report("yaml-syntax", "a key is missing before the colon", event, "write the name of what follows", 1)
            self._stack[-1].faulty = True
        return node

    def _doubt_comment(self, event: Any) -> None:
        """Warn of text behind an unquoted one that YAML takes for a comment, though it may be meant: 'Acme #1'."""
        match = CUT.match(self._rest(event.end_mark))
        if match:
            mark, line = event.end_mark, self._part.first + event.end_mark.line
            where = self._part.file.where(line, mark.column + match.start(1) + 1, len(match[1]), self._pointer())
            text = f"{event.value} {match[1]}"
            hint = f"if it belongs to the text, quote the whole: {quoted(shorten(text))}; if not, write '# ' before it"
            message = f"'{shorten(match[1])}' is left out: YAML takes it for a comment"
            self.findings.append(warning("text-read-as-comment", message, where, hint))

    def _open(self, event: Any) -> None:
        """Begin a mapping or a list."""
        if len(self._stack) >= MAX_DEPTH:
            raise yaml.MarkedYAMLError(problem=f"deeper than {MAX_DEPTH} levels", problem_mark=event.start_mark)
        frame = _Frame(event, self._pointer(), faulty=self._refuse_properties(event))
        if self._awaits_key():
            self._refuse_key(event)
        self._stack.append(frame)

    def _close(self, event: Any) -> None:
        """Finish the innermost mapping or list."""
        frame = self._stack.pop()
        begin = frame.event
        span = _Span(begin.start_mark, event.end_mark if begin.flow_style else begin.start_mark)
        style = self._rest(begin.start_mark)[:1] if begin.flow_style else ""
        if frame.faulty:
            node = self._place(span, "invalid", frame.pointer, style=style)
        elif isinstance(begin, yaml.MappingStartEvent):
            node = self._place(span, "mapping", frame.pointer, style=style, entries=frame.entries)
        else:
            node = self._place(span, "list", frame.pointer, style=style, items=tuple(frame.items))
        self._add(node)

    def _alias(self, event: Any) -> Node:
        if event.anchor not in self._names:
            message = f"a text can't begin with '*', which stands for a reused value in YAML: *{shorten(event.anchor)}"
            rest = self._rest(event.start_mark).strip()
            self._report("yaml-alias", message, event, f"put the text in quotes: {quoted(rest)}")
        if self._awaits_key():
            self._stack[-1].faulty = True
        return self._place(event, "invalid", self._pointer())

    def _refuse_properties(self, event: Any) -> bool:
        """Whether the event has a tag or an anchor, which get a finding."""
        rest = self._rest(event.start_mark).strip()
        if event.tag is not None:
            word = rest.split()[0] if rest.startswith("!") else event.tag
            message = f"'{shorten(word)}' marks a type in YAML, which reports don't use"
            hint = f"take it away; a text that begins with '!' needs quotes: {quoted(rest)}"
            self._report("yaml-tag", message, event, hint, len(word))
        elif event.anchor is not None:
            message = f"'&{shorten(event.anchor)}' marks a value for reuse in YAML, which reports don't use"
            hint = f"write the value wherever it belongs; a text that begins with '&' needs quotes: {quoted(rest)}"
            self._report("yaml-alias", message, event, hint, len(event.anchor) + 1)
        if event.anchor is not None:
            self._names.add(event.anchor)
        return event.tag is not None or event.anchor is not None

    def _refuse_key(self, event: Any) -> None:
        """Report a mapping or list that stands where a key should; most often a placeholder without quotes."""
        frame = self._stack[-1]
        rest = self._rest(frame.event.start_mark)
        if rest.startswith("{{") and not frame.faulty:
            text = rest[: rest.index("}}") + 2] if "}}" in rest else rest.strip()
            outer = _Span(frame.event.start_mark, frame.event.start_mark)
            message = "a text that begins with '{{' needs quotes"
            self._report("yaml-syntax", message, outer, f"write {quoted(text)}", len(text))
        elif not frame.faulty:
            self._report("yaml-syntax", "brackets can't be a key", event, "write a word before the colon", 1)
        frame.faulty = True

    def _refuse_document(self, event: Any) -> None:
        message = "'---' begins a second document; a file holds one"
        self._report("several-documents", message, event, "delete this line, or move what follows to a file of its own")

    def _report(self, rule: str, message: str, event: Any, hint: str, width: int = 0) -> None:
        place = self._place(event, "invalid", self._pointer())
        where = place.where if width == 0 else replace(place, width=width).where
        self.findings.append(error(rule, message, where, hint))


class _Span(Struct, frozen=True):
    """Where something begins and ends, in the manner of a parser's event."""

    start_mark: Any
    end_mark: Any
