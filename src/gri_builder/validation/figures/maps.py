"""Maps: whether they have sites, each where it can be, and values that circles can show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from gri_builder.model.facts import Series
from gri_builder.model.figures.diagrams import Site
from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.model.rich_text import Directive
from gri_builder.model.suggestions import suggest
from gri_builder.model.texts.finding_text import listed
from gri_builder.resources.land_outlines import is_on_land, load_outlines
from gri_builder.source.locator import SourceLocator
from gri_builder.source.nodes import Node, SourceFile
from gri_builder.validation.texts import Text

AT_SEA = 0.35
"""Degrees around a site without land, from which on it is at sea: outlines are coarse, and leave out small islands."""


class SitesOfReport(Struct, frozen=True):
    """The sites that report.yaml lists."""

    read: tuple[Site, ...]
    """Those that have a name and coordinates."""
    node: Node | None
    """The list as written."""

    @property
    def is_whole(self) -> bool:
        """Whether all that is listed could be read."""
        return self.node is None or len(self.node.items) == len(self.read)


def check_maps(
    texts: Iterable[Text], sites: SitesOfReport, series: Mapping[str, Series], files: Mapping[str, SourceFile]
) -> Iterator[Finding]:
    """Yield what is wrong with the maps of a report, and its sites where no map shows them."""
    locator = SourceLocator(files)
    blocks = (block for text in texts for block in text.blocks)
    maps = [block for block in blocks if isinstance(block, Directive) and block.name == "map"]
    if sites.node is not None and sites.node.items and not maps:
        hint = "write '::: map' and ':::' where they should be shown, or delete 'sites'"
        yield warning("unused-sites", "report.yaml lists sites, but no map shows them", sites.node.where, hint)
    for site in sites.read:
        yield from _check_place(site)
    for one in maps:
        if sites.node is None or not sites.node.items:
            hint = "add to report.yaml: 'sites: [{name: Halden, latitude: 59.12, longitude: 11.39}]'"
            yield error("no-sites", "report.yaml lists no sites that a map could show", one.where, hint)
        elif one.arguments and (shown := series.get(one.arguments[0])):
            yield from _check_series(shown, locator.find(shown.id, one.where), sites)


def _check_place(site: Site) -> Iterator[Finding]:
    """Yield a finding for a site at sea that would be on land if its coordinates were exchanged."""
    if abs(site.longitude) > 90:
        return
    outlines = load_outlines("coarse")
    if _is_near_land(site.longitude, site.latitude) or not is_on_land(outlines, site.latitude, site.longitude):
        return
    message = (
        f"'{site.name}' is at sea: latitude {site.latitude:g}, longitude {site.longitude:g}; "
        "the other way round it is on land"
    )
    yield warning("swapped-coordinates", message, site.where, "exchange latitude and longitude, if they are mixed up")


def _is_near_land(longitude: float, latitude: float) -> bool:
    outlines = load_outlines("coarse")
    shifts = [(0.0, 0.0), (AT_SEA, 0.0), (-AT_SEA, 0.0), (0.0, AT_SEA), (0.0, -AT_SEA)]
    return any(is_on_land(outlines, longitude + east, latitude + north) for east, north in shifts)


def _check_series(series: Series, where: Location, sites: SitesOfReport) -> Iterator[Finding]:
    if len(series.dimensions) != 1:
        by = f"is broken down by {listed(series.dimensions, 'and')}" if series.dimensions else "is not broken down"
        hint = "name a fact series that is 'by: [site]', with the names of the sites in report.yaml"
        yield error("not-by-site", f"'{series.id}' {by}; a map needs one value for each site", where, hint)
        return
    names = [site.name for site in sites.read]
    for member in dict.fromkeys(fact.members[0] for fact in series.facts):
        if member not in names and sites.is_whole:
            hint = suggest(member, names) or "add it to 'sites' in report.yaml, under the same name"
            place = next(fact.where for fact in series.facts if fact.members[0] == member)
            yield error("unknown-site", f"'{member}' of '{series.id}' is no site of report.yaml", place, hint)
    yield from _check_negative(series, where)


def _check_negative(series: Series, where: Location) -> Iterator[Finding]:
    negative: Sequence[str] = [fact.key for fact in series.facts if fact.value < 0]
    if negative:
        message = f"'{negative[0]}' is negative, and the area of a circle can't show that"
        yield error("not-by-site", message, where, "show it as a chart: '::: chart'")
