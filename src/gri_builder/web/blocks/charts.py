"""Charts and maps: drawn for a wide and for a narrow page, with all values in a table below."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup
from msgspec.structs import replace

from gri_builder.charts.kinds.registry import DRAWERS
from gri_builder.charts.maps.draw_map import draw_map
from gri_builder.charts.scene import Scene
from gri_builder.charts.series_styles import choose_series_styles
from gri_builder.charts.space import ChartSpace
from gri_builder.compose.text.numbers import MISSING
from gri_builder.model.figures.chart import Chart, ChartSeries
from gri_builder.model.figures.diagrams import MapSite, SiteMap
from gri_builder.model.rich_text import FactReference, Runs, plain_text
from gri_builder.resources.sentences import add_in_brackets
from gri_builder.typesetting.style import Style
from gri_builder.web.blocks.tables import write_small_print
from gri_builder.web.blocks.text import write_fact, write_runs
from gri_builder.web.markup import element, join, text
from gri_builder.web.page_context import PageContext

WIDE, NARROW = 440.0, 220.0
"""Widths that charts are drawn for, in points."""
LARGER = 1.12
"""Size of labels in narrow charts relative to that of others, as these are shown smaller."""
HIGHEST = 560.0


def write_chart(page: PageContext, block: Chart) -> Markup:
    """Return a chart below its caption, with its values as a table that opens."""
    id = page.take_id(block.anchor)
    drawings = []
    if block.series and block.categories:
        for name, width in (("wide", WIDE), ("narrow", NARROW)):
            scene = _draw(page, block, width)
            page.patterns.update(shape.pattern for shape in scene.shapes if shape.pattern)
            drawings.append(page.site.scenes.write(scene, block.alt, f"chart-{name}"))
    else:
        drawings.append(element("p", block.alt))
    parts = (write_caption(page, block.caption), *drawings, write_small_print(page, block.notes))
    return element("figure", *parts, _write_values(page, block), class_=f"chart kind-{block.kind}", id=id)


def write_caption(page: PageContext, caption: Runs) -> Markup:
    """Return the caption of a figure; empty without one."""
    return element("figcaption", write_runs(page, caption)) if caption else Markup("")


def _style(page: PageContext, width: float) -> Style:
    style = page.site.style
    return replace(style, chart=style.chart.scaled(LARGER)) if width == NARROW else style


def _draw(page: PageContext, block: Chart, width: float) -> Scene:
    style = _style(page, width)
    styles = choose_series_styles(block, page.color, style.accent, style.text)
    scene = DRAWERS[block.kind](block, ChartSpace(width, HIGHEST, style, styles, page.language))
    scene.drop_endless_labels()
    return scene


def _write_values(page: PageContext, block: Chart) -> Markup:
    """Return the values of a chart as a table, each figure with its source."""
    if not block.series or not block.categories:
        return Markup("")
    heads = [each.name for each in block.series]
    further = _list_further(page, block)
    top = (element("td"), *(element("th", head, scope="col", class_="number") for head in (*heads, *further)))
    rows = (
        element(
            "tr",
            element("th", category, scope="row"),
            *(element("td", _write_value(page, each, n), class_="number") for each in block.series),
            *(element("td", column[n], class_="number") for column in further.values()),
        )
        for n, category in enumerate(block.categories)
    )
    name = plain_text(block.caption) or page.words["web-data"]
    table = element("table", element("thead", element("tr", *top)), element("tbody", *rows))
    region = element("div", table, class_="scroll", role="group", aria_label=name, tabindex=0)
    return element("details", element("summary", page.words["web-data"]), region, class_="values")


def _write_value(page: PageContext, series: ChartSeries, n: int) -> Markup:
    label, fact = series.labels[n], series.facts[n] if series.facts else None
    if series.values[n] is None:
        return text(MISSING)
    period = add_in_brackets("", series.periods[n], page.words) if series.periods and series.periods[n] else ""
    shown = write_fact(page, FactReference((fact,)), label) if fact else join((label,))
    return join((shown, period))


def _list_further(page: PageContext, block: Chart) -> dict[str, tuple[str, ...]]:
    """Return columns beside those of the series, by their head: totals of each category, shares, ways to targets."""
    count, found = len(block.categories), dict[str, tuple[str, ...]]()
    if len(block.totals) == count and count > 1:
        found[page.words["total"]] = block.totals
    if len(block.details) == count:
        found[page.words["column-share"]] = block.details
    if len(block.ways) == count:
        found.pop(page.words["column-share"], None)
        found[page.words["target-base"]] = tuple(way.start for way in block.ways)
        found[page.words["target-target"]] = tuple(way.end for way in block.ways)
        if any(way.expected_label for way in block.ways):
            found[page.words["target-expected-now"]] = tuple(way.expected_label for way in block.ways)
    return {head: column for head, column in found.items() if any(column)}


def write_map(page: PageContext, block: SiteMap) -> Markup:
    """Return a map below its caption, with its sites as a list that opens."""
    id = page.take_id(block.anchor)
    drawings, is_numbered = [], False
    for name, width in (("wide", WIDE), ("narrow", NARROW)):
        space = ChartSpace(width, HIGHEST, _style(page, width), (), page.language)
        drawn = draw_map(block, space, page.color, page.language)
        is_numbered = is_numbered or drawn.is_numbered
        drawings.append(page.site.maps.write(drawn.scene, block.alt, f"chart-{name}"))
    sites = element("ol", *_list_sites(page, block), class_="sites")
    listed = element("details", element("summary", page.words["map-title"]), sites, class_="values", open=is_numbered)
    parts = (write_caption(page, block.caption), *drawings, listed, write_small_print(page, block.notes))
    return element("figure", *parts, class_="chart map", id=id)


def _list_sites(page: PageContext, block: SiteMap) -> Iterator[Markup]:
    for one in block.sites:
        yield element("li", join((one.name, _write_site_value(page, one))) if one.text else one.name)


def _write_site_value(page: PageContext, one: MapSite) -> Markup:
    return write_fact(page, FactReference((one.fact,)), one.text) if one.fact else join((one.text,))
