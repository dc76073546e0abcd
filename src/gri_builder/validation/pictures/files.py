"""Pictures: whether each file exists, has a supported format, and can be printed."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence

from PIL import Image, UnidentifiedImageError

from gri_builder.graphics.raster_formats import (
    ENDINGS,
    LISTED,
    RAW_ENDINGS,
    count_scans,
    open_image,
    sniff_format,
    suggest_fix,
)
from gri_builder.graphics.raster_images import check_picture, make_picture
from gri_builder.limits.guard import is_out_of_memory
from gri_builder.limits.limit import MEGABYTE
from gri_builder.limits.limits import JPEG_SCANS, PICTURE_MEGABYTES, PICTURE_MEGAPIXELS
from gri_builder.memos import remembered
from gri_builder.model.finding import Finding, Location, Result, error
from gri_builder.model.graphics import Picture
from gri_builder.model.rich_text import Block, Directive, directive_images
from gri_builder.model.rich_text import Image as ImageBlock
from gri_builder.resources.bundled_fonts import find_bundled_font
from gri_builder.source.locator import SourceLocator
from gri_builder.source.nodes import ImageFile, Node, Source, SourceFile
from gri_builder.source.paths import is_remote, normalize_path, refuse_missing, refuse_outside
from gri_builder.validation.pictures.fonts import note_fonts
from gri_builder.validation.pictures.report_images import ReportImage, list_report_images
from gri_builder.validation.pictures.widths import PAGE
from gri_builder.validation.texts import Text
from gri_builder.validation.unresolved_references import Reference, group_places

MILLION = 1_000_000
_SMALLER = "save it smaller; 3000 pixels are enough for the width of a page"


def list_images(
    texts: Iterable[Text], shown: Iterable[ReportImage], files: Mapping[str, SourceFile]
) -> dict[str, list[Location]]:
    """Return the places of all pictures that texts and report.yaml show, by their paths as written."""
    locator = SourceLocator(files)
    of_theme = (Reference(image.path, image.where) for image in shown)
    in_texts = (each for text in texts for block in text.blocks for each in _images_of(block, locator))
    return group_places((*of_theme, *in_texts))


def check_report_images(root: Node) -> Iterator[Finding]:
    """Yield a finding for a picture of report.yaml that is an address on the web."""
    for image in list_report_images(root):
        if is_remote(image.path):
            hint = "download it into the report folder, and name it by its path: images/logo.png"
            message = f"the {image.kind} '{image.path}' is not in the report folder"
            yield error("remote-image", message, image.where, hint)


def read_pictures(
    source: Source, images: Mapping[str, Sequence[Location]], widths: Mapping[str, float]
) -> tuple[dict[str, Picture], tuple[Finding, ...]]:
    """Return pictures by their paths as written; an error in a file gives one finding, at its first place.

    `widths` are the largest widths of pictures on the page, in points.
    """
    read = {
        written: _find_picture(written, places, source, widths.get(written, PAGE)) for written, places in images.items()
    }
    pictures = {written: one.value for written, one in read.items() if one.value}
    return pictures, tuple(finding for one in read.values() for finding in one.findings)


def _images_of(block: Block, locator: SourceLocator) -> Iterator[Reference]:
    if isinstance(block, ImageBlock) and block.where:
        yield Reference(block.path, block.where)
    elif isinstance(block, Directive):
        yield from (Reference(path, locator.find(path, block.where)) for path in directive_images(block))


def _find_picture(written: str, places: Sequence[Location], source: Source, width: float) -> Result[Picture]:
    path = normalize_path(written)
    if is_remote(written) or path in source.refused:
        return Result(None)
    if path is None:
        return Result(None, tuple(refuse_outside(written, place) for place in places))
    file = source.images.get(path)
    if file is None:
        return Result(None, tuple(refuse_missing(written, each, "missing-image", source.images) for each in places))
    return read_picture(file, places[0], width)


@remembered(lambda file, where, width=PAGE: (file, where, width))
def read_picture(file: ImageFile, where: Location, width: float = PAGE) -> Result[Picture]:
    """Return a picture, and what is wrong with it; `where` is the place that shows it, `width` points wide at most."""
    if file.size == 0 and file.data is not None:
        hint = "save the picture again, or remove it"
        return Result(None, (error("empty-file", f"{file.path} is empty", where, hint),))
    problem = _check_file(file, where)
    if problem:
        return Result(None, (problem,))
    data = file.data or b""
    return _read_drawing(file, data, where, width) if _is_svg(file, data) else _read_image(file, data, where)


def _is_svg(file: ImageFile, data: bytes) -> bool:
    return file.path.lower().endswith(".svg") or b"<svg" in data[:1000]


def _read_drawing(file: ImageFile, data: bytes, where: Location, width: float) -> Result[Picture]:
    from gri_builder.graphics.svg.reader import read_svg
    from gri_builder.graphics.svg.reading import SvgError

    try:
        reading = read_svg(data, find_bundled_font)
    except SvgError as problem:
        hint = "save it again as SVG in a drawing program, or as PNG"
        return Result(None, (error("svg-feature", f"{file.path} has {problem}, which can't be drawn", where, hint),))
    if reading.drawing is not None:
        picture = Picture(file.path, b"", reading.width, reading.height, reading.drawing)
        return Result(picture, note_fonts(file.path, reading.fonts, where))
    from gri_builder.validation.pictures.rendering import render_drawing  # takes time to load, seldom needed

    return render_drawing(file.path, data, reading, where, width)


def _check_file(file: ImageFile, where: Location) -> Finding | None:
    """Return what is wrong with a file, before it is decoded."""
    if file.size > PICTURE_MEGABYTES.most * MEGABYTE:
        message = f"{file.path} is larger than {PICTURE_MEGABYTES.most:,} MB ({file.size / MEGABYTE:.1f} MB)"
        return error("oversized-image", message, where, f"{_SMALLER}, or {PICTURE_MEGABYTES.hint}")
    return None if file.data else _broken(file, where)


def _read_image(file: ImageFile, data: bytes, where: Location) -> Result[Picture]:
    try:
        return _open(file, data, where)
    except Image.DecompressionBombError:
        problem = _too_many_pixels(file, "far more", where)
    except UnidentifiedImageError:
        problem = _unknown_format(file, data, where)
    except Exception as fault:  # Pillow's decoders may raise any exception for a broken file
        if is_out_of_memory(fault):
            raise
        problem = _broken(file, where)
    return Result(None, (problem,))


def _open(file: ImageFile, data: bytes, where: Location) -> Result[Picture]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with open_image(data) as image:
            if file.path.lower().endswith(RAW_ENDINGS):
                return Result(None, (_wrong_format(file, "of a camera (raw)", where),))
            width, height = image.width, image.height
            if width * height > PICTURE_MEGAPIXELS.most * MILLION:
                return Result(None, (_too_many_pixels(file, f"{width} × {height}", where),))
            if image.format in ("JPEG", "MPO") and count_scans(data) > JPEG_SCANS.most:
                return Result(None, (_too_many_scans(file, count_scans(data), where),))
            if image.mode == "F" or (image.mode == "I" and image.format == "TIFF"):
                return Result(None, (_measurements(file, where),))
            image.load()
            return Result(make_picture(file.path, data, image), tuple(check_picture(file.path, image, where)))


def _too_many_pixels(file: ImageFile, count: str, where: Location) -> Finding:
    message = f"{file.path} has {count} pixels; the maximum is {PICTURE_MEGAPIXELS.most:,} million"
    return error("oversized-image", message, where, f"{_SMALLER}, or {PICTURE_MEGAPIXELS.hint}")


def _too_many_scans(file: ImageFile, count: int, where: Location) -> Finding:
    message = f"{file.path} is a JPEG in {count:,} scans; the maximum is {JPEG_SCANS.most:,}"
    hint = f"open it in a picture viewer, and save it again as JPEG or PNG; or {JPEG_SCANS.hint}"
    return error("oversized-image", message, where, hint)


def _measurements(file: ImageFile, where: Location) -> Finding:
    message = f"{file.path} has numbers of 32 bits instead of colours, whose black and white are not known"
    return error("image-format", message, where, "open it in the program that made it, and export it as PNG or JPEG")


def _unknown_format(file: ImageFile, data: bytes, where: Location) -> Finding:
    """Return the finding for a file that can't be decoded: another format, or damaged, by its bytes and its ending."""
    ending = file.path.rpartition(".")[2].lower()
    kind = sniff_format(data)
    if kind is None and any(ending in known for known in ENDINGS.values()):
        return _broken(file, where)
    return _wrong_format(file, kind or ending.upper(), where)


def _wrong_format(file: ImageFile, kind: str, where: Location) -> Finding:
    message = f"{file.path} is a file in the format {kind}; pictures are {LISTED}"
    return error("image-format", message, where, suggest_fix(kind))


def _broken(file: ImageFile, where: Location) -> Finding:
    message = f"{file.path} is damaged, or not a picture"
    return error("broken-image", message, where, "open it in a picture viewer, and save it again as PNG or JPEG")
