"""The drawings of `tests/cases/svg/drawings.yaml`: each value of a feature in the drawing of that feature."""

from __future__ import annotations

import yaml
from msgspec import Struct

from tests.support.paths import CASES

FRAME = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100">{}</svg>'
)
TOLERANCE = 40
"""Steps of 255 that a few pixels may differ by, unless a feature says otherwise."""

SHARE = 0.06
"""Share of the picture that may differ a little, at smooth edges, unless a feature says otherwise."""


class SampleDrawing(Struct, frozen=True):
    """A drawing to compare."""

    svg: str
    reference: str
    """What the other renderer draws: the same, or in words that it knows."""
    tolerance: int = TOLERANCE
    share: float = SHARE
    is_shown_alike: bool = True
    """Whether programs for PDF show it in the same way."""


def load_drawings() -> dict[str, SampleDrawing]:
    """Return the drawings by 'feature: value'."""
    drawings: dict[str, SampleDrawing] = {}
    for group in yaml.safe_load((CASES / "svg" / "drawings.yaml").read_text()):
        whole = group.get("svg") or FRAME.format(group["body"])
        same = {str(value): str(other) for value, other in group.get("same_as", {}).items()}
        assert same.keys() <= set(map(str, group["values"])), group["feature"]
        for value in map(str, group["values"]):
            svg, reference = (whole.replace("@", each) for each in (value, same.get(value, value)))
            limits = group.get("tolerance", TOLERANCE), group.get("share", SHARE)
            is_alike = value not in group.get("viewers", ())
            drawings[f"{group['feature']}: {value}"] = SampleDrawing(svg, reference, *limits, is_alike)
    return drawings
