"""Key figures: tiles with a number, its change, its target and its course."""

from __future__ import annotations

from markupsafe import Markup

from gri_builder.charts.sparkline import TrendScale, draw_sparkline, share_scale
from gri_builder.fonts.faces import load_face
from gri_builder.model.color import readable_on
from gri_builder.model.document import KeyFigure, KeyFigures
from gri_builder.model.rich_text import FactReference
from gri_builder.resources.icons import load_icon
from gri_builder.typesetting.line_breaking import TextFormat
from gri_builder.typesetting.number_parts import split_number
from gri_builder.web.blocks.text import write_fact
from gri_builder.web.drawing.drawing_svg import write_drawing
from gri_builder.web.markup import element, join
from gri_builder.web.page_context import PageContext

COURSE_WIDTH, COURSE_HEIGHT = 168.0, 34.0
"""Of the line that shows the course of a figure, in points."""
MOST_PAIRS = 4
"""Key figures that are set in pairs at most; of more, three are beside each other."""
ARROWS = {"up": "M1 9 5 2l4 7z", "down": "M1 2l4 7 4-7z", "unchanged": "M0 4h10v2.4H0z"}


def write_key_figures(page: PageContext, block: KeyFigures) -> Markup:
    """Return tiles beside each other; the lines of all of them have one scale."""
    if not block.figures:
        return Markup("")
    scale = share_scale(each.trend for each in block.figures if each.trend)
    tiles = (_write_tile(page, each, scale) for each in block.figures)
    is_odd = len(block.figures) % 3 == 0 or len(block.figures) > MOST_PAIRS
    return element("ul", *tiles, class_="tiles thirds" if is_odd else "tiles")


def _write_tile(page: PageContext, figure: KeyFigure, scale: TrendScale) -> Markup:
    parts = [write_icon(figure.icon), _write_value(page, figure)]
    parts.append(element("p", figure.label, class_="label"))
    if figure.change:
        parts.append(_write_change(page, figure, figure.change))
    if figure.target:
        parts.append(element("p", figure.target, class_="target"))
    if figure.progress:
        parts.append(element("p", _write_figure(page, figure.progress, figure.progress_printed), class_="target"))
    parts.append(_write_course(page, figure, scale))
    return element("li", *parts, class_="tile gap" if figure.gap else "tile")


def write_icon(name: str | None) -> Markup:
    """Return an icon, which is decoration; empty without a name."""
    if name is None:
        return Markup("")
    return write_drawing(load_icon(name), class_="icon", aria_hidden="true", width=24, height=24)


def _write_value(page: PageContext, figure: KeyFigure) -> Markup:
    parts = split_number(figure.value)
    small = [
        element("span", part.strip(), class_="unit") if part.strip() else Markup("")
        for part in (parts.before, parts.after)
    ]
    before = join((small[0], " " if parts.before.strip() else ""))
    after = join((" " if parts.after.startswith((" ", "\u00a0")) else "", small[1]))
    number = join((before, parts.number, after))
    return element("p", _write_figure(page, number, figure.printed), class_="value")


def _write_figure(page: PageContext, written: str, printed: FactReference | None) -> Markup:
    return write_fact(page, printed, written) if printed else join((written,))


def _write_change(page: PageContext, figure: KeyFigure, change: str) -> Markup:
    arrow = Markup("")
    if figure.course:
        path = element("path", d=ARROWS[figure.course], fill="currentColor")
        arrow = element("svg", path, class_="arrow", viewBox="0 0 10 10", aria_hidden="true", width=10, height=10)
    judged = f"change {figure.judgement}" if figure.judgement else "change"
    return element("p", arrow, _write_figure(page, change, figure.change_printed), class_=judged)


def _write_course(page: PageContext, figure: KeyFigure, scale: TrendScale) -> Markup:
    trend, style = figure.trend, page.site.style
    if trend is None:
        return Markup("")
    look = TextFormat(load_face(tabular=True, family=style.chart.family), style.chart.size * 1.25, style.muted)
    color = readable_on(page.color, style.surface, 3)
    scene = draw_sparkline(trend, COURSE_WIDTH, scale, color, style.muted, look, COURSE_HEIGHT)
    return page.site.scenes.write(scene, trend.alt, "course")
