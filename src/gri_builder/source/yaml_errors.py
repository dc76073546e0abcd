"""YAML syntax errors in plain words: what the parser could not read, and how to write it instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import yaml

from gri_builder.model.finding import Finding, error
from gri_builder.model.texts.finding_text import quoted, shorten
from gri_builder.source.nodes import Node, SourceFile
from gri_builder.source.yaml_surprises import COLONS, missing_space

_VALUE = re.compile(r"(?P<before>\s*(?:- +)*(?:[^\s\"'][^:]*?:[ \t]+|- +)?)(?P<value>\S(?:.*\S)?)\s*")
_COMMENT = re.compile(r"[ \t](#.*(?<=\S))\s*$")
_KEY_ONLY = re.compile(r"\s*(?:- +)*[^\s:]+:\s*")
_BRACKET = re.compile(r"(?:: +|- +|^ *)([\[{])")


class YamlError(NamedTuple):
    """An error in the YAML of some lines, as it is reported."""

    message: str
    line: int
    """Index in the lines, from 0."""
    column: int
    """From 0."""
    width: int
    hint: str
    rule: str = "yaml-syntax"


class ParserError(NamedTuple):
    """Where and why the parser stopped; lines and columns count from 0."""

    reason: str
    line: int
    column: int
    context: str
    context_line: int
    context_column: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The line on which the parser stopped."""
        return self.line_at(self.line)

    @property
    def opening(self) -> str:
        """The line on which the structure that it was reading starts."""
        return self.line_at(self.context_line)

    def line_at(self, number: int) -> str:
        """Return a line; an empty text after the last line."""
        return self.lines[number] if 0 <= number < len(self.lines) else ""


def explain_error(raised: yaml.YAMLError, file: SourceFile, lines: tuple[str, ...], first: int) -> Finding:
    """Return the finding for an error in some lines of the file, the first of which is line `first`."""
    found = _explain(_read_error(raised, lines))
    line = min(found.line, max(len(lines) - 1, 0))
    column = found.column if line == found.line else 0
    return error(found.rule, found.message, file.where(first + line, column + 1, found.width), found.hint)


def report_keyless(node: Node) -> Finding:
    """Return the finding for a text in place of keys."""
    message, hint = _keyless(node.text.split("\n")[0].strip())
    return error("yaml-syntax", message, node.where, hint)


def _read_error(raised: yaml.YAMLError, lines: tuple[str, ...]) -> ParserError:
    if not isinstance(raised, yaml.MarkedYAMLError) or raised.problem_mark is None:
        return ParserError(str(raised), 0, 0, "", 0, 0, lines)
    mark = raised.problem_mark
    start = raised.context_mark or mark
    return ParserError(
        raised.problem or "", mark.line, mark.column, raised.context or "", start.line, start.column, lines
    )


def _explain(problem: ParserError) -> YamlError:
    known: tuple[tuple[str, Callable[[ParserError], YamlError]], ...] = (
        ("deeper than", _too_deep),
        ("cannot start any token", _wrong_start),
        ("mapping values are not allowed", _second_colon),
        ("could not find expected ':'", _no_colon),
        ("found unexpected end of stream", _open_quote),
        ("found unexpected document separator", _open_quote),
        ("escape", _escape),
        ("entries are not allowed", _dash_after_key),
        ("keys are not allowed", _wrong_start),
        ("<document start>", _out_of_line),
    )
    for words, explain in known:
        if words in problem.reason:
            return explain(problem)
    for words, explain in _BY_CONTEXT:
        if words in problem.context:
            return explain(problem)
    return _broken_structure(problem)


def _at_problem(problem: ParserError, message: str, hint: str, width: int = 1, rule: str = "yaml-syntax") -> YamlError:
    return YamlError(message, problem.line, problem.column, width, hint, rule)


def _at_context(problem: ParserError, message: str, hint: str, width: int = 1, rule: str = "yaml-syntax") -> YamlError:
    return YamlError(message, problem.context_line, problem.context_column, width, hint, rule)


def _too_deep(problem: ParserError) -> YamlError:
    return _at_problem(
        problem,
        "values are nested " + problem.reason,
        "no part of a report needs that; look for superfluous brackets or indentation",
        rule="yaml-nesting",
    )


def _wrong_start(problem: ParserError) -> YamlError:
    character = problem.text[problem.column : problem.column + 1]
    if character == "\t":
        return _at_problem(problem, "YAML allows only spaces here, not a tab", "replace each tab by two spaces")
    rest = problem.text[problem.column :].strip()
    return _at_problem(
        problem, f"a text can't start with '{character}'", f"put it in quotes: {quoted(rest)}", len(rest)
    )


def _second_colon(problem: ParserError) -> YamlError:
    before = problem.text[: problem.column]
    match = _VALUE.fullmatch(problem.text)
    if match and match["before"].strip() and problem.column > match.start("value"):
        fix = f"put the text in quotes: {match['before'].strip()} {quoted(match['value'])}"
        return _at_problem(problem, "a colon and a space inside a text look like a new key", fix)
    key = before.strip()
    column = len(before) - len(before.lstrip())
    message = f"'{shorten(key)}:' is indented deeper than the line above, which already has a value"
    hint = "start it in the same column as the line above; or check whether a space is missing after the colon there"
    return YamlError(message, problem.line, column, len(key) + 1, hint)


def _no_colon(problem: ParserError) -> YamlError:
    text = problem.opening.strip()
    return _at_context(problem, *_keyless(text), len(text))


def _keyless(text: str) -> tuple[str, str]:
    """Return message and hint for a text in place of 'key: value'."""
    if re.match(rf"(?:- )?[A-Za-z][\w.-]*(?:[{COLONS}]|:[^ ])", text):
        return missing_space(text)
    hint = "write it as 'key: value'; a text that continues the line above must be indented deeper than its key"
    return f"'{shorten(text)}' has no key and no colon", hint


def _open_quote(problem: ParserError) -> YamlError:
    sign = problem.opening[problem.context_column : problem.context_column + 1]
    rest = problem.opening[problem.context_column :].rstrip()
    return _at_context(
        problem,
        f"the quote that opens at {shorten(rest)} is never closed",
        f"add {sign} at the end of the text",
        len(rest),
    )


def _escape(problem: ParserError) -> YamlError:
    start = max(problem.text.rfind("\\", 0, problem.column + 1), problem.text.find("\\", problem.column), 0)
    match = re.compile(r"\\(u[0-9a-fA-F]{0,4}|x[0-9a-fA-F]{0,2}|.?)").match(problem.text, start)
    escape = match[0] if match else "\\"
    message = f"'{escape}' is not a valid special character; in double quotes, a backslash starts one"
    return YamlError(message, problem.line, start, len(escape), r"write \\ for a backslash, or use single quotes")


def _open_bracket(problem: ParserError) -> YamlError:
    sign = problem.opening[problem.context_column : problem.context_column + 1]
    closing = {"[": "]", "{": "}"}.get(sign, "]")
    if problem.line == problem.context_line and problem.text[problem.column :].strip():
        here = problem.text[problem.column]
        hint = f"put a text with ',' ':' or a bracket in quotes, and close with '{closing}'"
        return _at_problem(problem, f"'{here}' is not allowed here, inside '{sign}'", hint)
    rest = problem.opening[problem.context_column :].rstrip()
    if comment := _COMMENT.search(rest):
        message = f"'{shorten(comment[1])}' is left out, because YAML reads it as a comment"
        hint = f"put each text with '#' in quotes, and close with '{closing}'"
        return YamlError(
            message, problem.context_line, problem.context_column + comment.start(1), len(comment[1]), hint
        )
    return _at_context(
        problem, f"the bracket that opens at {shorten(rest)} is never closed", f"add '{closing}' at its end", len(rest)
    )


def _reused(problem: ParserError) -> YamlError:
    rest = problem.opening[problem.context_column :].strip()
    sign = rest[:1]
    message = f"a text can't start with '{sign}', which marks a value for reuse in YAML"
    return _at_context(problem, message, f"put the text in quotes: {quoted(rest)}", len(rest), "yaml-alias")


def _tag(problem: ParserError) -> YamlError:
    rest = problem.opening[problem.context_column :].strip()
    message = "a text can't start with '!', which marks a type in YAML"
    return _at_context(problem, message, f"put the text in quotes: {quoted(rest)}", len(rest), "yaml-tag")


def _block_header(problem: ParserError) -> YamlError:
    sign = problem.opening[problem.context_column : problem.context_column + 1]
    rest = problem.text[problem.column :].rstrip()
    hint = f"start the text on the next line, indented; or put it in quotes if it has to start with '{sign}'"
    return _at_problem(problem, f"text follows '{sign}' on the same line", hint, len(rest))


def _after_value(problem: ParserError) -> YamlError:
    match = _VALUE.fullmatch(problem.text)
    value = match["value"] if match else ""
    start = match.start("value") if match else 0
    rest = problem.text[problem.column :].rstrip()
    if value.startswith("{{"):
        return YamlError(
            "a text that starts with '{{' needs quotes", problem.line, start, len(value), f"write {quoted(value)}"
        )
    if value[:1] in ("'", '"') and problem.column > start:
        hint = "write the text in double quotes" if value[0] == "'" else "write the text in single quotes"
        return _at_problem(
            problem, f"text follows the closing quote: {shorten(rest)}", f"{hint}: {_requoted(value)}", len(rest)
        )
    if value[:1] in ("[", "{") and problem.column > start:
        return _at_problem(
            problem,
            f"text follows the closing bracket: {shorten(rest)}",
            f"put all of it in quotes: {quoted(value)}",
            len(rest),
        )
    return _out_of_line(problem)


def _dash_after_key(problem: ParserError) -> YamlError:
    rest = problem.text[problem.column :].strip()
    hint = f"put it in quotes: {quoted(rest)}; or start a list on the next line, indented"
    return _at_problem(problem, "a text after a colon can't start with '- '", hint, len(rest))


def _after_comment(problem: ParserError) -> YamlError | None:
    """Return the error of a text that ends at a '#', and that the next line was meant to continue."""
    above = problem.line_at(problem.line - 1)
    match = _COMMENT.search(above)
    if match is None or _KEY_ONLY.fullmatch(above[: match.start()]):
        return None
    column = match.start(1)
    message = f"'{shorten(match[1])}' ends the text, because YAML reads it as a comment"
    hint = "write '|' after the colon, and all of the text on the lines below it, indented"
    return YamlError(message, problem.line - 1, column, len(match[1]), hint)


def _out_of_line(problem: ParserError) -> YamlError:
    rest = problem.text[problem.column :].rstrip()
    if not rest:
        return _broken_structure(problem._replace(column=0))
    if problem.line_at(problem.line - 1).strip() == "...":
        hint = "delete the line '...', which ends the file for YAML"
    elif comment := _after_comment(problem):
        return comment
    else:
        hint = "lines of one level must start in the same column"
    return _at_problem(problem, f"'{shorten(rest)}' does not line up with the lines above", hint, len(rest))


def _requoted(value: str) -> str:
    if len(value) < 2 or value[-1] != value[0]:
        return quoted(value)
    inner = value[1:-1]
    other = "'" if value[0] == '"' else '"'
    return f"{other}{inner}{other}" if other not in inner else quoted(inner)


def _no_content(problem: ParserError) -> YamlError:
    if not problem.text[problem.column :].strip():
        number, match = next(
            ((number, match) for number, line in enumerate(problem.lines) if (match := _BRACKET.search(line))),
            (problem.context_line, None),
        )
        return YamlError(
            "the bracket that opens here is never closed",
            number,
            match.start(1) if match else 0,
            1,
            "add the closing bracket",
        )
    return _wrong_start(problem)


def _broken_structure(problem: ParserError) -> YamlError:
    rest = problem.text[problem.column :].strip()
    hint = "look at the indentation, quotes and brackets of this line and the one above"
    return _at_problem(problem, f"the structure of the file breaks at '{shorten(rest)}'", hint, len(rest))


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
