"""Schema errors in plain words: what was found, what is expected, and how to write it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from gri_builder.limits.numbers import is_too_long
from gri_builder.model.finding import Finding, error
from gri_builder.model.suggestions import find_nearest
from gri_builder.model.texts.finding_text import listed, quoted, shorten
from gri_builder.resources.other_names import find_meant
from gri_builder.resources.renamed import current_key
from gri_builder.source.json_schema.quick_check import YEARS, is_date
from gri_builder.source.nodes import Node
from gri_builder.source.schema_check import LabeledNode, SchemaError, first_word
from gri_builder.source.yaml_surprises import WRONG_COLON, missing_space

_TYPES: Mapping[str, str] = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "entries of the form 'key: value'",
    "null": "null",
}
_READ_AS = {"number": "a number", "bool": "true or false", "date": "a date", "null": "no value at all"}
_TRUE = ("yes", "on", "true")
_FALSE = ("no", "off", "false")
_SEPARATED = re.compile(r"[-+]?\d{1,3}([ ,.'’\u00a0\u202f])\d{3}(\1\d{3})*")


def explain_schema_error(violation: SchemaError) -> Finding:
    """Return the finding for a schema error."""
    return _EXPLAINERS.get(violation.keyword, _explain_value)(violation)


def found_in(node: Node) -> str:
    """Return what was found in place of a value, for a message: 'found a list'."""
    if node.kind == "mapping":
        return "found entries of the form 'key: value'"
    if node.kind == "list":
        return "found a list"
    return f"found '{shorten(node.text)}'"


def missing_value(target: LabeledNode, rule: str = "missing-value") -> Finding:
    """Return the finding for a key without a value."""
    hint = "write the value after the colon, or delete the line if it is not needed"
    if target.key is None:
        return error(rule, f"{target.label} is empty", target.where, "write its value, or delete it")
    rest = target.value.file.lines[target.key.line - 1][target.key.column + target.key.width - 1 :].lstrip(": ")
    if target.value.kind == "null" and rest.startswith("#"):
        hint = f"'#' starts a comment here; a value that starts with it needs quotes: {quoted(rest.strip())}"
    elif rest[:1] in ("|", ">") and rest.strip("|>+- \t"):
        hint = f"a value that starts with '{rest[0]}' needs quotes: {quoted(rest.strip())}"
    return error(rule, f"{target.label} has no value", target.where, hint)


def ambiguous_scalar(target: LabeledNode, expected: str = "text") -> Finding:
    """Return the finding for a plain scalar that YAML programs do not read as the text that was meant."""
    text = target.value.text
    message = f"YAML programs read {shorten(text)} as {_reading(target.value)}, but {target.label} takes {expected}"
    lead = f"{target.key.text}: " if target.key else ""
    hint = f"put it in quotes: {lead}{quoted(text)}"
    if target.value.kind == "null":
        hint = f"write a text, or delete the line; as a text, the word needs quotes: {quoted(text)}"
    return error("ambiguous-scalar", message, target.where, hint)


def _reading(node: Node) -> str:
    if node.kind in _READ_AS:
        return _READ_AS[node.kind]
    if node.text.lower() in (*_TRUE, *_FALSE):
        return "true or false"
    return "a time, or a number in base 60" if ":" in node.text else "a number"


def not_a_number(target: LabeledNode) -> Finding:
    """Return the finding for a value that should be a number."""
    node = target.value
    if node.kind == "ambiguous":
        number = _plain_number(node.text)
        message = f"YAML programs read {shorten(node.text)} as different numbers"
        hint = f"write {number}" if number else "write it with digits and a decimal point, such as 1250.5"
        return error("ambiguous-scalar", message, target.where, hint)
    if node.kind == "text" and not node.text.strip():
        return missing_value(target)
    return error("wrong-type", f"{target.label} takes a number, but {found_in(node)}", target.where, _number_hint(node))


def _plain_number(text: str) -> str | None:
    """Return an ambiguous spelling of a number in plain digits; None if its value is not certain."""
    bare = text.replace("_", "")
    if is_too_long(bare):
        return None
    if re.fullmatch(r"[-+]?0x[0-9a-fA-F]+", bare):
        return str(int(bare, 16))
    exponent = re.search(r"[eE]([-+]?\d+)$", bare)
    if re.fullmatch(r"[-+]?(\d+(?:\.\d*)?|\.\d+)([eE][-+]?\d{1,2})?", bare) and (
        not exponent or abs(int(exponent[1])) < 30
    ):
        number = format(Decimal(bare), "f")
        return number.rstrip("0").rstrip(".") if exponent and "." in number else number
    return None


def _number_hint(node: Node) -> str:
    text = node.text.strip() if node.kind == "text" else ""
    digits = re.fullmatch(r"([-+]?[\d.,'’ \u00a0\u202f]*\d)\s*(\D*)", text)
    if text.lower() in ("n/a", "na", "-", "–", "—", "none", "n.a.", "..", "…"):
        return "write null for a missing value"
    if digits and digits[2]:
        return "write only the number; its unit is given once, under 'unit'"
    if node.style in ("'", '"') and re.fullmatch(r"[-+]?\d+(\.\d+)?", text):
        return f"delete the quotes: {text}"
    if digits and (match := _SEPARATED.fullmatch(text)):
        return f"write it without separators: {text.replace(match[1], '')}"
    if digits and re.fullmatch(r"[-+]?\d+,\d+", text):
        return f"write it with a decimal point: {text.replace(',', '.')}"
    return "write only digits, such as 1250 or 3.5; or null for a missing value"


def _explain_type(violation: SchemaError) -> Finding:
    types = violation.schema.get("type", "string")
    wanted = [types] if isinstance(types, str) else list(types)
    node, target = violation.target.value, violation.target
    if node.kind == "null" and (node.text == "" or "string" not in wanted):
        return missing_value(target)
    if ("number" in wanted or "integer" in wanted) and "string" not in wanted:
        return _explain_whole(violation) if node.kind == "number" else not_a_number(target)
    if "boolean" in wanted:
        return _explain_boolean(target)
    expected = "a date" if violation.schema.get("format") == "date" else listed(_TYPES[each] for each in wanted)
    if "string" in wanted and node.kind not in ("mapping", "list", "text"):
        return ambiguous_scalar(target, "a date" if expected == "a date" else "text")
    hint = _type_hint(target, wanted, violation.schema) or violation.description
    return error("wrong-type", f"{target.label} takes {expected}, but {found_in(node)}", target.where, hint)


def _explain_whole(violation: SchemaError) -> Finding:
    message = f"{violation.target.label} takes a whole number, but {found_in(violation.target.value)}"
    return error("wrong-type", message, violation.target.where, violation.description)


def _explain_boolean(target: LabeledNode) -> Finding:
    word = target.value.text.lower()
    meant = "true" if word in _TRUE else "false" if word in _FALSE else None
    if target.value.kind == "ambiguous" and meant:
        message = f"some YAML programs read {target.value.text} as {meant}, others as text"
        return error("ambiguous-scalar", message, target.where, f"write {meant}")
    hint = f"write {meant}, without quotes" if meant else "write true or false"
    return error("wrong-type", f"{target.label} takes true or false, but {found_in(target.value)}", target.where, hint)


def _type_hint(target: LabeledNode, wanted: list[str], schema: Mapping[str, Any]) -> str | None:
    """Return how to write a value of the wrong type as one of the right type."""
    node = target.value
    if wanted == ["array"] and node.kind in ("text", "number", "date", "ambiguous", "bool"):
        return f"write it as a list: [{node.text if node.kind == 'text' and not node.style else quoted(node.text)}]"
    if "string" in wanted and node.kind == "mapping" and node.style == "{":
        return "a text that starts with '{' needs quotes"
    if "string" in wanted and node.kind == "mapping" and len(node.entries) == 1:
        ((key, entry),) = node.entries.items()
        if entry.value.kind not in ("mapping", "list"):
            return f"a text with a colon and a space needs quotes: {quoted(f'{key}: {entry.value.text}')}"
    if "string" in wanted and node.kind == "list" and node.style == "[":
        return "a text that starts with '[' needs quotes"
    if wanted == ["object"] and node.kind == "text" and (inner := next(iter(schema.get("properties", ())), None)):
        return f"write its entries below it, such as '{inner}: …'"
    if wanted == ["object"] and node.kind == "list" and all(len(item.entries) == 1 for item in node.items):
        return "delete the dashes"
    return None


def _explain_choice(violation: SchemaError) -> Finding:
    node, target = violation.target.value, violation.target
    choices = [str(each) for each in violation.schema.get("enum", (violation.schema.get("const", ""),))]
    if node.kind in ("null", "text") and not node.text.strip():
        return missing_value(target)
    if node.kind in ("mapping", "list"):
        message = f"{target.label} takes {listed(choices)}, but {found_in(node)}"
        return error("wrong-type", message, target.where, f"write {listed(choices)}")
    if node.kind != "text" and node.text in choices:
        return error(
            "ambiguous-scalar",
            f"YAML programs read {node.text} as {_reading(node)}",
            target.where,
            f"write {quoted(node.text)}",
        )
    nearest = find_meant(node.text, choices)
    takes = f"it takes {listed(choices)}"
    if node.style and nearest == node.text:
        hint = f"delete the quotes: {node.text}"
    else:
        hint = f"did you mean '{nearest}'? {takes}" if nearest else takes
    return error("wrong-value", f"'{shorten(node.text)}' is not a valid value of {target.label}", target.where, hint)


def _explain_value(violation: SchemaError) -> Finding:
    node, target = violation.target.value, violation.target
    if node.kind in ("text", "null") and not node.text.strip():
        return missing_value(target)
    if "{{" in node.text and "\\{\\{" in str(violation.schema.get("pattern", "")):
        message = f"'{{{{' in {target.label} would be printed as it is, as no facts are put there"
        return error("placeholder-in-plain-text", message, target.where, "write the value itself, without braces")
    hint = violation.description
    if str(violation.schema.get("pattern", "")).startswith("^https?:"):
        hint = "write the whole address: https://…"
    if "@" in str(violation.schema.get("pattern", "")):
        hint = "write the e-mail address alone, such as report@example.com"
    if violation.keyword == "maxLength":
        message = f"{target.label} has more than {violation.schema['maxLength']} characters"
        return error("wrong-value", message, target.where, "use a short address that leads there")
    return error("wrong-value", f"'{shorten(node.text)}' is not a valid value of {target.label}", target.where, hint)


def _explain_empty(violation: SchemaError) -> Finding:
    return missing_value(violation.target)


def _explain_date(violation: SchemaError) -> Finding:
    text = violation.target.value.text
    if not text.strip():
        return missing_value(violation.target)
    return error("wrong-value", f"'{shorten(text)}' is not a valid date", violation.target.where, _date_hint(text))


def _date_hint(text: str) -> str:
    """Return how to write a date; day and month are put in order only if they can't be confused."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) and int(text[:4]) not in YEARS:
        return f"write a year from {YEARS[0]} to {YEARS[-1]}"
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return "check month and day; the form is year-month-day, such as 2015-12-31"
    match = re.fullmatch(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})", text)
    match = match or re.fullmatch(r"(?P<d>1[3-9]|2\d|3[01])[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})", text)
    day = f"{match['y']}-{int(match['m']):02}-{int(match['d']):02}" if match else ""
    return f"write year-month-day: {day}" if is_date(day) else "write year-month-day, such as 2015-12-31"


def _explain_missing(violation: SchemaError) -> Finding:
    owner = "" if violation.target.key is None and not violation.path else f" of {violation.target.label}"
    description = violation.schema.get("properties", {}).get(violation.name, {}).get("description")
    hint = f"add '{violation.name}: …'" + (f"; {description[0].lower()}{description[1:]}" if description else "")
    return error("missing-key", f"'{violation.name}'{owner} is missing", violation.target.where, hint)


def _explain_dependent(violation: SchemaError) -> Finding:
    present = next(
        key for key, names in violation.schema["dependentRequired"].items() if key in violation.target.value.entries
    )
    message = f"'{present}' needs '{violation.name}' beside it"
    return error(
        "missing-key",
        message,
        violation.target.inside(present).value.where,
        f"add '{violation.name}: …', or delete '{present}'",
    )


def _explain_unknown(violation: SchemaError) -> Finding:
    return unknown_key(violation.target, violation.schema.get("properties", {}))


def renamed_key(key: Node, known: Iterable[str]) -> Finding | None:
    """Return the finding for a key's former name; None if the key never had that name, or not here."""
    name = current_key(key.text)
    if name is None or name not in known:
        return None
    return error("renamed-key", f"'{key.text}' is now called '{name}'", key.where, f"write {name}: …")


def unknown_key(target: LabeledNode, known: Iterable[str]) -> Finding:
    """Return the finding for an unknown key, with the closest known key."""
    key = target.key or target.value
    names = list(known)
    if renamed := renamed_key(key, names):
        return renamed
    nearest = find_nearest(key.text, names)
    hint = f"did you mean '{nearest}'?" if nearest else f"known here: {listed(names, 'and')}"
    if first_word(key.text) in names and first_word(key.text) != key.text:
        first = first_word(key.text)
        rest = key.text[len(first) :].lstrip(": ")
        hint = f"write a colon and a space between the key and its value: {first}: {rest}"
    elif target.value.kind == "null" and " " in key.text and not nearest:
        hint = "inside { }, a text with a comma in it needs quotes"
    return error("unknown-key", f"unknown key '{shorten(key.text)}'", key.where, hint)


def _explain_duplicate(violation: SchemaError) -> Finding:
    seen: set[str] = set()
    for item in violation.target.value.items:
        if item.text in seen:
            return error(
                "wrong-value",
                f"{violation.target.label} lists '{shorten(item.text)}' twice",
                item.where,
                "delete one of the two",
            )
        seen.add(item.text)
    return _explain_value(violation)


def _explain_too_many(violation: SchemaError) -> Finding:
    most = violation.schema["maxItems"]
    extra = violation.target.value.items[most]
    message = f"{violation.target.label} takes at most {most}; '{shorten(extra.text)}' is one too many"
    return error("wrong-value", message, extra.where, violation.description)


def _explain_forbidden(violation: SchemaError) -> Finding:
    key = violation.target.key or violation.target.value
    return error("unknown-key", f"{violation.target.label} is not allowed here", key.where, "delete it")


_EXPLAINERS: Mapping[str, Callable[[SchemaError], Finding]] = {
    "type": _explain_type,
    "enum": _explain_choice,
    "const": _explain_choice,
    "format": _explain_date,
    "required": _explain_missing,
    "dependentRequired": _explain_dependent,
    "additionalProperties": _explain_unknown,
    "minItems": _explain_empty,
    "minProperties": _explain_empty,
    "maxItems": _explain_too_many,
    "uniqueItems": _explain_duplicate,
    "forbidden": _explain_forbidden,
}


def not_entries(root: Node, example: str) -> Finding:
    """Return the finding for a file that does not hold entries."""
    message = f"{root.file.path} should hold entries of the form 'key: value', but {found_in(root)}"
    hint = f"start each entry with its id and a colon, such as {example}"
    if root.kind == "text" and WRONG_COLON.match(root.text):
        hint = ": ".join(missing_space(root.text.splitlines()[0]))
    return error("wrong-type", message, root.where, hint)
