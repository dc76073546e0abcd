"""Icons that come along: the Lucide set (ISC licence), out of the package that carries it, by name."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO
from zipfile import ZipFile

from gri_builder.model.graphics import Drawing


@cache
def _archive() -> ZipFile:
    return ZipFile(BytesIO(files("lucide").joinpath("lucide.zip").read_bytes()))


@cache
def icon_names() -> frozenset[str]:
    """Return the names of all icons."""
    return frozenset(name.removesuffix(".svg") for name in _archive().namelist() if name.endswith(".svg"))


@cache
def load_icon(name: str) -> Drawing:
    """Return an icon; its strokes have the colour 'current'."""
    from gri_builder.graphics.svg_reader import read_svg

    return read_svg(_archive().read(f"{name}.svg"))
