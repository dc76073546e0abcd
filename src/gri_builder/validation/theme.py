"""The theme: a bundled theme, with the tokens that the report overrides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from gri_builder.model.color import (
    MIN_CONTRAST,
    MIN_SHAPE_CONTRAST,
    WHITE,
    Color,
    contrast,
    is_color,
    parse_color,
    readable_on,
    to_hex,
)
from gri_builder.model.finding import Finding, Location, Severity, error, warning
from gri_builder.model.framework import Framework
from gri_builder.model.suggestions import find_nearest, suggest
from gri_builder.model.texts.finding_text import listed
from gri_builder.model.theme import (
    BOX_STYLES,
    COVER_STYLES,
    DENSITIES,
    FONT_FACES,
    HEADING_STYLES,
    OPENER_STYLES,
    PATTERNS,
    TABLE_STYLES,
    TEXT_EDGES,
    TILE_STYLES,
    FontFamily,
    Theme,
)
from gri_builder.resources.themes import COLORS, DEFAULT_THEME, FAMILIES, list_themes, load_theme
from gri_builder.source.nodes import FontFile, Node, Source
from gri_builder.source.paths import normalize_path, refuse_missing, refuse_outside
from gri_builder.source.values import text_of

WITH_PICTURE = ("image", "photo")
"""Covers that need a picture."""
CHOICES: Mapping[str, tuple[str, ...]] = {
    "pattern": PATTERNS,
    "density": DENSITIES,
    "cover": COVER_STYLES,
    "opener": OPENER_STYLES,
    "text": TEXT_EDGES,
    "heading": HEADING_STYLES,
    "tables": TABLE_STYLES,
    "boxes": BOX_STYLES,
    "tiles": TILE_STYLES,
}
"""Tokens with a fixed set of values."""
MIN_CONTRASTS = {"ink": 7.0, "quiet": MIN_CONTRAST}
"""Colours that are of text only, with the minimum contrast of each."""


def read_theme(source: Source, framework: Framework) -> tuple[Theme, list[Finding]]:
    """Return the theme of report.yaml, and what is wrong with it beyond its schema."""
    node = source.report.get("theme")
    if node is None or node.kind not in ("mapping", "text"):
        return load_theme(), []
    named = node if node.kind == "text" else node.get("name")
    findings = [*_check_name(named), *_check_categories(node, framework)]
    theme = load_theme(_known(text_of(named)))
    if node.kind == "text":
        return theme, findings
    findings += _check_contrasts(node, theme)
    fonts: dict[str, Any] = {}
    for key in ("text_font", "heading_font"):
        family, found = _read_font(node.get(key), source)
        findings += found
        if family:
            fonts[key] = family
    theme = replace(theme, **_read_tokens(node), **fonts)
    if theme.cover in WITH_PICTURE and theme.cover_image is None and "cover_image" not in node.entries:
        where = (node.get("cover") or node).where
        message = f"the cover '{theme.cover}' has no picture"
        findings.append(
            error("missing-image", message, where, "add 'cover_image: images/cover.jpg', or choose another cover")
        )
        theme = replace(theme, cover="pattern")
    return theme, findings


def _known(name: str | None) -> str:
    """Return the name of a bundled theme: as written, or the most similar one."""
    if name is None or name in list_themes():
        return name or DEFAULT_THEME
    return find_nearest(name, list_themes()) or DEFAULT_THEME


def _check_name(node: Node | None) -> Iterator[Finding]:
    name = text_of(node)
    if node and name is not None and name not in list_themes():
        hint = suggest(name, list_themes()) or f"the themes are {listed(list_themes(), 'and')}"
        yield error("unknown-theme", f"'{name}' is not a theme", node.where, hint)


def _check_categories(node: Node, framework: Framework) -> Iterator[Finding]:
    known = tuple(category.id for category in framework.categories)
    categories = node.get("categories")
    for name, entry in (categories.entries if categories else {}).items():
        if name not in known:
            hint = suggest(name, known) or f"the Categories are {listed(known, 'and')}"
            yield error("unknown-category", f"'{name}' is not a Category", entry.key.where, hint)


def _check_contrasts(node: Node, theme: Theme) -> Iterator[Finding]:
    """Yield a finding for each colour that has too little contrast for text."""
    surface = text_of(node.get("paper"))
    paper = parse_color(surface if surface and is_color(surface) else theme.paper)
    backgrounds = {"quiet": ("the background of boxes", paper)}
    for key, minimum in MIN_CONTRASTS.items():
        name, background = backgrounds.get(key, ("white", WHITE))
        yield from _check_contrast(node.get(key), name, background, minimum)
    categories = node.get("categories")
    yield from _check_brand(node.get("primary"))
    for entry in (categories.entries if categories else {}).values():
        yield from _check_brand(entry.value)
    yield from _check_accent(node.get("accent"))


def _check_brand(node: Node | None) -> Iterator[Finding]:
    """Yield a note if a colour is too pale for text on white: only grounds have it as it is (WCAG 2, 1.4.3)."""
    if node is None or not is_color(text_of(node)):
        return
    given = parse_color(node.text)
    if (ratio := contrast(given, WHITE)) < MIN_CONTRAST:
        used = to_hex(readable_on(given, WHITE))
        message = (
            f"'{node.text}' is pale: areas of it have dark text, and what is set in it on white is '{used}', since its "
            f"contrast with white is {ratio:.1f}, but {MIN_CONTRAST:g} is needed for text"
        )
        hint = f'leave it if that is meant; for white text on a darker area, write "{used}"'
        yield Finding("pale-brand", Severity.INFO, message, node.where, hint)


def _check_accent(node: Node | None) -> Iterator[Finding]:
    """Yield a finding if the accent vanishes on the page (WCAG 2, 1.4.11)."""
    if node is None or not is_color(text_of(node)):
        return
    given = parse_color(node.text)
    ratio, minimum = contrast(given, WHITE), MIN_SHAPE_CONTRAST
    if ratio < minimum:
        used = to_hex(readable_on(given, WHITE, minimum))
        message = (
            f"the accent '{node.text}' vanishes on white: its contrast is {ratio:.1f}, but {minimum:g} is needed for "
            f"lines and parts of charts; '{used}' is used instead"
        )
        yield warning("pale-accent", message, node.where, f"write 'accent: \"{used}\"', or choose a darker colour")


def _check_contrast(node: Node | None, name: str, background: Color, minimum: float) -> Iterator[Finding]:
    if node is None or not is_color(text_of(node)):
        return
    given = parse_color(node.text)
    ratio = contrast(given, background)
    if ratio < minimum:
        message = (
            f"'{node.text}' is too pale for text: its contrast with {name} is {ratio:.1f}, but {minimum:g} is needed"
        )
        hint = f'use a darker shade, such as "{to_hex(readable_on(given, background, minimum))}"'
        yield error("low-contrast", message, node.where, hint)


def _read_tokens(node: Node) -> dict[str, Any]:
    """Return the valid tokens; an invalid one has a finding already, and keeps the value of the bundled theme."""
    tokens: dict[str, Any] = {}
    for key in COLORS:
        if is_color(value := text_of(node.get(key))):
            tokens[key] = value
    for key, choices in CHOICES.items():
        if (value := text_of(node.get(key))) in choices:
            tokens[key] = value
    for key in ("logo", "cover_image"):
        tokens[key] = text_of(node.get(key))
    if (columns := node.get("columns")) and columns.text in ("1", "2"):
        tokens["columns"] = int(columns.text)
    if (back := node.get("back_cover")) and back.kind == "bool":
        tokens["back_cover"] = back.text.lower() == "true"
    if (radius := node.get("radius")) and radius.kind == "number":
        tokens["radius"] = min(24.0, max(0.0, float(radius.text)))
    categories = node.get("categories")
    entries = categories.entries.items() if categories else ()
    tokens["own_categories"] = {name: entry.value.text for name, entry in entries if is_color(text_of(entry.value))}
    return tokens


def _read_font(node: Node | None, source: Source) -> tuple[FontFamily | None, list[Finding]]:
    """Return a font family with its valid files, and findings for the others."""
    if node is None:
        return None, []
    if node.kind == "text":
        return (FontFamily(node.text) if node.text in FAMILIES else None), []
    faces: dict[str, bytes] = {}
    findings: list[Finding] = []
    for face in FONT_FACES:
        path = text_of(written := node.get(face))
        if written is None or path is None:
            continue
        data, found = _read_face(path, written.where, source.fonts, source.refused)
        findings += found
        if data:
            faces[face] = data
    name = text_of(node.get("regular"))
    return (FontFamily(name, faces) if name and "regular" in faces else None), findings


def _read_face(
    written: str, where: Location, fonts: Mapping[str, FontFile], refused: frozenset[str]
) -> tuple[bytes | None, list[Finding]]:
    path = normalize_path(written)
    if path is None:
        return None, [refuse_outside(written, where)]
    if path in refused:
        return None, []
    file = fonts.get(path)
    if file is None or file.data is None:
        return None, [refuse_missing(written, where, "missing-font", fonts)]
    from gri_builder.fonts.font_files import check_font

    problem = check_font(file.path, file.data, where)
    return (None, [problem]) if problem else (file.data, [])
