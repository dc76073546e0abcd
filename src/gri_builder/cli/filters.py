"""Filters of findings: which of them a command prints. They never change its exit code, nor whether a build is made."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from gri_builder.cli.output import UsageError, print_status

if TYPE_CHECKING:
    from gri_builder.model.finding import Finding


class Filters(Struct, frozen=True):
    """Which findings are printed, and how."""

    selected: frozenset[str] = frozenset()
    """Rules whose findings are printed; empty for all."""
    ignored: frozenset[str] = frozenset()
    summary: bool = False
    """Whether only their numbers are printed."""

    def choose(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return the findings to print."""
        return tuple(each for each in findings if self._is_shown(each.rule))

    def _is_shown(self, rule: str) -> bool:
        return rule not in self.ignored and (not self.selected or rule in self.selected)


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose which findings are printed."""
    parser.add_argument(
        "--select",
        metavar="RULE",
        action="append",
        default=[],
        help="print only the findings of these rules; repeat it, or separate rules by commas",
    )
    parser.add_argument(
        "--ignore",
        metavar="RULE",
        action="append",
        default=[],
        help="do not print the findings of these rules; they still count for the exit code",
    )
    parser.add_argument(
        "--summary", action="store_true", help="print only how many findings each rule and each file has"
    )


def read_filters(arguments: argparse.Namespace) -> Filters:
    """Return the filters of the command line; raises UsageError for unknown rules."""
    if arguments.summary and getattr(arguments, "format", "text") != "text":
        raise UsageError(f"--summary is a text; leave it out for --format {arguments.format}")
    return Filters(_read_rules(arguments.select), _read_rules(arguments.ignore), arguments.summary)


def describe_hidden(findings: Sequence[Finding], shown: Sequence[Finding]) -> str:
    """Return how many findings the filters hide, as the end of a status line; empty if they hide none."""
    hidden = len(findings) - len(shown)
    return f"; {hidden} of them not shown" if hidden else ""


def _read_rules(options: Iterable[str]) -> frozenset[str]:
    """Return the ids of the rules, present or former; raises UsageError for unknown ones."""
    words = [word.strip().lower() for option in options for word in option.split(",") if word.strip()]
    return frozenset(find_rule_ids(words)) if words else frozenset()


def find_rule_ids(words: Iterable[str]) -> list[str]:
    """Return the present ids of rules; raises UsageError for unknown ids."""
    from gri_builder.model.suggestions import suggest
    from gri_builder.resources.renamed import current_rule
    from gri_builder.resources.rules import load_rules

    known = load_rules()
    found, unknown = [], []
    for word in words:
        current = current_rule(word)
        if current:
            print_status(f"gri-builder: '{word}' is now called '{current}'")
        if (current or word) in known:
            found.append(current or word)
        else:
            unknown.append(f"'{word}' is not a rule; {suggest(word, known) or UNKNOWN_HINT}")
    if unknown:
        raise UsageError("\ngri-builder: ".join(unknown))
    return found


UNKNOWN_HINT = "'gri-builder explain' lists the rules"
