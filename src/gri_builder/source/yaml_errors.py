"""Faults of YAML syntax in plain words: what the parser stumbled over, and how to write it instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import yaml

from gri_builder.model.finding import Finding, error
from gri_builder.model.finding_text import quoted, shorten
from gri_builder.source.nodes import Node, SourceFile

_VALUE = re.compile(r"(?P<before>\s*(?:- +)*(?:[^\s\"'][^:]*?:[ \t]+|- +)?)(?P<value>\S.*?)\s*")
_BRACKET = re.compile(r"(?:: +|- +|^ *)([\[{])")


class YamlError(NamedTuple):
    """What is wrong with the YAML of some lines."""

    message: str
    line: int
    """Counted from 0, in the lines."""
    column: int
    """Counted from 0."""
    width: int
    hint: str
    rule: str = "yaml-syntax"


class ParserError(NamedTuple):
    """Where and how the parser gave up; lines and columns count from 0."""

    problem: str
    line: int
    column: int
    context: str
    context_line: int
    context_column: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The line on which it gave up."""
        return self.line_at(self.line)

    @property
    def opening(self) -> str:
        """The line on which what it was reading began."""
        return self.line_at(self.context_line)

    def line_at(self, number: int) -> str:
        """Return a line; empty beyond the last one."""
        return self.lines[number] if 0 <= number < len(self.lines) else ""


def explain_error(problem: yaml.YAMLError, file: SourceFile, lines: tuple[str, ...], first: int) -> Finding:
    """Return the finding for a fault in some lines of the file, which begin at line `first`."""
    fault = _judge(_stumble(problem, lines))
    line = min(fault.line, max(len(lines) - 1, 0))
    column = fault.column if line == fault.line else 0
    return error(fault.rule, fault.message, file.where(first + line, column + 1, fault.width), fault.hint)


def report_keyless(node: Node) -> Finding:
    """Return the finding for a text that stands where keys should."""
    message, hint = _keyless(node.text.split("\n")[0].strip())
    return error("yaml-syntax", message, node.where, hint)


def _stumble(problem: yaml.YAMLError, lines: tuple[str, ...]) -> ParserError:
    if not isinstance(problem, yaml.MarkedYAMLError) or problem.problem_mark is None:
        return ParserError(str(problem), 0, 0, "", 0, 0, lines)
    mark = problem.problem_mark
    begin = problem.context_mark or mark
    return ParserError(
        problem.problem or "", mark.line, mark.column, problem.context or "", begin.line, begin.column, lines
    )


def _judge(stumble: ParserError) -> YamlError:
    known: tuple[tuple[str, Callable[[ParserError], YamlError]], ...] = (
        ("deeper than", _too_deep),
        ("cannot start any token", _wrong_start),
        ("mapping values are not allowed", _second_colon),
        ("could not find expected ':'", _no_colon),
        ("found unexpected end of stream", _open_quote),
        ("found unexpected document separator", _open_quote),
        ("escape", _escape),
        ("<document start>", _out_of_line),
    )
    for words, judge in known:
        if words in stumble.problem:
            return judge(stumble)
    for words, judge in _BY_CONTEXT:
        if words in stumble.context:
            return judge(stumble)
    return _anything(stumble)


def _at_problem(stumble: ParserError, message: str, hint: str, width: int = 1, rule: str = "yaml-syntax") -> YamlError:
    return YamlError(message, stumble.line, stumble.column, width, hint, rule)


def _at_context(stumble: ParserError, message: str, hint: str, width: int = 1, rule: str = "yaml-syntax") -> YamlError:
    return YamlError(message, stumble.context_line, stumble.context_column, width, hint, rule)


def _too_deep(stumble: ParserError) -> YamlError:
    return _at_problem(
        stumble,
        "values stand in values, " + stumble.problem,
        "no part of a report needs that; look for brackets or indentation too many",
        rule="yaml-nesting",
    )


def _wrong_start(stumble: ParserError) -> YamlError:
    character = stumble.text[stumble.column : stumble.column + 1]
    if character == "\t":
        return _at_problem(stumble, "a tab stands where YAML allows only spaces", "replace each tab by two spaces")
    rest = stumble.text[stumble.column :].strip()
    return _at_problem(
        stumble, f"a text can't begin with '{character}'", f"put it in quotes: {quoted(rest)}", len(rest)
    )


def _second_colon(stumble: ParserError) -> YamlError:
    before = stumble.text[: stumble.column]
    match = _VALUE.fullmatch(stumble.text)
    if match and match["before"].strip() and stumble.column > match.start("value"):
        fix = f"put the text in quotes: {match['before'].strip()} {quoted(match['value'])}"
        return _at_problem(stumble, "a colon and a space inside a text look like a new key", fix)
    key = before.strip()
    column = len(before) - len(before.lstrip())
    message = f"'{shorten(key)}:' stands deeper than the line above, which has a value already"
    hint = "begin it in the same column as the line above; or check whether a space is missing after the colon there"
    return YamlError(message, stumble.line, column, len(key) + 1, hint)


def _no_colon(stumble: ParserError) -> YamlError:
    text = stumble.opening.strip()
    return _at_context(stumble, *_keyless(text), len(text))


def _keyless(text: str) -> tuple[str, str]:
    """Return message and hint for a text that stands where 'key: value' should."""
    if match := re.fullmatch(r"(?:- )?([A-Za-z][\w-]*):(\S.*)", text):
        return f"a space is missing after the colon of '{shorten(text)}'", f"write {match[1]}: {match[2]}"
    hint = "write it as 'key: value'; a text that goes on from the line above must be indented deeper than its key"
    return f"'{shorten(text)}' has no key and no colon", hint


def _open_quote(stumble: ParserError) -> YamlError:
    sign = stumble.opening[stumble.context_column : stumble.context_column + 1]
    rest = stumble.opening[stumble.context_column :].rstrip()
    return _at_context(
        stumble,
        f"the quote that opens at {shorten(rest)} is never closed",
        f"add {sign} at the end of the text",
        len(rest),
    )


def _escape(stumble: ParserError) -> YamlError:
    start = max(stumble.text.rfind("\\", 0, stumble.column + 1), stumble.text.find("\\", stumble.column), 0)
    match = re.compile(r"\\(u[0-9a-fA-F]{0,4}|x[0-9a-fA-F]{0,2}|.?)").match(stumble.text, start)
    escape = match[0] if match else "\\"
    message = f"in double quotes a backslash begins a special character, and '{escape}' is none"
    return YamlError(message, stumble.line, start, len(escape), r"write \\ for a backslash, or use single quotes")


def _open_bracket(stumble: ParserError) -> YamlError:
    sign = stumble.opening[stumble.context_column : stumble.context_column + 1]
    closing = {"[": "]", "{": "}"}.get(sign, "]")
    if stumble.line == stumble.context_line and stumble.text[stumble.column :].strip():
        here = stumble.text[stumble.column]
        hint = f"put a text that holds ',' ':' or a bracket in quotes, and close with '{closing}'"
        return _at_problem(stumble, f"'{here}' can't stand here, inside '{sign}'", hint)
    rest = stumble.opening[stumble.context_column :].rstrip()
    return _at_context(
        stumble, f"the bracket that opens at {shorten(rest)} is never closed", f"add '{closing}' at its end", len(rest)
    )


def _reused(stumble: ParserError) -> YamlError:
    rest = stumble.opening[stumble.context_column :].strip()
    sign = rest[:1]
    message = f"a text can't begin with '{sign}', which marks a value for reuse in YAML"
    return _at_context(stumble, message, f"put the text in quotes: {quoted(rest)}", len(rest), "yaml-alias")


def _tag(stumble: ParserError) -> YamlError:
    rest = stumble.opening[stumble.context_column :].strip()
    message = "a text can't begin with '!', which marks a type in YAML"
    return _at_context(stumble, message, f"put the text in quotes: {quoted(rest)}", len(rest), "yaml-tag")


def _block_header(stumble: ParserError) -> YamlError:
    sign = stumble.opening[stumble.context_column : stumble.context_column + 1]
    rest = stumble.text[stumble.column :].rstrip()
    hint = f"begin the text on the next line, indented; or put it in quotes if it has to begin with '{sign}'"
    return _at_problem(stumble, f"text stands behind '{sign}' on the same line", hint, len(rest))


def _after_value(stumble: ParserError) -> YamlError:
    match = _VALUE.fullmatch(stumble.text)
    value = match["value"] if match else ""
    start = match.start("value") if match else 0
    rest = stumble.text[stumble.column :].rstrip()
    if value.startswith("{{"):
        return YamlError(
            "a text that begins with '{{' needs quotes", stumble.line, start, len(value), f"write {quoted(value)}"
        )
    if value[:1] in ("'", '"') and stumble.column > start:
        hint = "write the text in double quotes" if value[0] == "'" else "write the text in single quotes"
        return _at_problem(
            stumble, f"text goes on after the closing quote: {shorten(rest)}", f"{hint}: {_requoted(value)}", len(rest)
        )
    if value[:1] in ("[", "{") and stumble.column > start:
        return _at_problem(
            stumble,
            f"text goes on after the closing bracket: {shorten(rest)}",
            f"put all of it in quotes: {quoted(value)}",
            len(rest),
        )
    return _out_of_line(stumble)


def _out_of_line(stumble: ParserError) -> YamlError:
    rest = stumble.text[stumble.column :].rstrip()
    if not rest:
        return _anything(stumble._replace(column=0))
    hint = "lines of one level must begin in the same column"
    return _at_problem(stumble, f"'{shorten(rest)}' does not line up with the lines above", hint, len(rest))


def _requoted(value: str) -> str:
    if len(value) < 2 or value[-1] != value[0]:
        return quoted(value)
    inner = value[1:-1]
    other = "'" if value[0] == '"' else '"'
    return f"{other}{inner}{other}" if other not in inner else quoted(inner)


def _no_content(stumble: ParserError) -> YamlError:
    if not stumble.text[stumble.column :].strip():
        number, match = next(
            ((number, match) for number, line in enumerate(stumble.lines) if (match := _BRACKET.search(line))),
            (stumble.context_line, None),
        )
        return YamlError(
            "the bracket that opens here is never closed",
            number,
            match.start(1) if match else 0,
            1,
            "add the closing bracket",
        )
    return _wrong_start(stumble)


def _anything(stumble: ParserError) -> YamlError:
    rest = stumble.text[stumble.column :].strip()
    hint = "look at the indentation, quotes and brackets of this line and the one above"
    return _at_problem(stumble, f"the structure of the file breaks at '{shorten(rest)}'", hint, len(rest))


_BY_CONTEXT: tuple[tuple[str, Callable[[ParserError], YamlError]], ...] = (
    ("flow sequence", _open_bracket),
    ("flow mapping", _open_bracket),
    ("alias", _reused),
    ("anchor", _reused),
    ("tag", _tag),
    ("block scalar", _block_header),
    ("block mapping", _after_value),
    ("block collection", _after_value),
    ("node", _no_content),
)
