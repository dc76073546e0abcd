"""The drawings of `tests/cases/svg/drawings.yaml`: each value of a feature in the drawing of that feature."""

from __future__ import annotations

import yaml

from tests.support.paths import CASES

FRAME = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100">{}</svg>'
)


def load_drawings() -> dict[str, str]:
    """Return the SVG files by 'feature: value'."""
    drawings: dict[str, str] = {}
    for group in yaml.safe_load((CASES / "svg" / "drawings.yaml").read_text()):
        whole = group.get("svg") or FRAME.format(group["body"])
        drawings |= {f"{group['feature']}: {value}": whole.replace("@", str(value)) for value in group["values"]}
    return drawings
