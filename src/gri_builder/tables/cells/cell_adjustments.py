"""What the cells of a colleague's file count as, by the description of a series that reads the file as it is.

The keys are 'negative', 'ignore', 'below' and 'corrections'; signs of the unit's own currency need none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from gri_builder.model.facts import AdjustmentKind
from gri_builder.model.finding import Finding, error
from gri_builder.model.texts.finding_text import shorten
from gri_builder.model.units import Unit
from gri_builder.source.nodes import Node
from gri_builder.source.values import spelling_of, text_of
from gri_builder.spreadsheets.cells import casefold_key
from gri_builder.spreadsheets.numbers import MISSING_VALUES
from gri_builder.tables.cells.cell_hints import SCALES
from gri_builder.tables.cells.currency_signs import currency_of, find_signs, means

PARENTHESES, TRAILING = "parentheses", "trailing"
KEYS = ("negative", "ignore", "below", "corrections")
REASON = "reason"
_NUMBER = re.compile(r"[-+−]?\s*([0-9][0-9.,'’ \u00a0\u2009\u202f]*|[.,][0-9]+)\s*%?")
_PLAIN = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")
_BRACKETS = re.compile(r"\((.+)\)\s*(%?)")
_ADDRESS = re.compile(r"(?:'?(?P<sheet>.+?)'?!)?\$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>[1-9][0-9]{0,6})")
_LIMIT = re.compile(r"[<≤]\s*([0-9]+(?:[.,][0-9]+)?)")


class Step(NamedTuple):
    """One reason why a cell counts as another number."""

    kind: AdjustmentKind
    key: str
    """The mark, sign, text or address in the description."""


class AdjustedText(NamedTuple):
    """What a text counts as."""

    text: str
    """A number in the file's own notation, unless `number` states it."""
    number: Decimal | None
    steps: tuple[Step, ...]


class Limit(Struct, frozen=True):
    """What a value below a limit counts as."""

    value: Decimal
    reason: str
    node: Node


class Correction(Struct, frozen=True):
    """A cell whose value is corrected."""

    key: str
    """Address as written, such as 'Sheet1!D17'."""
    sheet: str | None
    row: int
    column: int
    value: str
    number: Decimal | None
    """None where the value is a text."""
    was: str | None
    reason: str
    node: Node
    """The place of the address."""


class CellAdjustments(Struct, frozen=True):
    """All that a description states about cells."""

    negative: str | None
    negative_node: Node | None
    marks: Mapping[str, Node]
    limits: Mapping[str, Limit]
    """By their text without spaces, case-folded."""
    corrections: tuple[Correction, ...]
    currency: str | None
    """Code of the currency whose signs may be beside numbers."""
    cache_key: str
    """What decides how texts are read."""

    @property
    def is_declared(self) -> bool:
        """Whether the description states anything about cells."""
        return bool(self.negative or self.marks or self.limits or self.corrections)

    @property
    def statements(self) -> Iterator[tuple[Step, Node]]:
        """What must occur in the cells, each with its place in the description."""
        if self.negative and self.negative_node:
            yield Step("negative", self.negative), self.negative_node
        for mark, node in self.marks.items():
            yield Step("ignored", mark), node
        for key, limit in self.limits.items():
            yield Step("below", key), limit.node

    def read(self, text: str) -> AdjustedText | None:
        """Return what a text counts as; None where nothing is stated about it."""
        if _PLAIN.fullmatch(text):
            return None
        rest, steps, is_negative = text.strip(), list[Step](), False
        while rest:
            if limit := self.limits.get(_compact(rest)):
                return AdjustedText(f"{limit.value:f}", limit.value, (*steps, Step("below", _compact(rest))))
            if found := self._strip_mark(rest) or self._strip_currency(rest):
                rest, step = found
            elif not is_negative and (inner := self._strip_negative(rest)):
                rest, step, is_negative = inner, Step("negative", self.negative or ""), True
            else:
                break
            steps.append(step)
        if is_negative:
            rest = "-" + rest if _NUMBER.fullmatch(rest) and rest[0] not in "-+−" else text
        is_readable = _NUMBER.fullmatch(rest) or casefold_key(rest) in MISSING_VALUES
        return AdjustedText(rest, None, tuple(steps)) if steps and is_readable else None

    def _strip_mark(self, text: str) -> tuple[str, Step] | None:
        for mark in self.marks:
            rest = text[: -len(mark)] if text.endswith(mark) else text[len(mark) :] if text.startswith(mark) else ""
            if rest.strip():
                return rest.strip(), Step("ignored", mark)
        return None

    def _strip_currency(self, text: str) -> tuple[str, Step] | None:
        if self.currency is None:
            return None
        sign, bare = (text[0], text[1:].strip()) if text[0] in "-−" else ("", text)
        for name in find_signs():
            if not means(name, self.currency):
                continue
            rest = bare[len(name) :] if bare.startswith(name) else bare[: -len(name)] if bare.endswith(name) else ""
            if rest.strip():
                return sign + rest.strip(), Step("currency", name)
        return None

    def _strip_negative(self, text: str) -> str | None:
        if self.negative == PARENTHESES and (match := _BRACKETS.fullmatch(text)):
            return (match[1].strip() + match[2]).strip()
        if self.negative == TRAILING and len(text) > 1 and text[-1] in "-−" and text[-2].isdecimal():
            return text[:-1]
        return None


def read_cell_adjustments(node: Node, unit: Unit) -> tuple[CellAdjustments, list[Finding]]:
    """Return what a description states about cells, and findings for statements that are not valid.

    `unit` is that of the values in the file.
    """
    negative = text_of(node.get("negative"))
    marks, wrong_marks = _read_marks(node.get("ignore"))
    limits, wrong_limits = _read_limits(node.get("below"))
    corrections, wrong_corrections = _read_corrections(node.get("corrections"))
    code = currency_of(unit)
    is_stated = node.get("unit") is not None or unit.symbol.partition("/")[0] == code
    key = repr((negative, [*marks], [(k, str(v.value)) for k, v in limits.items()], code if is_stated else None))
    key += repr([(each.key, each.value, each.was, each.node.file.path, each.node.line) for each in corrections])
    made = CellAdjustments(negative, node.get("negative"), marks, limits, corrections, code if is_stated else None, key)
    return made, [*wrong_marks, *wrong_limits, *wrong_corrections]


def _compact(text: str) -> str:
    return casefold_key(text).replace(" ", "")


def _read_marks(node: Node | None) -> tuple[Mapping[str, Node], list[Finding]]:
    """Return the marks, the longest first; one that may be a part of a number is refused."""
    items = (node.items or (node,)) if node else ()
    marks: dict[str, Node] = {}
    findings: list[Finding] = []
    for item in items:
        mark = (spelling_of(item) or "").strip()
        if not mark:
            continue
        if mark.casefold() in SCALES or not re.search(r"[^0-9.,'’+−\-()\s]", re.sub(r"\([0-9a-zA-Z]+\)", "*", mark)):
            message = f"'{shorten(mark)}' can't be left out, as it may be a part of a number"
            hint = 'name marks such as "*" or "(e)"; for numbers below zero, write negative: parentheses'
            findings.append(error("wrong-value", message, item.where, hint))
        else:
            marks[mark] = item
    return dict(sorted(marks.items(), key=lambda each: (-len(each[0]), each[0]))), findings


def _read_limits(node: Node | None) -> tuple[Mapping[str, Limit], list[Finding]]:
    """Return what values below limits count as; a value above its limit is refused."""
    limits: dict[str, Limit] = {}
    findings: list[Finding] = []
    reason = text_of(node.get(REASON)) or "" if node else ""
    for key, entry in (node.entries if node else {}).items():
        if key == REASON:
            continue
        value = Decimal(entry.value.text)
        limit = _LIMIT.fullmatch(key.strip())
        if limit and not 0 <= value <= Decimal(limit[1].replace(",", ".")):
            message = f"'{shorten(key)}' can't count as {value}"
            hint = f"write a number from 0 to {limit[1]}"
            findings.append(error("wrong-value", message, entry.value.where, hint))
        else:
            limits[_compact(key)] = Limit(value, reason, entry.key)
    return limits, findings


def _read_corrections(node: Node | None) -> tuple[tuple[Correction, ...], list[Finding]]:
    found: list[Correction] = []
    findings: list[Finding] = []
    for key, entry in (node.entries if node else {}).items():
        address, value, was = _ADDRESS.fullmatch(key.strip()), entry.value.get("value"), entry.value.get("was")
        if address is None or value is None:
            message = f"'{shorten(key)}' is not the address of a cell"
            hint = "write its column and row, such as D17, or Energy!D17 with the sheet"
            findings.append(error("wrong-value", message, entry.key.where, hint))
            continue
        number = Decimal(value.text) if value.kind == "number" else None
        found.append(
            Correction(
                key,
                address["sheet"],
                int(address["row"]),
                column_number(address["column"]),
                spelling_of(value) or "",
                number,
                spelling_of(was),
                text_of(entry.value.get(REASON)) or "",
                entry.key,
            )
        )
    return tuple(found), findings


@lru_cache(maxsize=100_000)
def is_plain(text: str) -> bool:
    """Return whether a text is empty, or a number in plain digits, about which nothing can be stated."""
    return not text or _PLAIN.fullmatch(text) is not None


def column_number(letters: str) -> int:
    """Return a column from 0 by its letters: 'A' is 0, 'AA' is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def find_needless(adjustments: CellAdjustments, used: Iterable[Step], source: str) -> list[Finding]:
    """Return an error for each statement that applies to no cell; `used` are those that do, `source` is the file."""
    known = set(used)
    findings = []
    for step, node in adjustments.statements:
        if step not in known:
            name = {"negative": "negative", "ignored": "ignore"}.get(step.kind, "below")
            message = f"'{shorten(node.text)}' of '{name}' applies to no number that is read from {source}"
            findings.append(error("needless-adjustment", message, node.where, f"remove it from '{name}'"))
    return findings


def same_value(text: str, stated: str, readings: Sequence[Decimal | None]) -> bool:
    """Return whether a cell holds what a description states; `readings` are the numbers that the cell's text may be."""
    if casefold_key(text) == casefold_key(stated):
        return True
    return bool(re.fullmatch(r"[-+]?[0-9]+(\.[0-9]+)?", stated)) and Decimal(stated) in readings
