"""Hostile PDFs, and working papers of earlier audits."""

from __future__ import annotations

from collections.abc import Iterator

from tests.support.fuzzing import seeds
from tests.support.fuzzing.designed.input import Input
from tests.support.hostile_pdfs import CORPUS
from tests.support.workbooks import DAMAGES

LEFT_OUT = {"encrypted-right-password", "encrypted-owner-password"}


def inputs() -> Iterator[Input]:
    """Yield hostile PDFs and working papers."""
    for name, hostile in CORPUS.items():
        if name not in LEFT_OUT:
            commands = (
                ("audit", "coverage")
                if hostile.finding == "pdf-takes-too-much"
                else ("audit", "coverage", "trace", "diff")
            )
            yield Input(name, {"x.pdf": hostile.make()}, commands, "x.pdf")
    good = seeds.pdf("minimal")
    for tenth in range(10):
        yield Input(
            f"cut at {tenth} tenths", {"x.pdf": good[: len(good) * tenth // 10]}, ("audit", "coverage"), "x.pdf"
        )
    for name, old, new in (
        ("objects that are no more", b" obj", b" xbj"), ("streams without an end", b"endstream", b"endstrxxm"),
        ("no filter", b"/FlateDecode", b"/Xlatedecode"), ("long streams", b"/Length ", b"/Length 9"),
        ("kids that are parents", b"/Kids", b"/Prnt"), ("no types", b"/Type", b"/Tyqe"), ("no table", b"startxref",
        b"startxxxx"), ("no end", b"%%EOF", b""), ("odd numbers", b" 0 R", b" 9 R"), ("zeros", b"1", b"0"),
        ("zeros for pages", b"/Page", b"/\0\0\0\0"), ("names", b"/", b"/#00"),
    ):  # fmt: skip
        yield Input(name, {"x.pdf": good.replace(old, new)}, ("audit", "trace"), "x.pdf")
    for name, damage in DAMAGES.items():
        yield Input(
            f"a paper that is {name}",
            {"x.pdf": good, "paper.xlsx": damage(seeds.paper("minimal"))},
            ("audit",),
            "x.pdf",
        )
