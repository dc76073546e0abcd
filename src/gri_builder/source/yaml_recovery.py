"""YAML files to nodes: what breaks the rules of YAML is reported where it stands, and all else is read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import yaml
from msgspec import Struct, field
from msgspec.structs import replace

from gri_builder.model.finding import Finding, error
from gri_builder.model.finding_text import shorten
from gri_builder.source.nodes import Entry, Node, SourceFile
from gri_builder.source.yaml_errors import explain_error, report_keyless
from gri_builder.source.yaml_events import Builder, Fragment, add_entry, escape_pointer

FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
PURE: Any = yaml.SafeLoader
MAX_RECOVERY_DEPTH = 12
"""Levels down to which a fault of syntax is narrowed."""

MAX_TRIALS = 8
"""Lines that are tried in another column, to find the one that is out of line."""
KEY = re.compile(
    r"""("[^"]{0,200}"|'[^']{0,200}'
        |[^\s#\[\]{}"'|>%@`&*!?,-][^:]{0,200}(?::\S[^:]{0,200})*)  # a colon inside a key is no end of it
    [ \t]*:(?:[ \t]|$)""",
    re.VERBOSE,
)
"""The beginning of an entry on its line."""


def read_yaml(file: SourceFile, loader: Any = FAST) -> tuple[Node, tuple[Finding, ...]]:
    """Return the file's content as a node, and what is wrong with its YAML.

    A fault makes only the smallest entry or item around it 'invalid'; everything else is read.
    """
    reader = _Reader(loader)
    node = reader.read(Fragment(file, file.lines, 1, ""))
    return node, tuple(reader.findings)


def _find_head(line: str) -> tuple[int, str, str] | None:
    """Return the column (from 0) of an entry or item that begins on the line, its key as written, and what follows.

    The key of an item is '-'; None for a line on which neither begins.
    """
    body = line.lstrip(" ")
    column = len(line) - len(body)
    if body == "-" or body.startswith("- "):
        return column, "-", body[1:]
    match = KEY.match(body)
    if match is None or " #" in match[1]:
        return None
    return column, match[1].rstrip(), body[match.end() :]


def _split(part: Fragment) -> list[Fragment]:
    """Return the lines cut before each entry or item of the outermost level; nothing when there is none."""
    heads = [(number, *head[:2]) for number, line in enumerate(part.lines) if (head := _find_head(line))]
    if not heads:
        return []
    level = min(column for _, column, _ in heads)
    outermost = [(number, key == "-") for number, column, key in heads if column == level]
    cuts = [number for number, is_item in outermost if is_item == outermost[0][1]]
    if any(line.strip() and not line.lstrip().startswith("#") for line in part.lines[: cuts[0]]):
        cuts.insert(0, 0)
    ends = [*cuts[1:], len(part.lines)]
    return [
        replace(part, lines=part.lines[start:end], first=part.first + start, index=part.index + number)
        for number, (start, end) in enumerate(zip(cuts, ends, strict=True))
    ]


def _find_deviants(part: Fragment) -> list[tuple[int, int]]:
    """Return lines that begin an entry near the column of others, each with such a column; the likeliest first."""
    heads, counts = _list_heads(part)
    found = [
        (counts[column], target != above, -counts[target], number, target)
        for (number, column), (_, above) in zip(heads[1:], heads, strict=False)
        for target in counts
        if 0 < abs(target - column) < 3
    ]
    return [(number, target) for *_, number, target in sorted(found)[:MAX_TRIALS]]


def _would_swallow(part: Fragment, number: int, column: int) -> bool:
    """Whether a line, moved to a column, would make its text go on in the deeper lines below it."""
    head = _find_head(part.lines[number])
    below = next((line for line in part.lines[number + 1 :] if line.strip()), "")
    has_text = head is not None and re.match(r"\s*[^\s|>#\[{\"']", head[2]) is not None
    return has_text and len(below) - len(below.lstrip(" ")) > column


def _list_heads(part: Fragment) -> tuple[list[tuple[int, int]], Counter[int]]:
    """Return number and column of the lines that begin entries or items, and how many begin in each column."""
    heads = [(number, head[0]) for number, line in enumerate(part.lines) if (head := _find_head(line))]
    return heads, Counter(column for _, column in heads)


def _count(node: Node) -> int:
    """Return how many values stand in a node."""
    inner = (*node.items, *(entry.value for entry in node.entries.values()))
    return len(inner) + sum(_count(each) for each in inner)


def _open(piece: Fragment) -> Fragment | None:
    """Return the lines of the value of a piece that is a single entry or item, if the value is a block of lines."""
    _, key, rest = _find_head(piece.lines[0]) or (0, "", "?")
    if key == "-":
        dashless = piece.lines[0].replace("-", " ", 1)
        return replace(
            piece,
            lines=(dashless, *piece.lines[1:]),
            pointer=f"{piece.pointer}/{piece.index}",
            index=0,
            depth=piece.depth + 1,
        )
    if rest.split("#")[0].strip() or len(piece.lines) < 2:
        return None
    pointer = f"{piece.pointer}/{escape_pointer(_plain_key(key))}"
    return replace(piece, lines=piece.lines[1:], first=piece.first + 1, pointer=pointer, index=0, depth=piece.depth + 1)


def _plain_key(key: str) -> str:
    return key[1:-1] if key[:1] in ("'", '"') and len(key) > 1 else key


def _wrap(piece: Fragment, value: Node) -> Node:
    """Return the node of a piece that is a single entry or item, with that value."""
    head = _find_head(piece.lines[0])
    if head is None:
        return piece.blank()
    column, key, _ = head
    if key == "-":
        return replace(piece.blank("list"), items=(value,))
    name = _plain_key(key)
    place = Node("text", piece.file, piece.first, column + 1, len(key), f"{piece.pointer}/{escape_pointer(name)}", name)
    return replace(piece.blank("mapping"), entries={name: Entry(place, replace(value, pointer=place.pointer))})


class _Reader(Struct):
    """Reads parts of one file, and collects what is wrong with them."""

    loader: Any
    findings: list[Finding] = field(default_factory=list)

    def read(self, part: Fragment) -> Node:
        """Return the node of these lines, or of as many of their entries as follow the rules of YAML."""
        builder = Builder(part)
        try:
            node = builder.build(self.loader)
        except yaml.YAMLError as fault:
            return self.recover(part, fault)
        self.findings.extend(builder.findings)
        return node

    def recover(self, part: Fragment, fault: yaml.YAMLError) -> Node:
        """Return what can be read in spite of a fault, and report the fault where it is."""
        before = len(self.findings)
        pieces = _split(part) if part.depth < MAX_RECOVERY_DEPTH else []
        if len(pieces) > 1:
            node = self.join(part, self.read_pieces(pieces))
        elif pieces and (aligned := self.realign(pieces[0], _find_deviants(pieces[0]))):
            node = aligned
        elif pieces and (inner := _open(pieces[0])):
            node = _wrap(pieces[0], self.read(inner))
        else:
            node = _wrap(pieces[0], part.blank()) if pieces else part.blank()
        if len(self.findings) == before:
            self.findings.append(self.diagnose(part, fault))
        return node

    def read_pieces(self, pieces: Sequence[Fragment]) -> list[Node]:
        """Return the nodes of consecutive pieces; one that only makes sense inside of the one before is read there."""
        nodes: list[Node] = []
        for number, piece in enumerate(pieces):
            builder = Builder(piece)
            try:
                nodes.append(builder.build(self.loader))
                self.findings.extend(builder.findings)
            except yaml.YAMLError as fault:
                inside = self.attach(pieces[number - 1], piece) if number else None
                if inside:
                    nodes[-1] = inside
                else:
                    nodes.append(self.recover(piece, fault))
        return nodes

    def attach(self, before: Fragment, piece: Fragment) -> Node | None:
        """Return both pieces as one, if that needs a single line to be moved, most likely the second's first one."""
        both, place = replace(before, lines=before.lines + piece.lines), len(before.lines)
        heads, counts = _list_heads(both)
        columns = dict(heads)
        inside = [(place, column) for column, _ in counts.most_common(3) if column > columns.get(place, column)]
        other = [(place + number, column) for number, column in _find_deviants(piece)]
        return self.realign(both, sorted((*inside, *other), key=lambda trial: counts[columns[trial[0]]]))

    def realign(self, part: Fragment, trials: Sequence[tuple[int, int]]) -> Node | None:
        """Return the node of lines of which a single one, out of those tried, stands in the wrong column; report it."""
        best: tuple[tuple[int, int], int, int, Builder, Node] | None = None
        for number, column in trials:
            if _would_swallow(part, number, column):
                continue
            straight = " " * column + part.lines[number].lstrip(" ")
            builder = Builder(replace(part, lines=(*part.lines[:number], straight, *part.lines[number + 1 :])))
            try:
                node = builder.build(self.loader)
            except yaml.YAMLError:
                continue
            worth = -len(builder.findings), _count(node)
            if best is None or worth > best[0]:
                best = worth, number, column, builder, node
        if best is None:
            return None
        _, number, column, builder, node = best
        rest = part.lines[number].strip()
        message = f"'{shorten(rest)}' does not line up with the lines around it"
        where = part.file.where(part.first + number, part.lines[number].index(rest) + 1, len(rest))
        self.findings.append(error("yaml-syntax", message, where, f"begin it in column {column + 1}"))
        self.findings.extend(builder.findings)
        return node

    def join(self, part: Fragment, nodes: Sequence[Node]) -> Node:
        """Return one node out of those of consecutive pieces."""
        entries: dict[str, Entry] = {}
        for entry in (entry for node in nodes for entry in node.entries.values()):
            self.findings.extend(add_entry(entries, entry))
        items = tuple(item for node in nodes for item in node.items)
        self.findings.extend(
            report_keyless(node) for node in nodes if node.kind not in ("mapping", "list", "null", "invalid")
        )
        if any(node.kind == "mapping" for node in nodes):
            broken = any(node.kind not in ("mapping", "null") for node in nodes)
            broken = broken or any(entry.value.kind == "invalid" for entry in entries.values())
            return replace(part.blank("mapping"), entries=entries, broken=broken)
        return replace(part.blank("list"), items=items) if items else part.blank()

    def diagnose(self, part: Fragment, fault: yaml.YAMLError) -> Finding:
        """Return the fault in plain words; the pure loader names the same place on every machine."""
        try:
            Builder(part).build(PURE)
        except yaml.YAMLError as pure_fault:
            fault = pure_fault
        return explain_error(fault, part.file, part.lines, part.first)
