"""Pictures, with their captions and credits; QR codes."""

from __future__ import annotations

from markupsafe import Markup
from msgspec.structs import replace

from gri_builder.model.document import QrCode
from gri_builder.model.rich_text import Image, Run, Runs
from gri_builder.web.blocks.text import write_runs
from gri_builder.web.drawing.qr_code import write_code
from gri_builder.web.markup import Value, element
from gri_builder.web.page_context import PageContext


def write_image(page: PageContext, block: Image) -> Markup:
    """Return a picture, with caption and credit below it."""
    shown = write_picture(page, block)
    caption = _caption_with_credit(block)
    if not shown:
        return Markup("")
    below = element("figcaption", write_runs(page, caption)) if caption else ""
    return element("figure", shown, below, class_=f"picture {block.size}", id=page.take_id(block.anchor))


def _caption_with_credit(block: Image) -> Runs:
    if not block.credit:
        return block.caption
    gap = (Run("  "),) if block.caption else ()
    return (*block.caption, *gap, *(replace(run, italic=True) for run in block.credit))


def write_picture(page: PageContext, block: Image | None, alt: str | None = None, is_first: bool = False) -> Markup:
    """Return a picture alone; empty where the report has none. `is_first` is one that is seen at once."""
    picture = page.site.pictures.find(block.path) if block else None
    if block is None or picture is None:
        return Markup("")
    attributes: dict[str, Value] = {"loading": None if is_first or page.site.is_single else "lazy", "decoding": "async"}
    return element(
        "img",
        src=page.site.pictures.address(picture),
        alt=block.alt if alt is None else alt,
        width=max(1, round(picture.width)),
        height=max(1, round(picture.height)),
        **attributes,
    )


def write_qr_code(page: PageContext, block: QrCode) -> Markup:
    """Return a QR code, which is a link here, and the text beside it."""
    code = element("a", write_code(block.target, block.alt), href=block.target)
    return element("div", code, element("div", page.render(block.blocks)), class_="qr-code")
