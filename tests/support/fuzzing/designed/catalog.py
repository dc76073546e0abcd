"""All designed inputs, each with the command that reads it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from tests.support.fuzzing.case import EARLIER, OUT, REPORT, Case
from tests.support.fuzzing.designed import drawings, paths, pdfs, pictures, queries, tables, texts, yaml_files
from tests.support.fuzzing.designed.input import Input

FORMATS = {
    "YAML": yaml_files.inputs,
    "Markdown": texts.inputs,
    "tables": tables.inputs,
    "queries": queries.inputs,
    "SVG": drawings.inputs,
    "pictures and fonts": pictures.inputs,
    "PDFs and working papers": pdfs.inputs,
    "paths and names": paths.inputs,
}
"""What yields the inputs of each format."""


def designed_cases(part: int = 0, parts: int = 1, every: int = 1) -> Iterator[Case]:
    """Yield one part of all designed inputs, or of every n-th of each format; each as users run the program."""
    for kind, inputs in FORMATS.items():
        cases = chain.from_iterable(_cases(f"designed: {kind}", each) for each in inputs())
        yield from islice(cases, part * every, None, every * parts)


def _cases(kind: str, one: Input) -> Iterator[Case]:
    for command in one.commands:
        argv = {
            "validate": ("validate", REPORT),
            "build": ("build", REPORT, "-o", OUT),
            "coverage": ("coverage", one.path),
            "trace": ("trace", one.path),
            "diff": ("diff", one.path, one.path),
            "inspect": ("inspect", one.path),
            "audit": ("audit", one.path, "--format", "xlsx", "-o", "paper.xlsx"),
        }[command]
        files = {**one.files, **EARLIER} if command == "build" else one.files
        yield Case(kind, f"{kind}: {one.name}", argv, files, True, one.links)
