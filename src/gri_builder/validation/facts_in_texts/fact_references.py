"""References to facts: the series that answers, directives and report.yaml name, and the placeholders in texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from gri_builder.facts.read_facts import Facts
from gri_builder.model.facts import Series
from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.model.placeholder import LATEST, Placeholder
from gri_builder.model.rich_text import Block, Directive
from gri_builder.model.texts.finding_text import listed
from gri_builder.resources.units import unit_table, units_of
from gri_builder.source.locator import SourceLocator
from gri_builder.source.nodes import Node, SourceFile
from gri_builder.validation.answers import FigureReference
from gri_builder.validation.facts_in_texts.placeholders import SeriesIndex, index_facts
from gri_builder.validation.texts import Text, runs_of
from gri_builder.validation.unresolved_references import Reference, UnresolvedReferences

OF_SERIES = frozenset({"kpi", "chart", "table", "targets", "map"})
"""Directives whose arguments are ids of fact series."""


class SeriesReference(NamedTuple):
    """A fact series that a directive or report.yaml names."""

    series: Reference
    directive: str
    """Name of the directive; 'kpi' for a key figure of report.yaml."""
    asks_latest: bool = False
    """Whether it asks for the latest value, of whatever period."""


class PlaceholderReference(NamedTuple):
    """A placeholder in a text."""

    placeholder: Placeholder
    block: Location
    """Place of the block that holds it."""


class FactReferences(NamedTuple):
    """All references to facts in a report."""

    figures: tuple[FigureReference, ...]
    """Series that answers show."""
    others: tuple[SeriesReference | PlaceholderReference, ...]
    """References in texts and report.yaml."""


def list_fact_references(
    figures: tuple[FigureReference, ...],
    key_figures: Iterable[Node],
    texts: Iterable[Text],
    files: Mapping[str, SourceFile],
) -> FactReferences:
    """Return all references to facts; `key_figures` are ids of series in report.yaml."""
    locator = SourceLocator(files)
    in_texts = (each for text in texts for block in text.blocks for each in _list_in_block(block, locator))
    of_report = (SeriesReference(Reference(node.text, node.where), "kpi") for node in key_figures)
    return FactReferences(figures, (*in_texts, *of_report))


def check_fact_references(
    references: FactReferences, facts: Facts, files: Mapping[str, SourceFile]
) -> Iterator[Finding]:
    """Yield a finding for each reference that selects no facts; series with an error have their finding already."""
    locator = SourceLocator(files)
    index_of = cache(lambda id: index_facts(facts.series[id], unit_table(facts.units)))
    unresolved = [each.series for each in references.figures if _is_unknown(each.series.name, facts)]
    for each in references.others:
        name = _series_of(each)
        if _is_unknown(name, facts):
            unresolved.append(_locate_series(each, locator))
        elif isinstance(each, SeriesReference) and name in facts.series:
            yield from _check_use(each, facts.series[name], name not in facts.invalid)
        elif isinstance(each, PlaceholderReference) and name not in facts.invalid:
            yield from _check_placeholder(each, index_of(name), locator)
    for figure in references.figures:
        if (shown := facts.series.get(figure.series.name)) and shown.id not in facts.invalid:
            yield from _check_own_period(figure.series, shown, "answer")
    if facts.is_whole:
        used = {each.series.name for each in references.figures} | {_series_of(each) for each in references.others}
        known = {id: series.where for id, series in facts.series.items()}
        hint = "define the fact series in figures/, under its id"
        yield from UnresolvedReferences("unknown-fact", "fact series", tuple(unresolved), used, known, hint).report()


def check_figure_units(figures: Iterable[FigureReference], facts: Facts) -> tuple[Finding, ...]:
    """Return a finding for each series in an answer that is in a unit of another kind than its requirement asks for."""
    known = [(figure, facts.series[figure.series.name]) for figure in figures if figure.series.name in facts.series]
    return tuple(finding for figure, series in known for finding in _check_unit(figure, series))


def _list_in_block(block: Block, locator: SourceLocator) -> Iterator[SeriesReference | PlaceholderReference]:
    if isinstance(block, Directive) and block.name in OF_SERIES:
        for id in block.arguments:
            asks_latest = block.options.get("period") == LATEST
            yield SeriesReference(Reference(id, locator.find(id, block.where)), block.name, asks_latest)
    for run in runs_of(block) if block.where else ():
        if block.where and run.placeholder is not None:
            yield PlaceholderReference(run.placeholder, block.where)


def _is_unknown(id: str, facts: Facts) -> bool:
    return id not in facts.series and id not in facts.invalid


def _series_of(reference: SeriesReference | PlaceholderReference) -> str:
    if isinstance(reference, PlaceholderReference):
        return reference.placeholder.series
    return reference.series.name


def _locate_series(reference: SeriesReference | PlaceholderReference, locator: SourceLocator) -> Reference:
    """Return the reference to a series with its exact place; for a placeholder that is searched only when needed."""
    if isinstance(reference, SeriesReference):
        return reference.series
    name = reference.placeholder.series
    return Reference(name, locator.within(name, locator.find(reference.placeholder.source, reference.block)))


def _check_placeholder(
    reference: PlaceholderReference, index: SeriesIndex, locator: SourceLocator
) -> Iterator[Finding]:
    if problem := index.find_error(reference.placeholder):
        where = locator.within(problem.text, locator.find(reference.placeholder.source, reference.block))
        yield error(problem.rule, problem.message, where, problem.hint)


def _check_use(named: SeriesReference, series: Series, is_valid: bool) -> Iterator[Finding]:
    id, where = named.series.name, named.series.where
    if named.directive == "targets" and not series.targets:
        hint = "add 'targets: [{period: 2020, value: …}]' to the series"
        yield error("unknown-target", f"'{id}' has no target", where, hint)
    elif named.directive == "kpi" and series.dimensions:
        message = f"'{id}' is broken down by {listed(series.dimensions, 'and')}, so it has no single value to print"
        yield error("unknown-member", message, where, "name a series without 'by', or use '::: table'")
    elif named.directive != "targets" and not named.asks_latest and is_valid:
        yield from _check_own_period(named.series, series, named.directive)


def _check_own_period(reference: Reference, series: Series, directive: str) -> Iterator[Finding]:
    """Yield a finding where a series that is shown has no value for the report's own period.

    A key figure shows no other period, which makes it an error; tables and charts name the periods that they show.
    """
    latest = series.latest_period
    if series.own_period is None and latest is not None:
        message = f"'{series.id}' has no value for the report's own period; the latest is of '{latest}'"
        is_single = directive == "kpi"
        hint = "add the value in figures/, or check its periods"
        if directive != "answer":
            hint += "; or ask for the latest on purpose: " + _ask_latest(directive)
        if is_single:
            yield error("missing-own-period", message, reference.where, hint)
        else:
            yield warning("older-periods-only", message, reference.where, hint)


def _ask_latest(directive: str) -> str:
    return f"::: {directive} … period=latest"


def _check_unit(figure: FigureReference, series: Series) -> Iterator[Finding]:
    requirement, unit = figure.requirement, series.unit
    if requirement is None or not requirement.dimensions or unit.dimension in requirement.dimensions:
        return
    wanted = listed(dimension.replace("-", " ") for dimension in requirement.dimensions)
    measured = f"{unit.symbol} ({unit.dimension.replace('-', ' ')})"
    message = f"'{series.id}' is measured in {measured}; {requirement.part or figure.disclosure} asks for {wanted}"
    units = listed(symbol for dimension in requirement.dimensions for symbol in units_of(dimension)[:3])
    place = f"{series.where.file}:{series.where.line}"
    hint = f"name a fact series in a unit such as {units}; or correct the unit in {place}"
    yield error("wrong-unit", message, figure.series.where, hint, figure.disclosure)
