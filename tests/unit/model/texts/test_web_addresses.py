"""Addresses without markup: what is part of them, and where they lead."""

from __future__ import annotations

import pytest

from gri_builder.model.texts.web_addresses import link_addresses


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See https://acme.example/a, or more.", ["https://acme.example/a"]),
        ("(https://acme.example/a_(b)).", ["https://acme.example/a_(b)"]),
        ("www.acme.example/x?a=1;", ["https://www.acme.example/x?a=1"]),
        ("Write to ada.weir@acme.example.", ["mailto:ada.weir@acme.example"]),
        ("ada@acme.example, https://b.example", ["mailto:ada@acme.example", "https://b.example"]),
        ("https:// www. a@b www.x 3@4", []),
        ("", []),
        ("https://a.example" + ")" * 50_000, ["https://a.example"]),
    ],
)
def test_addresses_in_plain_text(text: str, links: list[str]) -> None:
    runs = link_addresses(text)
    assert [run.link for run in runs if run.link] == links
    assert "".join(run.text for run in runs) == text
