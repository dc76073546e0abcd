"""Renders a plain SVG file as a PNG, by resvg: no fonts of the system, no other files, the same bytes each time."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct


class RenderJob(Struct, frozen=True):
    """A drawing to render."""

    svg: str
    width: int
    """Of the PNG, in pixels."""
    height: int
    font_files: tuple[str, ...]
    """Paths of font files that are shipped."""
    fonts: tuple[bytes, ...]
    """Other font files."""
    families: Families
    background: str | None = None


class Families(Struct, frozen=True):
    """Names of the families for text without a font of its own, or whose font is not here."""

    default: str
    serif: str


def render_svg(job: RenderJob) -> bytes:
    """Return a drawing as a PNG; raises ValueError for what the renderer can't read."""
    import resvg_py

    with _write_fonts(job.fonts) as written:
        data: bytes = resvg_py.svg_to_bytes(
            svg_string=job.svg,
            width=job.width,
            height=job.height,
            background=job.background,
            dpi=96.0,
            skip_system_fonts=True,
            font_files=[*job.font_files, *written],
            font_family=job.families.default,
            serif_family=job.families.serif,
            sans_serif_family=job.families.default,
            cursive_family=job.families.default,
            fantasy_family=job.families.default,
            monospace_family=job.families.default,
        )
    return data


@contextmanager
def _write_fonts(fonts: tuple[bytes, ...]) -> Iterator[list[str]]:
    """Write fonts into files, as the renderer takes paths only."""
    if not fonts:
        yield []
        return
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.ttf" for number in range(len(fonts))]
        for path, data in zip(paths, fonts, strict=True):
            path.write_bytes(data)
        yield [str(path) for path in paths]
