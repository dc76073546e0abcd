"""Drawings are printed as an independent renderer draws them, or refused by name: none is silently different."""

from __future__ import annotations

from collections import Counter

from tests.support.svg_comparison import Comparison, compare
from tests.support.svg_drawings import load_drawings


def test_no_drawing_is_silently_different() -> None:
    drawings = load_drawings()
    compared = list(compare(drawings))
    different = [_describe(one) for one in compared if one.verdict == "different" and drawings[one.name].is_shown_alike]
    assert not different
    assert all(one.refused for one in compared if one.verdict == "refused")
    verdicts = Counter(one.verdict for one in compared)
    assert len(compared) >= 500
    assert verdicts["same"] >= 420


def _describe(one: Comparison) -> str:
    return f"{one.name} differs by {one.difference}"
