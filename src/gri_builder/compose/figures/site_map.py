"""Maps of sites: with a mark for each kind of site, or with circles whose area shows a value of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from gri_builder.compose.blocks import plain
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.drafts.marks import list_value_gaps, note_gaps
from gri_builder.compose.figures.tables import MARKED, shown_period, small_print
from gri_builder.compose.text.numbers import NO_BREAK, choose_fact_digits, format_number
from gri_builder.compose.text.units import unit_text, with_unit
from gri_builder.model.document import Block
from gri_builder.model.facts import Fact, Series
from gri_builder.model.figures.diagrams import MapSite, Site, SiteMap
from gri_builder.model.finding import Location
from gri_builder.resources.sentences import end_sentence, join_sentences

STEPS = (Decimal(5), Decimal(2), Decimal(1))
"""Round values of a legend, times a power of ten."""
SMALLER = 5
"""How many times the largest circle of the legend is that of the next one."""


def compose_site_map(
    context: ComposeContext, series: Series | None, where: Location, options: Mapping[str, str]
) -> tuple[Block, ...]:
    """Return the map of all sites, with the values of a series if one is given; nothing without sites."""
    sites = context.report.sites
    if not sites:
        return ()
    title = options.get("title")
    if series and series.facts:
        return (_map_values(context, series, where, title),)
    caption = title or context.translate("map-title")
    kinds = tuple(dict.fromkeys(site.kind for site in sites if site.kind))
    described = (_describe_site(context, site) for site in sites)
    head = context.translate("chart-alt", kind=context.translate("map"), caption=caption)
    alt = join_sentences((head, end_sentence(context.clauses(described), context.words)))
    return (
        SiteMap(
            tuple(MapSite(site, name=_name_site(context, site)) for site in sites),
            alt,
            kinds,
            caption=plain(caption),
            where=where,
        ),
    )


def _map_values(context: ComposeContext, series: Series, where: Location, title: str | None) -> SiteMap:
    period = shown_period(series)
    facts = [series.value(period, (site.name,)) for site in context.report.sites]
    shown = tuple(_place_value(context, series, *each) for each in zip(context.report.sites, facts, strict=True))
    caption = title or series.title
    unit = unit_text(series.unit, context.words)
    named = context.join(with_unit(caption, series.unit, context.words), period)
    return SiteMap(
        shown,
        join_sentences(_describe_values(context, shown, context.join(caption, period), unit)),
        sizes=tuple(_choose_sizes(context, facts)),
        unit=unit,
        caption=plain(named),
        notes=(*small_print(context, (series,), facts), *note_gaps(context, list_value_gaps(context, (series,)))),
        where=where,
    )


def _place_value(context: ComposeContext, series: Series, site: Site, fact: Fact | None) -> MapSite:
    if fact is None:
        return MapSite(site, text=context.translate("map-missing"), name=context.label(_name_site(context, site)))
    text = format_number(fact.value, choose_fact_digits(series, fact), context.locale)
    mark = f"{NO_BREAK}{context.translate(f'{fact.status}-mark')}" if fact.status in MARKED else ""
    return MapSite(site, float(fact.value), text + mark, fact.key, context.label(_name_site(context, site)))


def _choose_sizes(context: ComposeContext, facts: list[Fact | None]) -> Iterator[tuple[float, str]]:
    """Yield two round values for the legend: the highest that no value is under, and a fifth of it or less."""
    highest = max((fact.value for fact in facts if fact), default=Decimal(0))
    for limit in (highest, highest / SMALLER):
        if limit > 0:
            size = _round_down(limit)
            yield float(size), format_number(size, max(0, -size.normalize().adjusted()), context.locale)


def _round_down(value: Decimal) -> Decimal:
    """Return the highest of 1, 2 or 5 times a power of ten that is not above the value."""
    power = Decimal(1).scaleb(value.adjusted())
    return next(step * power for step in STEPS if step * power <= value)


def _describe_site(context: ComposeContext, site: Site) -> str:
    """Return the name of a site, its kind, and where it is, to a tenth of a degree."""
    north = context.translate(
        "map-north" if site.latitude >= 0 else "map-south", degrees=_degrees(context, site.latitude)
    )
    east = context.translate(
        "map-east" if site.longitude >= 0 else "map-west", degrees=_degrees(context, site.longitude)
    )
    return context.translate("map-site", name=_name_site(context, site), north=north, east=east)


def _name_site(context: ComposeContext, site: Site) -> str:
    return context.translate("map-kind", name=site.name, kind=site.kind) if site.kind else site.name


def _degrees(context: ComposeContext, value: float) -> str:
    return format_number(Decimal(str(abs(value))), 1, context.locale)


def _describe_values(context: ComposeContext, sites: tuple[MapSite, ...], caption: str, unit: str) -> Iterator[str]:
    yield context.translate("chart-alt", kind=context.translate("map-values"), caption=caption)
    if unit:
        yield context.translate("chart-alt-unit", unit=unit)
    for one in sites:
        yield context.translate("chart-alt-single", name=_describe_site(context, one.site), first=one.text)
