"""Flaws in plain words: what stands there, what is expected, and how to write it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from gri_builder.model.finding import Finding, error
from gri_builder.model.finding_text import listed, quoted, shorten
from gri_builder.model.suggestions import find_nearest
from gri_builder.source.nodes import Node
from gri_builder.source.schema_check import SchemaError, Spot, first_word, is_day

_TYPES: Mapping[str, str] = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "entries of the form 'key: value'",
    "null": "null",
}
_READ_AS = {"number": "a number", "truth": "true or false", "date": "a date", "nothing": "no value at all"}
_TRUE = ("yes", "on", "true")
_FALSE = ("no", "off", "false")
_SEPARATED = re.compile(r"[-+]?\d{1,3}([ ,.'’\u00a0\u202f])\d{3}(\1\d{3})*")


def explain_schema_error(flaw: SchemaError) -> Finding:
    """Return the finding for a flaw."""
    return _EXPLAINERS.get(flaw.keyword, _explain_value)(flaw)


def found_in(node: Node) -> str:
    """Return what stands at a value, as a message says it."""
    if node.kind == "mapping":
        return "entries of the form 'key: value' stand there"
    if node.kind == "list":
        return "a list stands there"
    return f"'{shorten(node.text)}' stands there"


def missing_value(spot: Spot, rule: str = "missing-value") -> Finding:
    """Return the finding for a key that has nothing behind its colon."""
    hint = "write it behind the colon; or take the line away where it is not needed"
    if spot.key is None:
        return error(rule, f"{spot.label} is empty", spot.where, "write something, or take it away")
    rest = spot.value.file.lines[spot.key.line - 1][spot.key.column + spot.key.width - 1 :].lstrip(": ")
    if spot.value.kind == "nothing" and rest.startswith("#"):
        hint = f"'#' begins a comment here; a value that begins with it needs quotes: {quoted(rest.strip())}"
    return error(rule, f"{spot.label} has no value", spot.where, hint)


def ambiguous_scalar(spot: Spot, expected: str = "text") -> Finding:
    """Return the finding for a plain scalar that YAML programs do not read as the text that was meant."""
    text = spot.value.text
    message = f"YAML programs read {shorten(text)} as {_reading(spot.value)}, but {spot.label} takes {expected}"
    lead = f"{spot.key.text}: " if spot.key else ""
    hint = f"put it in quotes: {lead}{quoted(text)}"
    if spot.value.kind == "nothing":
        hint = f"write a text, or take the line away; the word itself needs quotes: {quoted(text)}"
    return error("ambiguous-scalar", message, spot.where, hint)


def _reading(node: Node) -> str:
    if node.kind in _READ_AS:
        return _READ_AS[node.kind]
    if node.text.lower() in (*_TRUE, *_FALSE):
        return "true or false"
    return "a time, or a number to the base 60" if ":" in node.text else "a number"


def not_a_number(spot: Spot) -> Finding:
    """Return the finding for a value that should be a number."""
    node = spot.value
    if node.kind == "odd":
        number = _plain_number(node.text)
        message = f"YAML programs differ on what number {shorten(node.text)} is"
        hint = f"write {number}" if number else "write it with digits and a decimal point, such as 1250.5"
        return error("ambiguous-scalar", message, spot.where, hint)
    if node.kind == "text" and not node.text.strip():
        return missing_value(spot)
    return error("wrong-type", f"{spot.label} takes a number, but {found_in(node)}", spot.where, _number_hint(node))


def _plain_number(text: str) -> str | None:
    """Return an odd spelling of a number as a plain one, where there can be no doubt."""
    bare = text.replace("_", "")
    if re.fullmatch(r"[-+]?0x[0-9a-fA-F]+", bare):
        return str(int(bare, 16))
    exponent = re.search(r"[eE]([-+]?\d+)$", bare)
    if re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,2})?", bare) and (
        not exponent or abs(int(exponent[1])) < 30
    ):
        number = format(Decimal(bare), "f")
        return number.rstrip("0").rstrip(".") if exponent and "." in number else number
    return None


def _number_hint(node: Node) -> str:
    text = node.text.strip() if node.kind == "text" else ""
    digits = re.fullmatch(r"([-+]?[\d.,'’ \u00a0\u202f]*\d)\s*(\D*)", text)
    if text.lower() in ("n/a", "na", "-", "–", "—", "none", "n.a.", "..", "…"):
        return "write null where there is no value"
    if digits and digits[2]:
        return "write the number alone; its unit stands once, under 'unit'"
    if node.style in ("'", '"') and re.fullmatch(r"[-+]?\d+(\.\d+)?", text):
        return f"take the quotes away: {text}"
    if digits and (match := _SEPARATED.fullmatch(text)):
        return f"write it without separators: {text.replace(match[1], '')}"
    if digits and re.fullmatch(r"[-+]?\d+,\d+", text):
        return f"write it with a decimal point: {text.replace(',', '.')}"
    return "write digits alone, such as 1250 or 3.5; null where there is no value"


def _explain_type(flaw: SchemaError) -> Finding:
    types = flaw.schema.get("type", "string")
    wanted = [types] if isinstance(types, str) else list(types)
    node, spot = flaw.spot.value, flaw.spot
    if node.kind == "nothing" and (node.text == "" or "string" not in wanted):
        return missing_value(spot)
    if ("number" in wanted or "integer" in wanted) and "string" not in wanted:
        return _explain_whole(flaw) if node.kind == "number" else not_a_number(spot)
    if "boolean" in wanted:
        return _explain_truth(spot)
    expected = "a day" if flaw.schema.get("format") == "date" else listed(_TYPES[each] for each in wanted)
    if "string" in wanted and node.kind not in ("mapping", "list", "text"):
        return ambiguous_scalar(spot, "a day" if expected == "a day" else "text")
    hint = _type_hint(spot, wanted, flaw.schema) or flaw.description
    return error("wrong-type", f"{spot.label} takes {expected}, but {found_in(node)}", spot.where, hint)


def _explain_whole(flaw: SchemaError) -> Finding:
    message = f"{flaw.spot.label} takes a whole number, but {found_in(flaw.spot.value)}"
    return error("wrong-type", message, flaw.spot.where, flaw.description)


def _explain_truth(spot: Spot) -> Finding:
    word = spot.value.text.lower()
    meant = "true" if word in _TRUE else "false" if word in _FALSE else None
    if spot.value.kind == "odd" and meant:
        message = f"YAML programs differ on whether {spot.value.text} means {meant} or is a text"
        return error("ambiguous-scalar", message, spot.where, f"write {meant}")
    hint = f"write {meant}, without quotes" if meant else "write true or false"
    return error("wrong-type", f"{spot.label} takes true or false, but {found_in(spot.value)}", spot.where, hint)


def _type_hint(spot: Spot, wanted: list[str], schema: Mapping[str, Any]) -> str | None:
    """Return how to write a value of another type, with the value that stands there."""
    node = spot.value
    if wanted == ["array"] and node.kind in ("text", "number", "date", "odd", "truth"):
        return f"write it as a list: [{node.text if node.kind == 'text' and not node.style else quoted(node.text)}]"
    if "string" in wanted and node.kind == "mapping" and node.style == "{":
        return "a text that begins with '{' needs quotes"
    if "string" in wanted and node.kind == "list" and node.style == "[":
        return "a text that begins with '[' needs quotes"
    if wanted == ["object"] and node.kind == "text" and (inner := next(iter(schema.get("properties", ())), None)):
        return f"write its entries below it, such as '{inner}: …'"
    if wanted == ["object"] and node.kind == "list" and all(len(item.entries) == 1 for item in node.items):
        return "take the dashes away"
    return None


def _explain_choice(flaw: SchemaError) -> Finding:
    node, spot = flaw.spot.value, flaw.spot
    choices = [str(each) for each in flaw.schema.get("enum", (flaw.schema.get("const", ""),))]
    if node.kind in ("nothing", "text") and not node.text.strip():
        return missing_value(spot)
    if node.kind in ("mapping", "list"):
        message = f"{spot.label} takes {listed(choices)}, but {found_in(node)}"
        return error("wrong-type", message, spot.where, f"write {listed(choices)}")
    if node.kind != "text" and node.text in choices:
        return error(
            "ambiguous-scalar",
            f"YAML programs read {node.text} as {_reading(node)}",
            spot.where,
            f"write {quoted(node.text)}",
        )
    nearest = find_nearest(node.text, choices)
    takes = f"it takes {listed(choices)}"
    if node.style and nearest == node.text:
        hint = f"take the quotes away: {node.text}"
    else:
        hint = f"did you mean '{nearest}'? {takes}" if nearest else takes
    return error("wrong-value", f"'{shorten(node.text)}' is no value of {spot.label}", spot.where, hint)


def _explain_value(flaw: SchemaError) -> Finding:
    node, spot = flaw.spot.value, flaw.spot
    if node.kind in ("text", "nothing") and not node.text.strip():
        return missing_value(spot)
    hint = flaw.description
    if str(flaw.schema.get("pattern", "")).startswith("^https?:"):
        hint = "write the whole address: https://…"
    return error("wrong-value", f"'{shorten(node.text)}' can't be the value of {spot.label}", spot.where, hint)


def _explain_empty(flaw: SchemaError) -> Finding:
    return missing_value(flaw.spot)


def _explain_day(flaw: SchemaError) -> Finding:
    text = flaw.spot.value.text
    if not text.strip():
        return missing_value(flaw.spot)
    return error("wrong-value", f"'{shorten(text)}' is no day of the calendar", flaw.spot.where, _day_hint(text))


def _day_hint(text: str) -> str:
    """Return how to write a day; day and month are told apart only where there can be no doubt."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return "check month and day; the form is year-month-day, such as 2015-12-31"
    match = re.fullmatch(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})", text)
    match = match or re.fullmatch(r"(?P<d>1[3-9]|2\d|3[01])[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})", text)
    day = f"{match['y']}-{int(match['m']):02}-{int(match['d']):02}" if match else ""
    return f"write year-month-day: {day}" if is_day(day) else "write year-month-day, such as 2015-12-31"


def _explain_missing(flaw: SchemaError) -> Finding:
    owner = "" if flaw.spot.key is None and not flaw.path else f" of {flaw.spot.label}"
    description = flaw.schema.get("properties", {}).get(flaw.name, {}).get("description")
    hint = f"add '{flaw.name}: …'" + (f"; {description[0].lower()}{description[1:]}" if description else "")
    return error("missing-key", f"'{flaw.name}'{owner} is missing", flaw.spot.where, hint)


def _explain_dependent(flaw: SchemaError) -> Finding:
    present = next(key for key, names in flaw.schema["dependentRequired"].items() if key in flaw.spot.value.entries)
    message = f"'{present}' stands without '{flaw.name}', which it belongs to"
    return error(
        "missing-key", message, flaw.spot.inside(present).value.where, f"add '{flaw.name}: …', or take '{present}' away"
    )


def _explain_unknown(flaw: SchemaError) -> Finding:
    return unknown_key(flaw.spot, flaw.schema.get("properties", {}))


def unknown_key(spot: Spot, known: Iterable[str]) -> Finding:
    """Return the finding for a key that is not known, with the nearest one that is."""
    key = spot.key or spot.value
    names = list(known)
    nearest = find_nearest(key.text, names)
    hint = f"did you mean '{nearest}'?" if nearest else f"known here: {listed(names, 'and')}"
    if first_word(key.text) in names and first_word(key.text) != key.text:
        first = first_word(key.text)
        rest = key.text[len(first) :].lstrip(": ")
        hint = f"the colon and a space must stand between the key and its value: {first}: {rest}"
    elif spot.value.kind == "nothing" and " " in key.text and not nearest:
        hint = "inside { }, a text with a comma in it needs quotes"
    return error("unknown-key", f"'{shorten(key.text)}' is not a key that is known here", key.where, hint)


def _explain_twice(flaw: SchemaError) -> Finding:
    seen: set[str] = set()
    for item in flaw.spot.value.items:
        if item.text in seen:
            return error(
                "wrong-value", f"'{shorten(item.text)}' stands twice in {flaw.spot.label}", item.where, "take one away"
            )
        seen.add(item.text)
    return _explain_value(flaw)


def _explain_too_many(flaw: SchemaError) -> Finding:
    most = flaw.schema["maxItems"]
    extra = flaw.spot.value.items[most]
    message = f"{flaw.spot.label} takes {most} at most; '{shorten(extra.text)}' is too much"
    return error("wrong-value", message, extra.where, flaw.description)


def _explain_forbidden(flaw: SchemaError) -> Finding:
    key = flaw.spot.key or flaw.spot.value
    return error("unknown-key", f"{flaw.spot.label} does not belong here", key.where, "take it away")


_EXPLAINERS: Mapping[str, Callable[[SchemaError], Finding]] = {
    "type": _explain_type,
    "enum": _explain_choice,
    "const": _explain_choice,
    "format": _explain_day,
    "required": _explain_missing,
    "dependentRequired": _explain_dependent,
    "additionalProperties": _explain_unknown,
    "minItems": _explain_empty,
    "minProperties": _explain_empty,
    "maxItems": _explain_too_many,
    "uniqueItems": _explain_twice,
    "forbidden": _explain_forbidden,
}


def not_entries(root: Node, example: str) -> Finding:
    """Return the finding for a file that does not hold entries."""
    message = f"{root.file.path} should hold entries of the form 'key: value', but {found_in(root)}"
    return error("wrong-type", message, root.where, f"start each entry with its id and a colon, such as {example}")
