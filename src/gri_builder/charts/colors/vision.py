"""Colours as colour-blind readers see them: the simulation of Machado, Oliveira and Fernandes (2009) at severity 1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from gri_builder.charts.colors.difference import Lab, Linear, lab_of_light, linear_light
from gri_builder.model.color import Color

Sight = Literal["protan", "deutan", "tritan"]
"""The cones that are missing: those for long, middle or short waves."""
SIGHTS: tuple[Sight, ...] = get_args(Sight)
MATRICES: Mapping[Sight, tuple[Linear, Linear, Linear]] = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def see(color: Color, sight: Sight) -> Lab:
    """Return a colour as somebody with that sight sees it."""
    r, g, b = linear_light(color)
    red, green, blue = (min(1.0, max(0.0, x * r + y * g + z * b)) for x, y, z in MATRICES[sight])
    return lab_of_light((red, green, blue))
