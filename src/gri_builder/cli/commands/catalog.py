"""`catalog`: list what the framework requires."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gri_builder.cli.exit_codes import EXIT_OK
from gri_builder.cli.inputs import find_framework
from gri_builder.cli.output import UsageError, add_output, report
from gri_builder.reporters.registry import CATALOG, CatalogReport

if TYPE_CHECKING:
    from gri_builder.model.framework import Disclosure, Framework


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("codes", metavar="CODE", nargs="*", help="code of a disclosure; default: all disclosures")
    parser.add_argument(
        "--framework", metavar="ID", default=None, help="framework to list, e.g. gri-2021; default: the one of reports"
    )
    add_output(parser, CATALOG)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    framework = find_framework(arguments.framework)
    disclosures = _find_disclosures(framework, arguments.codes) if arguments.codes else None
    report(CATALOG, CatalogReport(framework, disclosures), arguments)
    return EXIT_OK


def _find_disclosures(framework: Framework, codes: Sequence[str]) -> list[Disclosure]:
    """Return the disclosures with these codes, in any letter case, all of a number that was used again.

    Raises UsageError for unknown codes.
    """
    from gri_builder.model.suggestions import suggest

    found = [_find(framework, code) for code in codes]
    unknown = [code for code, disclosures in zip(codes, found, strict=True) if not disclosures]
    if unknown:
        hints = (suggest(code, framework.disclosures) or "'gri-builder catalog' lists the codes" for code in unknown)
        lines = (f"'{code}' is not the code of a disclosure; {hint}" for code, hint in zip(unknown, hints, strict=True))
        raise UsageError("\ngri-builder: ".join(lines))
    return [disclosure for disclosures in found for disclosure in disclosures]


def _find(framework: Framework, code: str) -> Sequence[Disclosure]:
    """Return the disclosures with that code, or the one with that id."""
    of_id = framework.disclosure(code)
    return framework.find_disclosures(code) or ((of_id,) if of_id else ())
