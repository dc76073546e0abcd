"""Figures beside charts: a map of sites, a process of steps, and the units of an organization.

The texts of a process and of an organization are those of a list, which they are printed and read as.
"""

from __future__ import annotations

from msgspec import Struct

from gri_builder.model.finding import Location
from gri_builder.model.rich_text import ListBlock, Runs


class Site(Struct, frozen=True):
    """A site of the organization, as report.yaml lists it."""

    name: str
    latitude: float
    """In degrees, positive north of the equator."""
    longitude: float
    """In degrees, positive east of Greenwich."""
    where: Location
    kind: str | None = None
    """What it is, e.g. 'mill'; the map shows each kind with a mark of its own."""


class MapSite(Struct, frozen=True):
    """A site on a map."""

    site: Site
    value: float | None = None
    """What the area of its circle shows."""
    text: str = ""
    """The value as printed, with its mark; that it is missing, where the map shows values."""
    fact: str | None = None
    """Key of the fact."""
    name: str = ""
    """Name of the site with its kind, as in a list; with a colon and a space where a value follows."""


class SiteMap(Struct, frozen=True):
    """A map of sites: with marks, or with circles whose area shows a value."""

    sites: tuple[MapSite, ...]
    alt: str
    kinds: tuple[str, ...] = ()
    """The kinds of its sites, in the order of the legend; empty where they have none, or it shows values."""
    sizes: tuple[tuple[float, str], ...] = ()
    """Values of the legend of circles, descending, each as printed; empty without values."""
    unit: str = ""
    """Unit of the values."""
    caption: Runs = ()
    notes: tuple[Runs, ...] = ()
    where: Location | None = None
    anchor: str | None = None


class Process(Struct, frozen=True):
    """Steps in their order, such as a value chain."""

    blocks: tuple[ListBlock, ...]
    """One list: each item starts with a paragraph, the name of a step, and its details follow."""
    highlighted: tuple[int, ...] = ()
    """Indexes of the steps that are set off."""
    legend: Runs = ()
    """What it means that a step is set off."""
    caption: Runs = ()
    where: Location | None = None
    anchor: str | None = None


class OrganizationChart(Struct, frozen=True):
    """Units of an organization and what belongs to each."""

    blocks: tuple[ListBlock, ...]
    """One list: each item holds the paragraphs of a unit, then a list of the units below it, if it has any."""
    highlighted: tuple[str, ...] = ()
    """Names or roles of the units that are set off."""
    caption: Runs = ()
    where: Location | None = None
    anchor: str | None = None
