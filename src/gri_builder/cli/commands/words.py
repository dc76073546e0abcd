"""`words`: write a file for the words that the program prints, in a language for which it has none."""

from __future__ import annotations

import argparse
from pathlib import Path

from gri_builder.cli.exit_codes import EXIT_OK
from gri_builder.cli.output import UsageError, write_output


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("language", metavar="LANGUAGE", help="code of the language, such as es or pt-BR")
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help="file to write, which must be new; default: the terminal"
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from gri_builder.resources.frameworks import load_framework
    from gri_builder.resources.languages import is_locale, language_hint
    from gri_builder.scaffold.words import write_words_template

    language, output = arguments.language, arguments.output
    if not is_locale(language):
        raise UsageError(f"'{language}' is not the code of a language; {language_hint(language)}")
    if output is not None and output.exists():
        raise UsageError(f"'{output}' is there already; nothing was written: name a new file")
    write_output(write_words_template(language, load_framework()), output)
    return EXIT_OK
