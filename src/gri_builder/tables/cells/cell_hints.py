"""Findings for texts in columns of numbers; where a key of the description makes them readable, it is the hint."""

from __future__ import annotations

import re
from decimal import Decimal

from gri_builder.limits.numbers import describe_excess
from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.texts.finding_text import shorten
from gri_builder.model.units import Unit
from gri_builder.resources.units import find_unit
from gri_builder.source.yaml_flow import quote_flow
from gri_builder.tables.cells.currency_signs import find_currency, wrong_currency

_BODY = r"[0-9][0-9.,'’ \u00a0\u2009\u202f]*"
_PARENTHESES = re.compile(rf"\(\s*\D{{0,4}}{_BODY}\s*%?\s*\D{{0,4}}\)\s*%?")
_TRAILING = re.compile(rf"{_BODY}[-−]")
_BELOW = re.compile(r"[<≤]\s*([0-9]+([.,][0-9]+)?)")
_MARK_AFTER = re.compile(
    rf"[-+−]?\(?{_BODY}?[0-9]\)?\s*(%?)\s*([^0-9\s.,'’%)-][^0-9]{{0,11}}|\([a-zA-Z0-9]{{1,3}}\)|\[[^\]]{{1,4}}\])"
)
_MARK_BEFORE = re.compile(rf"([^0-9\s.,'’+−(-][^0-9+−(-]{{0,7}}?)\s*[-+−]?{_BODY}")
_SCIENTIFIC = re.compile(r"[-+]?\d([.,]\d+)?[eE][-+]?\d+")


SCALES = frozenset(
    [
        "k",
        "m",
        "b",
        "%",
        "‰",
        "mio",
        "mio.",
        "mn",
        "mn.",
        "bn",
        "bn.",
        "mrd",
        "mrd.",
        "tsd",
        "tsd.",
        "thousand",
        "million",
        "billion",
        "thousands",
        "millions",
    ]
)
"""Words behind a number, in lower case, that change it, so that they are no marks."""


def unreadable_number(text: str, unit: Unit, where: Location) -> Finding:
    """Return the error for a text that is not a valid number; `unit` is that of the values."""
    sign = find_currency(text)
    if sign is not None and unit.dimension in ("currency", "intensity") and not _PARENTHESES.fullmatch(text):
        return wrong_currency(text, sign, unit, where)
    if excess := describe_excess(text):
        return error("number-out-of-range", f"'{shorten(text)}' {excess[0]}", where, excess[1])
    message = f"'{shorten(text)}' is not a valid number"
    return error("text-in-numbers", message, where, _suggest_key(text) or _describe(text, unit))


def _suggest_key(text: str) -> str | None:
    """Return the key that makes a text readable, as a hint that can be followed as it is written."""
    if _SCIENTIFIC.fullmatch(text):
        return None
    if _PARENTHESES.fullmatch(text) and not re.search(r"[A-Za-z]{2}", text):
        return "if numbers in parentheses are below zero, write beside 'file': negative: parentheses"
    if _TRAILING.fullmatch(text):
        return "if a minus sign behind a number means below zero, write beside 'file': negative: trailing"
    if match := _BELOW.fullmatch(text):
        half = Decimal(match[1].replace(",", ".")) / 2
        counted = f"below: {{{quote_flow(text)}: {half:f}, reason: half of the limit}}"
        return f"write beside 'file' what it counts as, and why: {counted}"
    after, before = _MARK_AFTER.fullmatch(text), _MARK_BEFORE.fullmatch(text)
    mark = (after[2] if after else before[1] if before else "").strip()
    if not mark or find_unit(mark) or mark.casefold() in SCALES:
        return None
    return f"write the number alone; or, if '{mark}' only marks it, write beside 'file': ignore: [{quote_flow(mark)}]"


def _describe(text: str, unit: Unit) -> str:
    if _SCIENTIFIC.fullmatch(text):
        return "the number was saved in scientific notation: give its column a number format, and save the file again"
    if text.endswith("%"):
        return f"the values are in '{unit.symbol}'; write 'unit: \"%\"' beside 'file', or correct the cell"
    if re.match(r"[<>~≈]|ca\b|about|approx", text.lower()):
        return "write the number alone; state in 'note' or by the status 'estimated' that it is not exact"
    if re.match(r"[-+]?\d", text):
        return "write the number alone, without unit or remark"
    return "write the number, or n/a if it is not available"
