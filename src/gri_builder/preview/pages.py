"""Pages of a preview: what each shows, and where that comes from."""

from __future__ import annotations

import hashlib
from collections import defaultdict

from gri_builder.layout.render import LayoutResult
from gri_builder.layout.source_boxes import SourceBox
from gri_builder.pipeline.build import CheckedReport
from gri_builder.preview.view import PreviewPage, PrintedFact, SourceBlock


def make_pages(landed: LayoutResult, checked: CheckedReport, first: int = 1) -> tuple[PreviewPage, ...]:
    """Return the pages of a layout; `first` is the number of the first of them."""
    looks = _hash_looks(landed, checked)
    boxes, facts = defaultdict[int, list[SourceBox]](list), defaultdict[int, list[PrintedFact]](list)
    for box in landed.sources:
        boxes[box.page].append(box)
    for key, places in landed.facts.items():
        for place in places:
            facts[place.page].append(PrintedFact(place.mcid, key, place.text))
    return tuple(
        PreviewPage(
            hashlib.sha256(f"{looks} {seal} {size}".encode()).hexdigest()[:24],
            str(number),
            *size,
            tuple(_make_block(box, size[1]) for box in boxes[number]),
            tuple(sorted(facts[number], key=lambda fact: fact.mcid)),
        )
        for number, (seal, size) in enumerate(zip(landed.seals, landed.sizes, strict=True), first)
    )


def _hash_looks(landed: LayoutResult, checked: CheckedReport) -> str:
    """Return a hash of what pages look like besides their contents: the characters of codes, fonts and pictures."""
    files = {path: image.data for path, image in checked.source.images.items() if image.data}
    files |= {path: font.data for path, font in checked.source.fonts.items() if font.data}
    hashes = [(path, hashlib.blake2b(data, digest_size=16).hexdigest()) for path, data in sorted(files.items())]
    return hashlib.sha256(repr((sorted(landed.characters.items()), hashes)).encode()).hexdigest()


def _make_block(box: SourceBox, height: float) -> SourceBlock:
    top = height - box.bottom - box.height
    edges = (box.left, top, box.left + box.width, top + box.height)
    return SourceBlock(edges, box.where.file, box.where.line or 1)
