"""The sites of report.yaml, for maps: names, and coordinates in degrees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isfinite

from gri_builder.model.figures.diagrams import Site
from gri_builder.model.finding import Finding, error
from gri_builder.source.nodes import Node
from gri_builder.source.values import text_of

LIMITS = {"latitude": 90.0, "longitude": 180.0}
"""Highest absolute value of a coordinate, in degrees."""
LONGEST = 60
"""Characters of the longest text that is read as degrees."""
MAX_KINDS = 6
"""Kinds of sites that marks tell apart."""
_DEGREES = re.compile(
    r"(?P<sign>[-−+]?)\s*(?P<before>[NSEWO]?)\s*(?P<degrees>\d{1,3}(?:[.,]\d+)?)\s*°?"
    r"(?:\s*(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*['’′])?(?:\s*(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?:[\"”″]|''))?"
    r"\s*(?P<after>[NSEWO]?)",
    re.IGNORECASE,
)
"""Degrees, minutes and seconds as maps print them, with a point of the compass; 'O' is east or west by language."""


def read_sites(node: Node | None) -> tuple[tuple[Site, ...], list[Finding]]:
    """Return the sites that have a name and two coordinates, and what is wrong with the others."""
    sites, findings, seen = list[Site](), list[Finding](), dict[str, str]()
    for row in node.items if node and node.kind == "list" else ():
        name = text_of(named := row.get("name"))
        read = {key: _read_coordinate(key, row.get(key)) for key in LIMITS}
        findings.extend(finding for _, finding in read.values() if finding)
        if named is None or name is None:
            continue
        if name.casefold() in seen:
            message = f"the site '{name}' is listed twice"
            findings.append(error("duplicate-site", message, named.where, "delete one of the two, or name them apart"))
            continue
        seen[name.casefold()] = name
        latitude, longitude = read["latitude"][0], read["longitude"][0]
        if latitude is not None and longitude is not None:
            sites.append(Site(name, latitude, longitude, named.where, text_of(row.get("kind"))))
    findings.extend(_check_kinds(sites))
    return tuple(sites), findings


def _check_kinds(sites: list[Site]) -> Iterator[Finding]:
    firsts = {site.kind: site for site in reversed(sites) if site.kind}
    kinds = list(dict.fromkeys(site.kind for site in sites if site.kind))
    if len(kinds) > MAX_KINDS:
        message = f"the sites are of {len(kinds)} kinds; '{kinds[MAX_KINDS]}' is one more than marks can tell apart"
        hint = f"use at most {MAX_KINDS} kinds: give similar sites the same 'kind'"
        yield error("too-many-kinds", message, firsts[kinds[MAX_KINDS]].where, hint)


def _read_coordinate(key: str, node: Node | None) -> tuple[float | None, Finding | None]:
    """Return a coordinate in degrees, or what is wrong with it; nothing for one that the schema reports."""
    if node is None or node.kind not in ("number", "text", "ambiguous"):
        return None, None
    text = node.text.strip()
    try:
        value = float(text) if node.kind == "number" else None
    except ValueError:
        value = None
    if value is not None and isfinite(value) and abs(value) <= LIMITS[key]:
        return value, None
    return None, _refuse(key, text, value, node)


def _refuse(key: str, text: str, value: float | None, node: Node) -> Finding:
    if value is not None:
        limit = LIMITS[key]
        message = f"the {key} '{text}' is outside of −{limit:.0f} to {limit:.0f}"
        swapped = key == "latitude" and abs(value) <= LIMITS["longitude"]
        hint = "exchange latitude and longitude" if swapped else "check the decimal point: write degrees, such as 59.12"
        return error("wrong-coordinate", message, node.where, hint)
    read = read_degrees(text)
    example = "59.12" if key == "latitude" else "11.39"
    hint = f"write degrees as a number with a point, such as {example}"
    if read is not None and abs(read) <= LIMITS[key]:
        hint = f"write '{key}: {read:.6g}'"
    return error("wrong-coordinate", f"the {key} '{text}' is not a number", node.where, hint)


def read_degrees(text: str) -> float | None:
    """Return a coordinate in another notation in degrees: '59°7′N', '11,39', '11° 23′ 24″ W'; None for other texts."""
    match = _DEGREES.fullmatch(text.strip()) if len(text) <= LONGEST else None
    if match is None or (match["before"] and match["after"]):
        return None
    degrees, minutes, seconds = (
        float((match[name] or "0").replace(",", ".")) for name in ("degrees", "minutes", "seconds")
    )
    letter = (match["before"] or match["after"]).upper()
    is_negative = match["sign"] in ("-", "−") or letter in ("S", "W")
    value = degrees + minutes / 60 + seconds / 3600
    return None if letter == "O" or minutes >= 60 or seconds >= 60 else -value if is_negative else value
