"""YAML files to nodes, with recovery: syntax errors are reported where they are, and the rest of the file is read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import yaml
from msgspec import Struct, field
from msgspec.structs import replace

from gri_builder.memos import Same, remembered
from gri_builder.model.finding import Finding, error
from gri_builder.model.texts.finding_text import shorten
from gri_builder.source.nodes import Entry, Node, SourceFile
from gri_builder.source.yaml_errors import explain_error, report_keyless
from gri_builder.source.yaml_events import Builder, Fragment, add_entry, escape_pointer

FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
PURE: Any = yaml.SafeLoader
MAX_RECOVERY_DEPTH = 12
"""Levels of nesting down to which a syntax error is isolated."""

MAX_TRIALS = 8
"""How many lines are tried in another column, to find the one with the wrong indentation."""
_ODD_SPACES = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
_ODD_SPACE = re.compile(f"[{_ODD_SPACES}]")
_ODD_INDENTATION = re.compile(rf"(?m)^ *[{_ODD_SPACES}][ {_ODD_SPACES}]*(?=\S)")
"""Indentation with spaces that YAML reads as text, as editors of web pages write them; plain spaces are meant."""
KEY = re.compile(
    r"""("[^"]{0,200}"|'[^']{0,200}'
        |[^\s#\[\]{}"'|>%@`&*!?,-][^:]{0,200}(?::\S[^:]{0,200})*)  # a colon inside a key does not end it
    [ \t]*:(?:[ \t]|$)""",
    re.VERBOSE,
)
"""The key of an entry, at the start of its line."""


@remembered(lambda file, loader=FAST: (file, Same(loader)))
def read_yaml(file: SourceFile, loader: Any = FAST) -> tuple[Node, tuple[Finding, ...]]:
    """Return the file's content as a node, and the findings about its YAML.

    Indentation with no-break spaces is read as if they were plain ones.
    A syntax error makes only the smallest entry or item around it 'invalid'; everything else is read.
    """
    if _ODD_SPACE.search(file.text):
        file = replace(file, text=_ODD_INDENTATION.sub(lambda match: " " * len(match[0]), file.text))
    reader = _RecoveringReader(loader)
    node = reader.read(Fragment(file, file.lines, 1, ""))
    return node, tuple(reader.findings)


def _find_head(line: str) -> tuple[int, str, str] | None:
    """Return the column (from 0) of an entry or item that starts on the line, its key as written, and the rest.

    The key of an item is '-'; None for a line on which neither starts.
    """
    body = line.lstrip(" ")
    column = len(line) - len(body)
    if body == "-" or body.startswith("- "):
        return column, "-", body[1:]
    match = KEY.match(body)
    if match is None or " #" in match[1]:
        return None
    return column, match[1].rstrip(), body[match.end() :]


def _split(fragment: Fragment) -> list[Fragment]:
    """Split a fragment before each entry or item of its outermost level; return an empty list if it has none."""
    heads = [(number, *head[:2]) for number, line in enumerate(fragment.lines) if (head := _find_head(line))]
    if not heads:
        return []
    level = min(column for _, column, _ in heads)
    outermost = [(number, key == "-") for number, column, key in heads if column == level]
    cuts = [number for number, is_item in outermost if is_item == outermost[0][1]]
    if any(line.strip() and not line.lstrip().startswith("#") for line in fragment.lines[: cuts[0]]):
        cuts.insert(0, 0)
    ends = [*cuts[1:], len(fragment.lines)]
    return [
        replace(fragment, lines=fragment.lines[start:end], first=fragment.first + start, index=fragment.index + number)
        for number, (start, end) in enumerate(zip(cuts, ends, strict=True))
    ]


def _find_deviants(fragment: Fragment) -> list[tuple[int, int]]:
    """Return lines whose entry starts near the column of others, each with such a column; the likeliest first."""
    heads, counts = _list_heads(fragment)
    found = [
        (counts[column], target != above, -counts[target], number, target)
        for (number, column), (_, above) in zip(heads[1:], heads, strict=False)
        for target in counts
        if 0 < abs(target - column) < 3
    ]
    return [(number, target) for *_, number, target in sorted(found)[:MAX_TRIALS]]


def _would_swallow(fragment: Fragment, number: int, column: int) -> bool:
    """Whether the text of a line, moved to a column, would absorb the deeper lines below it."""
    head = _find_head(fragment.lines[number])
    below = next((line for line in fragment.lines[number + 1 :] if line.strip()), "")
    has_text = head is not None and re.match(r"\s*[^\s|>#\[{\"']", head[2]) is not None
    return has_text and len(below) - len(below.lstrip(" ")) > column


def _list_heads(fragment: Fragment) -> tuple[list[tuple[int, int]], Counter[int]]:
    """Return number and column of the lines that start entries or items, and how many start in each column."""
    heads = [(number, head[0]) for number, line in enumerate(fragment.lines) if (head := _find_head(line))]
    return heads, Counter(column for _, column in heads)


def _count(node: Node) -> int:
    """Return how many values a node contains."""
    inner = (*node.items, *(entry.value for entry in node.entries.values()))
    return len(inner) + sum(_count(each) for each in inner)


def _open(piece: Fragment) -> Fragment | None:
    """Return the lines of the value of a single entry or item; None if its value is not a block of lines."""
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
    """Return the node of a single entry or item with that value."""
    head = _find_head(piece.lines[0])
    if head is None:
        return piece.blank()
    column, key, _ = head
    if key == "-":
        return replace(piece.blank("list"), items=(value,))
    name = _plain_key(key)
    place = Node("text", piece.file, piece.first, column + 1, len(key), f"{piece.pointer}/{escape_pointer(name)}", name)
    return replace(piece.blank("mapping"), entries={name: Entry(place, replace(value, pointer=place.pointer))})


class _RecoveringReader(Struct):
    """Reads fragments of one file, and collects their findings."""

    loader: Any
    findings: list[Finding] = field(default_factory=list)

    def read(self, fragment: Fragment) -> Node:
        """Return the node of a fragment, or of as many of its entries as are valid YAML."""
        builder = Builder(fragment)
        try:
            node = builder.build(self.loader)
        except yaml.YAMLError as problem:
            return self.recover(fragment, problem)
        self.findings.extend(builder.findings)
        return node

    def recover(self, fragment: Fragment, problem: yaml.YAMLError) -> Node:
        """Return what can be read despite an error, and report the error where it is."""
        before = len(self.findings)
        pieces = _split(fragment) if fragment.depth < MAX_RECOVERY_DEPTH else []
        if len(pieces) > 1:
            node = self.join(fragment, self.read_pieces(pieces))
        elif pieces and (aligned := self.realign(pieces[0], _find_deviants(pieces[0]))):
            node = aligned
        elif pieces and (inner := _open(pieces[0])):
            node = _wrap(pieces[0], self.read(inner))
        else:
            node = _wrap(pieces[0], fragment.blank()) if pieces else fragment.blank()
        if len(self.findings) == before:
            self.findings.append(self.diagnose(fragment, problem))
        return node

    def read_pieces(self, pieces: Sequence[Fragment]) -> list[Node]:
        """Return the nodes of consecutive pieces; a piece that is only valid inside the one before is read there."""
        nodes: list[Node] = []
        for number, piece in enumerate(pieces):
            builder = Builder(piece)
            try:
                nodes.append(builder.build(self.loader))
                self.findings.extend(builder.findings)
            except yaml.YAMLError as problem:
                inside = self.read_inside(pieces[number - 1], piece) if number else None
                if inside:
                    nodes[-1] = inside
                else:
                    nodes.append(self.recover(piece, problem))
        return nodes

    def read_inside(self, before: Fragment, piece: Fragment) -> Node | None:
        """Return both pieces as one node, if moving a single line makes them valid; None otherwise."""
        both, place = replace(before, lines=before.lines + piece.lines), len(before.lines)
        heads, counts = _list_heads(both)
        columns = dict(heads)
        inside = [(place, column) for column, _ in counts.most_common(3) if column > columns.get(place, column)]
        other = [(place + number, column) for number, column in _find_deviants(piece)]
        return self.realign(both, sorted((*inside, *other), key=lambda trial: counts[columns[trial[0]]]))

    def realign(self, fragment: Fragment, trials: Sequence[tuple[int, int]]) -> Node | None:
        """Return the node of the lines after moving one of the tried lines to its column, and report that line."""
        best: tuple[tuple[int, int], int, int, Builder, Node] | None = None
        for number, column in trials:
            if _would_swallow(fragment, number, column):
                continue
            straight = " " * column + fragment.lines[number].lstrip(" ")
            builder = Builder(
                replace(fragment, lines=(*fragment.lines[:number], straight, *fragment.lines[number + 1 :]))
            )
            try:
                node = builder.build(self.loader)
            except yaml.YAMLError:
                continue
            score = -len(builder.findings), _count(node)
            if best is None or score > best[0]:
                best = score, number, column, builder, node
        if best is None:
            return None
        _, number, column, builder, node = best
        rest = fragment.lines[number].strip()
        message = f"'{shorten(rest)}' does not line up with the lines around it"
        where = fragment.file.where(fragment.first + number, fragment.lines[number].index(rest) + 1, len(rest))
        self.findings.append(error("yaml-syntax", message, where, f"start it in column {column + 1}"))
        self.findings.extend(builder.findings)
        return node

    def join(self, fragment: Fragment, nodes: Sequence[Node]) -> Node:
        """Merge the nodes of consecutive pieces into one."""
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
            return replace(fragment.blank("mapping"), entries=entries, broken=broken)
        return replace(fragment.blank("list"), items=items) if items else fragment.blank()

    def diagnose(self, fragment: Fragment, problem: yaml.YAMLError) -> Finding:
        """Return the error in plain words; the pure loader locates it the same on every machine."""
        try:
            Builder(fragment).build(PURE)
        except yaml.YAMLError as pure_problem:
            problem = pure_problem
        return explain_error(problem, fragment.file, fragment.lines, fragment.first)
