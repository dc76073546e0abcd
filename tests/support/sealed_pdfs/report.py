"""A small report whose PDF holds one of everything: pictures, gradients, transparency, links, notes, tables."""

from __future__ import annotations

import io
import tempfile
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw

from gri_builder.pipeline.build import build_report

SETTINGS = """\
format: 1
framework: gri-g4
name: locks-2015
title: Locks and weirs
organization: {name: Locks Ltd, website: "https://locks.example"}
period: {start: 2015-01-01, end: 2015-12-31}
published: 2016-05-19
language: en-GB
option: none
material_aspects: [{aspect: energy, within: the canal}]
abbreviations: {GHG: greenhouse gases}
chapters: [chapters/canal.md, chapters/boats.md]
"""
CANAL = """\
# The canal {#canal covers="G4-1"}

In 2015 we opened 4,120 gates, see [the boats](#boats) or <https://locks.example/gates>. Less GHG than before.[^one]

![A lock in the evening](images/lock.png)

| Lock | Gates |
|---|---|
| Upper | 2 |
| Lower | 1 |

[^one]: Of which 310 were opened by hand.
"""
BOATS = """\
# The boats {#boats}

## Under way

Boats carried 77 tonnes, as [the canal](#canal) allows; write to <https://locks.example/boats>.

![A boat in a photograph](images/boat.jpg)

::: lang de
Der Kahn ist voll.
:::

## At rest

Nothing moves here.

![A drawing of water](images/water.svg)
"""
WATER = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 80">
<defs>
<linearGradient id="g"><stop offset="0" stop-color="#003366"/><stop offset="1" stop-color="#99ccff"/></linearGradient>
<pattern id="p" width="10" height="10" patternUnits="userSpaceOnUse">
<circle cx="5" cy="5" r="3" fill="#228833"/></pattern>
</defs>
<rect width="200" height="40" fill="url(#g)"/>
<rect y="40" width="100" height="40" fill="url(#p)"/>
<rect x="60" y="20" width="80" height="40" fill="#cc3311" opacity="0.5" style="mix-blend-mode:multiply"/>
</svg>
"""


@lru_cache(maxsize=1)
def build_sealed_pdf() -> bytes:
    """Return the PDF of the report, built once."""
    with tempfile.TemporaryDirectory() as folder:
        source, output = Path(folder, "report"), Path(folder, "out")
        for path, data in _list_files().items():
            (source / path).parent.mkdir(parents=True, exist_ok=True)
            (source / path).write_bytes(data)
        built = build_report(source, output)
        assert built.value, built.findings
        return built.value.files[0].read_bytes()


def _list_files() -> dict[str, bytes]:
    return {
        "report.yaml": SETTINGS.encode(),
        "chapters/canal.md": CANAL.encode(),
        "chapters/boats.md": BOATS.encode(),
        "images/water.svg": WATER.encode(),
        "images/lock.png": _draw("RGBA", "PNG"),
        "images/boat.jpg": _draw("RGB", "JPEG"),
    }


def _draw(mode: str, format: str) -> bytes:
    image = Image.new(mode, (60, 40), (200, 220, 240) if mode == "RGB" else (200, 220, 240, 120))
    ImageDraw.Draw(image).ellipse((10, 5, 50, 35), fill=(10, 60, 120))
    file = io.BytesIO()
    image.save(file, format)
    return file.getvalue()
