"""Scripts: text that can't be set as it is written, named once for each script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gri_builder.fonts.scripts import needs_shaping
from gri_builder.model.facts import Series
from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.texts.finding_text import shorten
from gri_builder.model.theme import FontFamily
from gri_builder.source.nodes import Node, Source, SourceFile
from gri_builder.validation.glyphs.missing_glyphs import SOURCES

MAX_UNBROKEN = 30
"""Letters without a space between them that still fit on a line."""


class _Line(NamedTuple):
    """Text that is printed, with the place of its first character."""

    text: str
    where: Location
    file: SourceFile | None = None
    """The file whose line it is."""


def check_scripts(
    source: Source, chapters: Iterable[SourceFile], series: Iterable[Series], fonts: tuple[FontFamily, ...]
) -> Iterator[Finding]:
    """Yield a finding for each script that can't be set, and each whose words are not separated.

    `chapters` are the files of the printed chapters.
    """
    lines = [line for line in _printed_lines(source, chapters, series) if needs_shaping(line.text)]
    if lines:  # only then fonts are read, which takes time
        yield from _find_unsupported(lines, fonts)
        yield from _find_unbroken(lines)


def _printed_lines(source: Source, chapters: Iterable[SourceFile], series: Iterable[Series]) -> Iterator[_Line]:
    for file in chapters:
        yield from (_Line(text, file.where(number), file) for number, text in enumerate(file.lines, 1))
    words = (source.words,) if source.words else ()
    for root in (source.report, *words, *source.disclosures, *source.figures):
        for node in _scalars(root):
            yield from (_Line(line, node.where) for line in node.text.split("\n"))
    for each in series:
        for fact in each.facts:
            yield _Line(" ".join((fact.period, *fact.members)), fact.where)


def _scalars(node: Node) -> Iterator[Node]:
    """Yield the scalars of a node whose text is printed."""
    if node.kind == "mapping":
        for key, entry in node.entries.items():
            if key not in SOURCES:
                yield from _scalars(entry.value)
    elif node.kind == "list":
        for item in node.items:
            yield from _scalars(item)
    elif node.kind != "invalid":
        yield node


def _find_unsupported(lines: Iterable[_Line], fonts: tuple[FontFamily, ...]) -> Iterator[Finding]:
    """Yield an error for each script that a font of the report has no rules for."""
    from gri_builder.fonts.faces import find_family, load_face
    from gri_builder.fonts.script_rules import UPRIGHT, unsupported_script

    faces = [load_face(family=find_family(font)) for font in fonts] or [load_face()]
    named: set[str] = set()
    for line in lines:
        for found in filter(None, (unsupported_script(line.text, face) for face in faces)):
            script, place = found
            if script not in named:
                named.add(script)
                yield _report(script, line, place, script in UPRIGHT)


def _report(script: str, line: _Line, place: int, upright: bool) -> Finding:
    quoted = shorten(line.text[place:].split(" ")[0], 20)
    if upright:
        message = f"{_title(script)} is not supported: '{quoted}' is written from top to bottom"
        hint = "write it in another script, or show it as a picture with its text in 'alt'"
        return error("unsupported-script", message, _place(line, place), hint)
    message = f"the font can't set {_title(script)}: it has the letters of '{quoted}', but not the rules to join them"
    hint = "choose a font made for it, such as that of the Noto family, and name its files in theme.yaml"
    return error("unsupported-script", message, _place(line, place), hint)


def _find_unbroken(lines: Iterable[_Line]) -> Iterator[Finding]:
    """Yield an error for each script without spaces between words that has a stretch too long for a line."""
    from gri_builder.fonts.script_rules import longest_without_spaces

    named: set[str] = set()
    for line in lines:
        found = longest_without_spaces(line.text)
        if found and found[2] > MAX_UNBROKEN and found[0] not in named:
            script, place, length = found
            named.add(script)
            quoted = shorten(line.text[place : place + length], 20)
            message = f"where a line of {_title(script)} may break is not known: '{quoted}' has {length} letters"
            hint = "write a zero-width space (U+200B), or in a chapter &#8203;, between words; lines break there"
            yield error("unknown-line-breaks", f"{message} without a space", _place(line, place), hint)


def _place(line: _Line, place: int) -> Location:
    return line.file.where(line.where.line or 1, place + 1) if line.file else line.where


def _title(script: str) -> str:
    from gri_builder.fonts.script_names import script_title

    return script_title(script)
