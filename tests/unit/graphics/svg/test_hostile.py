"""Hostile files are read in time that is linear in their size, and end in a drawing or a refusal."""

from __future__ import annotations

import time

import pytest

from gri_builder.graphics.svg.reader import read_svg
from gri_builder.graphics.svg.reading import SvgError
from gri_builder.resources.bundled_fonts import find_bundled_font

SPACE, DIGITS = " " * 150_000, "9" * 150_000
RECT = '<rect width="9" height="9" {}/>'


@pytest.mark.parametrize(
    "inner",
    [
        RECT.format(f'transform="translate(1{SPACE}x)"'),
        RECT.format(f'transform="translate({DIGITS}x)"'),
        RECT.format(f'transform="{"rotate(3)" * 15_000}"'),
        RECT.format(f'transform="{"(" * 150_000}"'),
        RECT.format(f'fill="rgb({SPACE}x"'),
        RECT.format(f'fill="url({SPACE}x"'),
        RECT.format(f'stroke-width="1{SPACE}!"'),
        RECT.format(f'stroke-dasharray="1{SPACE}!" stroke="red"'),
        RECT.format(f'style="fill:{SPACE}red{SPACE}!{SPACE}importan"'),
        RECT.format(f'style="{"a:b;" * 40_000}"'),
        RECT.format(f'style="font:{"a " * 70_000}"'),
        f'<path d="M0 0L1{SPACE}x"/>',
        f'<path d="M0 0L{DIGITS}x"/>',
        f'<path d="M{"0 0 " * 40_000}"/>',
        f'<polyline points="1{SPACE}x"/>',
        f"<style>{'@charset;' * 15_000}</style>" + RECT.format(""),
        f"<style>{'{' * 100_000}</style>" + RECT.format(""),
        f"<style>{'rect{fill:red}' * 15_000}</style>" + RECT.format(""),
        f"<style>{'g ' * 240}rect{{fill:red}}</style>" + "<g>" * 50 + RECT.format("") * 50 + "</g>" * 50,
        f"<style>/*{'*' * 150_000}</style>" + RECT.format(""),
        "<g>" * 40_000 + "</g>" * 40_000,
        f'<text x="{"1 " * 60_000}">{"a" * 15_000}</text>',
        f"<text>{SPACE}a{SPACE}b</text>",
        "<text>" + "<tspan>" * 20_000 + "a" + "</tspan>" * 20_000 + "</text>",
        '<linearGradient id="g">'
        + '<stop offset=".5"/>' * 20_000
        + "</linearGradient>"
        + RECT.format('fill="url(#g)"'),
        (
            '<marker id="m"><path d="M0 0h9v9z"/></marker>'
            f'<path stroke="red" marker-mid="url(#m)" d="M0 0{"l1 1" * 20_000}"/>'
        ),
        '<pattern id="p" width="1e-6" height="1e-6" patternUnits="userSpaceOnUse"><path d="M0 0h1v1z"/></pattern>'
        + RECT.format('fill="url(#p)"'),
    ],
)
def test_time_is_linear(inner: str) -> None:
    data = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inner}</svg>'.encode()
    start = time.process_time()
    try:
        reading = read_svg(data, find_bundled_font)
    except SvgError:
        return
    finally:
        assert time.process_time() - start < 10
    assert reading.drawing or reading.refusals
