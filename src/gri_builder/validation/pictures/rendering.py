"""SVG files that vectors can't draw: rendered as pixels, with a note; what is lost even so is an error by name."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from math import sqrt

from PIL import Image

from gri_builder.fonts.glyph_coverage import missing_glyphs
from gri_builder.graphics.rendering.plain_svg import PlainSvg, make_plain_svg
from gri_builder.graphics.rendering.renderer import Families, RenderJob
from gri_builder.graphics.rendering.resolution import PRINTED
from gri_builder.graphics.svg.reading import SvgReading, SvgRefusal
from gri_builder.model.finding import Finding, Location, Result, Severity, error
from gri_builder.model.graphics import Picture
from gri_builder.model.texts.finding_text import listed
from gri_builder.resources.bundled_fonts import (
    FIRA_GO,
    NAMES_IN_FILES,
    SOURCE_SERIF,
    choose_bundled_family,
    find_bundled_font,
    list_font_files,
)
from gri_builder.validation.pictures.fonts import note_fonts
from gri_builder.validation.pictures.render_process import run_job

MAX_SIDE = 3508
"""Height of an A4 page in the resolution of print, which no drawing exceeds."""
MAX_PIXELS = 8_000_000
MAX_LISTED = 12
"""Number of features that a note names."""
FAMILIES = Families(NAMES_IN_FILES[FIRA_GO], NAMES_IN_FILES[SOURCE_SERIF])


def render_drawing(path: str, data: bytes, reading: SvgReading, where: Location, shown: float) -> Result[Picture]:
    """Return a drawing with features that vectors can't draw as pixels, with a note that names them.

    `shown` is its largest width on the page, in points.
    """
    plain = make_plain_svg(data, reading.width, reading.height, _find_family)
    if problems := (*_check_files(path, plain, where), *_check_features(path, plain, where)):
        return Result(None, problems)
    width, height = _measure(reading.width, reading.height, shown)
    names = tuple(str(file) for file in list_font_files())
    rendered = run_job(RenderJob(plain.text, width, height, names, FAMILIES, plain.background))
    if isinstance(rendered, str):
        return Result(None, (_failure(path, rendered, where),))
    if _is_blank(rendered):
        message = f"{path} has no visible shapes"
        return Result(
            None, (error("svg-feature", message, where, "save it again as SVG in a drawing program, or as PNG"),)
        )
    picture = Picture(path, rendered, reading.width, reading.height, is_rendered=True)
    return Result(picture, (_note(path, reading.refusals, where), *note_fonts(path, plain.fonts, where)))


def _find_family(families: tuple[str, ...]) -> tuple[str, bool]:
    return NAMES_IN_FILES[choose_bundled_family(families)], not find_bundled_font(families, False, False).family


def _measure(width: float, height: float, shown: float) -> tuple[int, int]:
    """Return the pixels in which a drawing is rendered, for its largest width on the page."""
    scale = min(shown / 72 * PRINTED / width, MAX_SIDE / height, sqrt(MAX_PIXELS / (width * height)))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _is_blank(data: bytes) -> bool:
    with Image.open(io.BytesIO(data)) as image:
        return image.mode == "RGBA" and image.getchannel("A").getextrema() == (0, 0)


def _failure(path: str, reason: str, where: Location) -> Finding:
    hint = "save it as PNG, about 2500 pixels wide"
    return error("svg-too-complex", f"{path} {reason}", where, hint)


def _check_files(path: str, plain: PlainSvg, where: Location) -> Iterator[Finding]:
    hint = "in the drawing program embed linked pictures and styles, and save it again; or save it as PNG"
    for one in plain.external:
        message = f"{path}:{one.line} has {one.feature}, which {one.reason}; it would be missing on the page"
        yield error("svg-external-file", message, where, hint)


def _check_features(path: str, plain: PlainSvg, where: Location) -> Iterator[Finding]:
    hint = "save it as PNG; or in the drawing program turn text into paths, and effects into plain shapes"
    for one in plain.lost:
        yield error("svg-feature", f"{path}:{one.line} has {one.feature}, which {one.reason}", where, hint)
    missing = sorted(missing_glyphs("".join(char for char in plain.characters if char.isprintable())))
    if missing:
        shown = listed([f"'{char}' (U+{ord(char):04X})" for char in missing[:MAX_LISTED]], "and")
        message = f"{path} has text with {shown}, for which no font is here"
        yield error("svg-feature", message, where, "turn the text into paths in the drawing program, and save it again")


def _note(path: str, refusals: Sequence[SvgRefusal], where: Location) -> Finding:
    """Return the note that names why a drawing is printed as pixels."""
    named = [f"{one.feature} (line {one.line})" for one in refusals[:MAX_LISTED]]
    if len(refusals) > MAX_LISTED:
        named.append(f"{len(refusals) - MAX_LISTED} more")
    message = f"{path} is printed as pixels, {PRINTED} per inch, because it has {listed(named, 'and')}"
    hint = "nothing, if it is as you want it; else replace what is named by plain shapes in the drawing program"
    return Finding("svg-rendered", Severity.INFO, message, where, hint)
