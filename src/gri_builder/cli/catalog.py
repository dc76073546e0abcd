"""`catalog`: what the framework asks for."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gri_builder.cli.output import EXIT_OK, UsageError, add_output, find_width, is_colored, write_output

if TYPE_CHECKING:
    from gri_builder.model.framework import Disclosure, Framework


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("codes", metavar="CODE", nargs="*", help="code of a disclosure; all of them if none is given")
    add_output(parser, ("text", "json"))


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from gri_builder.reporters.catalog import json as catalog_json
    from gri_builder.reporters.catalog import text as catalog_text
    from gri_builder.resources.frameworks import load_framework

    framework = load_framework()
    disclosures = _find_disclosures(framework, arguments.codes)
    color, width = is_colored(arguments), find_width()
    if arguments.format == "json":
        text = catalog_json.write_catalog_json(framework, disclosures if arguments.codes else None)
    elif arguments.codes:
        text = catalog_text.write_disclosures_text(framework, disclosures, width, color)
    else:
        text = catalog_text.write_catalog_text(framework, width, color)
    write_output(text, arguments.output)
    return EXIT_OK


def _find_disclosures(framework: Framework, codes: Sequence[str]) -> list[Disclosure]:
    """Return the disclosures of those codes, in whatever case they are typed."""
    from gri_builder.model.suggestions import suggest

    written = {code.casefold(): code for code in framework.disclosures}
    found = [framework.disclosure(written.get(code.casefold(), code)) for code in codes]
    unknown = [code for code, disclosure in zip(codes, found, strict=True) if disclosure is None]
    if unknown:
        hints = (suggest(code, framework.disclosures) or "'gri-builder catalog' lists the codes" for code in unknown)
        lines = (f"'{code}' is not the code of a disclosure; {hint}" for code, hint in zip(unknown, hints, strict=True))
        raise UsageError("\ngri-builder: ".join(lines))
    return [disclosure for disclosure in found if disclosure]
