"""How wide pictures are on the page at most, so that drawings are rendered with enough pixels and not many more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gri_builder.model.rich_text import Directive, ImageSize, directive_images, walk_blocks
from gri_builder.model.rich_text import Image as ImageBlock
from gri_builder.validation.pictures.report_images import ReportImage
from gri_builder.validation.texts import Text

PAGE = 612.0
"""Width of the widest upright page, in points: pictures of covers and chapter openings fill it."""
LANDSCAPE = 750.0
"""Width of the text on the widest page on its side."""
LOGO = 200.0
WIDTHS: Mapping[ImageSize, float] = {"text": 420.0, "half": 260.0, "full": 520.0, "margin": 110.0}
"""Width of a picture in text, by its size."""


def list_widths(texts: Iterable[Text], shown: Iterable[ReportImage]) -> dict[str, float]:
    """Return the largest width of each picture in points, by its path as written; `shown` are those of report.yaml."""
    widths: dict[str, float] = {}
    in_report = ((image.path, LOGO if image.kind == "logo" else PAGE) for image in shown)
    for path, width in (*in_report, *_text_widths(texts)):
        widths[path] = max(width, widths.get(path, 0.0))
    return widths


def _text_widths(texts: Iterable[Text]) -> Iterator[tuple[str, float]]:
    for block in (block for text in texts for block in text.blocks):
        if isinstance(block, ImageBlock):
            yield block.path, WIDTHS[block.size]
        elif isinstance(block, Directive):
            yield from ((path, PAGE) for path in directive_images(block))
            if block.name == "landscape":
                yield from ((one.path, LANDSCAPE) for one in walk_blocks(block.blocks) if isinstance(one, ImageBlock))
