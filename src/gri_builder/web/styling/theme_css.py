"""The tokens of a theme as custom properties, for light and dark pages, and the classes of the chapters' colours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from gri_builder.model.color import BLACK, MIN_CONTRAST, WHITE, Color, contrast, mix, readable_on, to_hex
from gri_builder.model.theme import Density, Theme
from gri_builder.typesetting.line_breaking import GAP_COLOR
from gri_builder.typesetting.style import Style, tint
from gri_builder.web.drawing.color_book import ColorBook
from gri_builder.web.drawing.dark import darken, lighten_until
from gri_builder.web.pages.rail import class_of_color

SIZES: Mapping[Density, tuple[float, float]] = {"compact": (1.0, 1.55), "normal": (1.0625, 1.6), "airy": (1.125, 1.65)}
"""Size of running text in rem, and its line height, by density."""
JUDGED = {"better": Color(0.043, 0.42, 0.365), "worse": Color(0.659, 0.196, 0.102)}
"""Colours of changes for the better and the worse, as in print."""
NIGHT = darken(WHITE)
SAFE, CLEAR = MIN_CONTRAST + 0.05, 7.05
"""Contrast of text and of running text, with what is lost where a colour is rounded to '#rrggbb'."""


def write_theme(theme: Theme, style: Style, colors: ColorBook, used: Iterable[str], faces: str) -> str:
    """Return the style sheet of a theme; `used` are the names of the chapters' colours, `faces` the fonts' rules.

    What is printed has the colours of a light page, whatever the reader's screen has.
    """
    day = dict(_list_tokens(style)) | {name: (color, None) for name, color in colors.list_colors()}
    day |= {name: _color_text(color, ground, style) for name, color, ground in colors.list_texts()}
    light = "".join(f"{name}:{to_hex(color)};" for name, (color, _) in day.items())
    dark = "".join(f"{name}:{to_hex(night or darken(color))};" for name, (color, night) in day.items())
    names = sorted(dict.fromkeys(used))
    tints = "\n".join(_write_tint(name, style) for name in names)
    dark_tints = [_write_dark_tint(name, style) for name in names]
    by_system, by_choice = (
        "\n".join((f"{root}{{color-scheme:dark;{dark}}}", *(f"{root} {rule}" for rule in dark_tints), ""))
        for root in (":root:not([data-appearance=light])", ":root[data-appearance=dark]")
    )
    size, height = SIZES[theme.density]
    fixed = f"--radius:{style.radius / 12:.3f}rem;--size:{size}rem;--height:{height};"
    return "\n".join(
        (
            faces,
            f":root{{color-scheme:light;{fixed}{light}}}",
            tints,
            f"@media screen and (prefers-color-scheme:dark){{{by_system}}}",
            f"@media screen{{{by_choice}}}",
            "",
        )
    )


def _list_tokens(style: Style) -> Iterator[tuple[str, tuple[Color, Color | None]]]:
    """Yield each colour by its property, with its counterpart on a dark page where that is chosen for it."""
    yield "--page", (WHITE, NIGHT)
    yield "--ink", (_deepen(style.text, style, CLEAR), lighten_until(darken(style.text), NIGHT, 11))
    yield "--quiet", (_deepen(style.muted, style), lighten_until(darken(style.muted), _surface(style), 6))
    yield "--rule", (style.border, None)
    yield "--surface", (style.surface, _surface(style))
    yield "--primary", (_deepen(style.primary, style), _readable(style.primary, style))
    yield "--accent", (style.accent, lighten_until(darken(style.accent), NIGHT, 3))
    yield "--gap", (_deepen(GAP_COLOR, style), _readable(GAP_COLOR, style))
    for name, color in JUDGED.items():
        yield f"--{name}", (_deepen(color, style), _readable(color, style))


def _surface(style: Style) -> Color:
    return mix(darken(style.surface), WHITE, 0.03)


def _deepen(color: Color, style: Style, ratio: float = SAFE) -> Color:
    """Return a colour of text for a light page, that is read on its boxes too."""
    return readable_on(readable_on(color, WHITE, ratio), style.surface, ratio)


def _readable(color: Color, style: Style) -> Color:
    """Return a colour of text for a dark page, that is read on boxes of any tint too."""
    return lighten_until(darken(color), mix(_surface(style), WHITE, 0.1), SAFE)


def _color_text(color: Color, ground: Color | None, style: Style) -> tuple[Color, Color]:
    """Return the colours of a drawing's text on a light and on a dark page; `ground` is None where that is the page."""
    if ground is None:
        return _deepen(color, style), _readable(color, style)
    return _set_on(color, ground), _set_on(darken(color), darken(ground))


def _set_on(color: Color, ground: Color) -> Color:
    """Return a colour of text, made darker or lighter until it is read on its ground."""
    is_pale = contrast(BLACK, ground) >= contrast(WHITE, ground)
    return readable_on(color, ground, SAFE) if is_pale else lighten_until(color, ground, SAFE)


def _write_tint(name: str, style: Style) -> str:
    """Return the class of a chapter's colour: text in it, its ground with what is on it, and its pale tint."""
    ground, tone = style.ground(style.chapter(name)), readable_on(style.chapter(name), WHITE, SAFE)
    pale = tint(tone, 0.92)
    parts = {
        "--tone": tone,
        "--deep": readable_on(_deepen(tone, style), pale, SAFE),
        "--on-tone": WHITE,
        "--tint": pale,
        "--ground": ground.color,
        "--ground-deep": ground.behind_art,
        "--ground-ink": readable_on(ground.ink, ground.color, SAFE) if ground.is_pale else ground.ink,
        "--ground-accent": ground.accent,
    }
    return f".{class_of_color(name)}{{{_write(parts)}}}"


def _write_dark_tint(name: str, style: Style) -> str:
    tone = _readable(style.chapter(name), style)
    on_tone = BLACK if contrast(BLACK, tone) >= MIN_CONTRAST else WHITE
    parts = {"--tone": tone, "--deep": tone, "--on-tone": on_tone, "--tint": mix(_surface(style), tone, 0.1)}
    return f".{class_of_color(name)}{{{_write(parts)}}}"


def _write(parts: Mapping[str, Color]) -> str:
    return "".join(f"{name}:{to_hex(color)};" for name, color in parts.items())


def describe_design(theme: Theme) -> Mapping[str, str]:
    """Return the choices of a theme that are no colours, as the names of classes on the page's root."""
    chosen: Sequence[tuple[str, str]] = (
        ("headings", theme.heading),
        ("tables", theme.tables),
        ("boxes", theme.boxes),
        ("tiles", theme.tiles),
        ("text", theme.text),
    )
    return {name: f"{name}-{value}" for name, value in chosen}
