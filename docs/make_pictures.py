"""Draws the pictures of the sample reports: landscapes, portraits and signatures, all as SVG.

python -m docs.make_pictures

Every picture is calculated: ridges are sums of sines, far ones paler than near ones, and nothing is random, so that
the files are the same on every machine. Landscapes are square, with what matters in the middle, because openers show
them as a strip, a column or a page.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from docs.sample_pictures.aurelia import harbour, orchard, shelf, tomato_field, works
from docs.sample_pictures.halden import dry_hills, fjord, foundry, river, waterworks
from docs.sample_pictures.people import ADEYEMI, SOLBAKKEN, Person, portrait, sign_adeyemi, sign_solbakken
from docs.sample_pictures.sheet import Sheet

REPORTS = Path(__file__).parent.parent / "report_data"

LANDSCAPES: dict[str, dict[str, Callable[[Sheet], None]]] = {
    "halden-2015": {
        "fjord": fjord,
        "river": river,
        "foundry": foundry,
        "waterworks": waterworks,
        "dry-hills": dry_hills,
    },
    "aurelia-2016": {
        "tomato-field": tomato_field,
        "harbour": harbour,
        "works": works,
        "orchard": orchard,
        "shelf": shelf,
    },
}
"""The landscapes of each report, by the name of the file."""
PEOPLE: dict[str, tuple[str, Person, Callable[[Sheet], None]]] = {
    "halden-2015": ("solbakken", SOLBAKKEN, sign_solbakken),
    "aurelia-2016": ("adeyemi", ADEYEMI, sign_adeyemi),
}
"""Name of the file, portrait and signature of each report's chief executive."""


def draw(path: Path, sheet: Sheet, picture: Callable[[Sheet], None]) -> None:
    """Draw a picture into its file."""
    picture(sheet)
    path.parent.mkdir(exist_ok=True)
    path.write_text(sheet.svg(), encoding="utf-8")


def main() -> None:
    """Draw all pictures."""
    for report, pictures in LANDSCAPES.items():
        for name, picture in pictures.items():
            draw(REPORTS / report / "images" / f"{name}.svg", Sheet(), picture)
    for report, (name, person, signature) in PEOPLE.items():
        folder = REPORTS / report / "images"
        draw(folder / f"{name}.svg", Sheet(600, 720), partial(portrait, person=person))
        draw(folder / f"{name}-signature.svg", Sheet(640, 200), signature)


if __name__ == "__main__":
    main()
