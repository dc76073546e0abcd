"""`explain`: say what a rule checks and why, with an example, or what a disclosure asks for."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gri_builder.cli.exit_codes import EXIT_OK
from gri_builder.cli.filters import find_rule_ids
from gri_builder.cli.output import add_output, report
from gri_builder.reporters.registry import CATALOG, RULES, CatalogReport, RulesReport

if TYPE_CHECKING:
    from gri_builder.model.rule import Rule


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "rules",
        metavar="RULE",
        nargs="*",
        help="rule that a finding names in brackets, or code of a disclosure; default: a list of all rules",
    )
    add_output(parser, RULES)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from gri_builder.resources.rules import load_rules

    if catalog := _find_disclosures(arguments.rules):
        report(CATALOG, catalog, arguments)
        return EXIT_OK
    rules = _find_rules(arguments.rules) if arguments.rules else list(load_rules().values())
    report(RULES, RulesReport(rules, in_full=bool(arguments.rules)), arguments)
    return EXIT_OK


def _find_disclosures(codes: Sequence[str]) -> CatalogReport | None:
    """Return the disclosures with these codes, all of one framework; None if no framework has all of them.

    If several frameworks have them, it is the one that nothing has replaced.
    """
    from gri_builder.resources.frameworks import framework_ids, load_framework
    from gri_builder.resources.rules import load_rules

    if not codes or any(
        code.lower() in load_rules() or "-" not in code or not any(map(str.isdigit, code)) for code in codes
    ):
        return None
    for framework in sorted(map(load_framework, framework_ids()), key=lambda each: each.successor is not None):
        found = [framework.find_disclosures(code) for code in codes]
        if all(found):
            return CatalogReport(framework, [disclosure for each in found for disclosure in each])
    return None


def _find_rules(ids: Sequence[str]) -> list[Rule]:
    """Return the rules with these ids, present or former; raises UsageError for unknown ids."""
    from gri_builder.resources.rules import load_rules

    known = load_rules()
    return [known[id] for id in find_rule_ids(map(str.lower, ids))]
