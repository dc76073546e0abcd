"""Addresses without markup: what is part of them, and where they lead."""

from __future__ import annotations

import pytest

from gri_builder.model.texts.web_addresses import is_mail_link, link_addresses, mail_target


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


@pytest.mark.parametrize(
    ("text", "is_address"),
    [
        ("report@example.com", True),
        ("a.b+c@mail.example.co.uk", True),
        ("report@example.com?bcc=x@y.example", False),
        ("report@example.com%0D%0ABcc:x", False),
        ("report@example.com,x@y.example", False),
        ("report@example.com\nBcc: x@y.example", False),
        ("+44 20 7946 0000", False),
    ],
)
def test_only_an_address_alone_becomes_a_mail_link(text: str, is_address: bool) -> None:
    assert mail_target(text) == (f"mailto:{text}" if is_address else None)


@pytest.mark.parametrize(
    ("target", "is_link"),
    [
        ("mailto:report@example.com", True),
        ("mailto:report@example.com?subject=Your%20report&body=Line%0D%0ALine", True),
        ("mailto:report@example.com?Subject=a%0aBcc:x", False),
        ("mailto:report@example.com?cc=x@y.example", False),
        ("mailto:report@example.com?subject=a&bcc=x@y.example", False),
        ("mailto:?to=x@y.example", False),
    ],
)
def test_a_mail_link_has_no_other_recipients(target: str, is_link: bool) -> None:
    assert is_mail_link(target) == is_link
