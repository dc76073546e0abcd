"""Checks of a passage's lines against its tokens: signs taken for markup, unused definitions, text left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markdown_it.token import Token

from gri_builder.markdown.accidental_markup import find_accidents
from gri_builder.markdown.conservation import find_lost_text
from gri_builder.markdown.passage_findings import PassageFindings, Span
from gri_builder.model.texts.finding_text import shorten

_ADDRESS = re.compile(r"(?:https?://|mailto:|www\.|#)", re.IGNORECASE)
Environment = dict[str, Any]
"""What the parser keeps of a passage beside its tokens: link definitions by label."""


def check_lines(tokens: Sequence[Token], environment: Environment, findings: PassageFindings) -> None:
    """Report what the lines of a passage say and its tokens do not."""
    lines = findings.text.split("\n")
    for accident in find_accidents(tokens, lines, findings.in_yaml):
        line = lines[accident.line].strip()
        escaped = accident.sign[:-1] + "\\" + accident.sign[-1] if accident.sign[:1].isdigit() else f"\\{accident.sign}"
        findings.warn(
            "accidental-markup",
            f"'{accident.sign}' in '{shorten(line)}' {accident.message}",
            findings.at(accident.line + 1, accident.sign),
            f"write '{escaped}' if it belongs to the text; {accident.remedy}",
        )
    definitions = dict(_find_definitions(environment))
    used = {str(label) for token in tokens for label in _find_labels(token)}
    for number, definition in definitions.items():
        _check_definition(number, definition, used, lines, findings)
    defined = frozenset(line for each in definitions.values() for line in range(*each["map"]))
    for lost in find_lost_text(tokens, lines, defined):
        if not findings.covers(lost.line + 1):
            message = f"'{shorten(lost.text)}' would be left out of the page"
            hint = "put it on a line of its own, with empty lines above and below it"
            findings.add("text-left-out", message, findings.at(lost.line + 1, lost.text.split()[0]), hint)


def _find_definitions(environment: Environment) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield the link definitions of a passage by the index of their line."""
    for label, definition in environment.get("references", {}).items():
        yield definition["map"][0], {"label": label, **definition}
    for definition in environment.get("duplicate_refs", ()):
        yield definition["map"][0], {**definition, "again": True}


def _find_labels(token: Token) -> Iterator[object]:
    """Yield the labels of the definitions that a token uses."""
    if token.type in ("link_open", "image") and "label" in token.meta:
        yield token.meta["label"]
    for child in token.children or ():
        yield from _find_labels(child)


def _check_definition(
    number: int, definition: Mapping[str, Any], used: set[str], lines: Sequence[str], findings: PassageFindings
) -> None:
    """Report a link definition that nothing uses, or that is written twice."""
    where = findings.place(Span(number + 1, number + 1))
    line = lines[number].strip()
    label = line[1:].split("]:")[0]
    if "again" in definition:
        message = f"'{shorten(line)}' is left out, because '[{label}]' already has an address"
        findings.add("text-left-out", message, where, "choose another name, or delete this line")
    elif definition["label"] not in used and _ADDRESS.match(str(definition["href"])) and not definition["title"]:
        message = f"'{shorten(line)}' is the address of a link that the text does not use"
        hint = f"write [{label}] in the text, or delete the line; to print it, write a backslash before it"
        findings.warn("link-definition-unused", message, where, hint)
    elif definition["label"] not in used:
        message = f"'{shorten(line)}' is left out, because Markdown reads it as the address of a link"
        findings.add(
            "text-left-out", message, where, f"to print the line, write a backslash before it: \\{shorten(line)}"
        )
