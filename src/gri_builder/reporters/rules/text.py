"""Rules as text for people: all of them in short, or single ones in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from gri_builder.model.rule import Rule
from gri_builder.reporters.terminal import MAX_WIDTH, colorize, wrap


def write_rules_text(rules: Sequence[Rule], width: int = MAX_WIDTH, color: bool = False) -> str:
    """Return single rules in full, with an empty line between them."""
    return "\n".join("".join(f"{line}\n" for line in _rule(rule, width, color)) for rule in rules)


def write_rule_list(rules: Sequence[Rule], width: int = MAX_WIDTH, color: bool = False) -> str:
    """Return one line for each rule, by stage."""
    indent = max((len(rule.id) for rule in rules), default=0) + 13
    lines: list[str] = []
    for stage, members in groupby(rules, key=lambda rule: rule.stage):
        lines += [*([""] if lines else []), colorize(stage.value, "strong", color)]
        for rule in members:
            first = f"  {rule.severity.value:<8} {rule.id}".ljust(indent)
            lines += wrap(rule.title, width, first, " " * indent)
    return "".join(f"{line}\n" for line in lines)


def _rule(rule: Rule, width: int, color: bool) -> Iterator[str]:
    severity = " or ".join(each.value for each in rule.severities)
    yield f"{colorize(f'{severity}[{rule.id}]', rule.severity, color)}: {rule.title}"
    yield from wrap(rule.why, width, "  ", "  ")
    yield from _example("wrong", rule.bad, color)
    yield from _example("right", rule.good, color)
    if rule.clause:
        yield from wrap(f"rests on {rule.clause}", width, "  ", "  ")


def _example(name: str, text: str, color: bool) -> Iterator[str]:
    yield f"  {colorize(f'{name}:', 'strong', color)}"
    yield from (f"    {line}".rstrip() for line in text.splitlines())
