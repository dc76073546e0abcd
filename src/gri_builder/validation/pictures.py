"""Pictures: whether each file exists, has a supported format, and can be printed."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence

from PIL import Image, UnidentifiedImageError

from gri_builder.graphics.raster_images import check_picture, make_picture
from gri_builder.graphics.svg.reading import FontSubstitute
from gri_builder.model.finding import Finding, Location, Result, error, info
from gri_builder.model.graphics import Picture
from gri_builder.model.rich_text import Block, Directive
from gri_builder.model.rich_text import Image as ImageBlock
from gri_builder.resources.bundled_fonts import find_bundled_font
from gri_builder.source.loader import MAX_IMAGE_BYTES
from gri_builder.source.locator import SourceLocator
from gri_builder.source.nodes import ImageFile, Node, Source, SourceFile
from gri_builder.source.paths import is_remote, normalize_path, refuse_missing, refuse_outside
from gri_builder.source.values import text_of
from gri_builder.validation.texts import Text
from gri_builder.validation.unresolved_references import Reference, group_places

FORMATS = ("PNG", "JPEG", "MPO")
"""MPO is a JPEG with further pictures after it, as phones write it."""
MAX_PIXELS = 40_000_000


def list_images(
    texts: Iterable[Text], theme: Node | None, files: Mapping[str, SourceFile]
) -> dict[str, list[Location]]:
    """Return the places of all pictures that texts and the theme show, by their paths as written."""
    locator = SourceLocator(files)
    of_theme = (reference for _, reference in _theme_images(theme))
    in_texts = (each for text in texts for block in text.blocks for each in _images_of(block, locator))
    return group_places((*of_theme, *in_texts))


def check_theme_images(theme: Node | None) -> Iterator[Finding]:
    """Yield a finding for a logo or cover picture that is an address on the web."""
    for kind, (path, where) in _theme_images(theme):
        if is_remote(path):
            hint = "download it into the report folder, and name it by its path: images/logo.png"
            yield error("remote-image", f"the {kind} '{path}' is not in the report folder", where, hint)


def read_pictures(
    source: Source, images: Mapping[str, Sequence[Location]]
) -> tuple[dict[str, Picture], tuple[Finding, ...]]:
    """Return pictures by their paths as written; an error in a file gives one finding, at its first place."""
    read = {written: _find_picture(written, places, source) for written, places in images.items()}
    pictures = {written: one.value for written, one in read.items() if one.value}
    return pictures, tuple(finding for one in read.values() for finding in one.findings)


def _theme_images(theme: Node | None) -> Iterator[tuple[str, Reference]]:
    """Yield the picture files that the theme names, with a word for what each is."""
    for key, kind in (("logo", "logo"), ("cover_image", "picture")):
        node = theme.get(key) if theme else None
        if node and (path := text_of(node)):
            yield kind, Reference(path, node.where)


def _images_of(block: Block, locator: SourceLocator) -> Iterator[Reference]:
    if isinstance(block, ImageBlock) and block.where:
        yield Reference(block.path, block.where)
    elif isinstance(block, Directive) and (path := block.options.get("image")):
        yield Reference(path, locator.find(path, block.where))


def _find_picture(written: str, places: Sequence[Location], source: Source) -> Result[Picture]:
    path = normalize_path(written)
    if is_remote(written) or path in source.refused:
        return Result(None)
    if path is None:
        return Result(None, tuple(refuse_outside(written, place) for place in places))
    file = source.images.get(path)
    if file is None:
        return Result(None, tuple(refuse_missing(written, each, "missing-image", source.images) for each in places))
    return read_picture(file, places[0])


def read_picture(file: ImageFile, where: Location) -> Result[Picture]:
    """Return a picture, and what is wrong with it; `where` is the place that shows it."""
    problem = _check_file(file, where)
    if problem:
        return Result(None, (problem,))
    data = file.data or b""
    return _read_drawing(file, data, where) if _is_svg(file, data) else _read_image(file, data, where)


def _is_svg(file: ImageFile, data: bytes) -> bool:
    return file.path.lower().endswith(".svg") or b"<svg" in data[:1000]


def _read_drawing(file: ImageFile, data: bytes, where: Location) -> Result[Picture]:
    from gri_builder.graphics.svg.reader import read_svg
    from gri_builder.graphics.svg.reading import SvgError

    try:
        reading = read_svg(data, find_bundled_font)
    except SvgError as problem:
        hint = "save it again as SVG in a drawing program, or as PNG"
        return Result(None, (error("svg-feature", f"{file.path} has {problem}, which can't be drawn", where, hint),))
    hint = "save it as PNG; or in the drawing program turn text into paths, and effects into plain shapes"
    refused = tuple(
        error("svg-feature", f"{file.path}:{one.line} has {one.feature}, which {one.reason}", where, hint)
        for one in reading.refusals
    )
    if reading.drawing is None:
        return Result(None, refused)
    picture = Picture(file.path, b"", reading.width, reading.height, reading.drawing)
    return Result(picture, tuple(_note_font(file, font, where) for font in reading.fonts))


def _note_font(file: ImageFile, font: FontSubstitute, where: Location) -> Finding:
    message = f"text of {file.path}:{font.line} is set in FiraGO instead of the font '{font.family}'"
    return info("svg-font", message, where, "to keep the font, turn text into paths in the drawing program")


def _check_file(file: ImageFile, where: Location) -> Finding | None:
    """Return what is wrong with a file, before it is decoded."""
    if file.size > MAX_IMAGE_BYTES:
        message = f"{file.path} is larger than {MAX_IMAGE_BYTES // 1_000_000} MB ({file.size / 1e6:.1f} MB)"
        return error(
            "oversized-image", message, where, "save it smaller; 3000 pixels are enough for the width of a page"
        )
    return None if file.data else _broken(file, where)


def _read_image(file: ImageFile, data: bytes, where: Location) -> Result[Picture]:
    try:
        return _open(file, data, where)
    except Image.DecompressionBombError:
        problem = _too_many_pixels(file, "far more", where)
    except UnidentifiedImageError:
        problem = _unknown_format(file, data, where)
    except Exception:  # Pillow's decoders may raise any exception for a broken file
        problem = _broken(file, where)
    return Result(None, (problem,))


def _open(file: ImageFile, data: bytes, where: Location) -> Result[Picture]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data)) as image:
            width, height, kind = image.width, image.height, image.format
            if kind not in FORMATS:
                return Result(None, (_wrong_format(file, str(kind), where),))
            if width * height > MAX_PIXELS:
                return Result(None, (_too_many_pixels(file, f"{width} × {height}", where),))
            image.load()
            return Result(make_picture(file.path, data, image), tuple(check_picture(file.path, image, where)))


def _too_many_pixels(file: ImageFile, count: str, where: Location) -> Finding:
    message = f"{file.path} has {count} pixels; the maximum is {MAX_PIXELS // 1_000_000} million"
    return error("oversized-image", message, where, "save it smaller; 3000 pixels are enough for the width of a page")


def _wrong_format(file: ImageFile, kind: str, where: Location) -> Finding:
    return error("image-format", f"{file.path} is a picture in the format {kind}", where, "save it as PNG, JPEG or SVG")


def _unknown_format(file: ImageFile, data: bytes, where: Location) -> Finding:
    """Return the finding for a file that can't be decoded: another format, or damaged, by the extension of its name."""
    ending = file.path.rpartition(".")[2].lower()
    if ending in ("png", "jpg", "jpeg"):
        return _broken(file, where)
    return _wrong_format(file, ending.upper(), where)


def _broken(file: ImageFile, where: Location) -> Finding:
    message = f"{file.path} is damaged, or not a picture"
    return error("broken-image", message, where, "open it in a picture viewer, and save it again as PNG or JPEG")
