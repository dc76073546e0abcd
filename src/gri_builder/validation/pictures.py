"""Pictures: whether a file is there, is what it says, and can be printed."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping

from msgspec import Struct, field
from PIL import Image, UnidentifiedImageError

from gri_builder.graphics.raster_images import check_picture, make_picture
from gri_builder.model.finding import Finding, Location, Result, error
from gri_builder.model.graphics import Picture
from gri_builder.source.loader import MAX_IMAGE_BYTES
from gri_builder.source.nodes import ImageFile, Source
from gri_builder.source.paths import is_remote, normalize_path, refuse_missing, refuse_outside

FORMATS = ("PNG", "JPEG", "MPO")
"""MPO is what phones write as JPEG: one with further pictures behind it."""
MOST_PIXELS = 40_000_000


class Pictures(Struct):
    """Reads the pictures that a report shows, and collects what is wrong with them."""

    source: Source
    findings: list[Finding] = field(default_factory=list)
    read: dict[str, Picture] = field(default_factory=dict)

    def read_all(self, images: Mapping[str, list[Location]]) -> None:
        """Read pictures by their paths as written; a fault of the file gives one finding, at its first place."""
        for written, places in images.items():
            path = normalize_path(written)
            if is_remote(written):
                continue
            if path is None:
                self.findings.extend(refuse_outside(written, place) for place in places)
            elif path not in self.source.refused:
                self._read(written, path, places)

    def _read(self, written: str, path: str, places: list[Location]) -> None:
        file = self.source.images.get(path)
        if file is None:
            known = self.source.images
            self.findings.extend(refuse_missing(written, place, "missing-image", known) for place in places)
            return
        picture = read_picture(file, places[0])
        self.findings.extend(picture.findings)
        if picture.value:
            self.read[written] = picture.value


def read_picture(file: ImageFile, where: Location) -> Result[Picture]:
    """Return a picture, and what is wrong with it; `where` is the place that shows it."""
    fault = _judge_file(file, where)
    if fault:
        return Result(None, (fault,))
    data = file.data or b""
    return _read_drawing(file, data, where) if _is_svg(file, data) else _read_image(file, data, where)


def _is_svg(file: ImageFile, data: bytes) -> bool:
    return file.path.lower().endswith(".svg") or b"<svg" in data[:1000]


def _read_drawing(file: ImageFile, data: bytes, where: Location) -> Result[Picture]:
    from gri_builder.graphics.svg_reader import SvgError, read_svg

    try:
        drawing = read_svg(data)
    except SvgError as fault:
        hint = "save it as PNG; or in the drawing program turn text into paths, and effects into plain shapes"
        return Result(None, (error("svg-feature", f"{file.path} has {fault}, which can't be drawn", where, hint),))
    return Result(Picture(file.path, b"", drawing.width, drawing.height, drawing))


def _judge_file(file: ImageFile, where: Location) -> Finding | None:
    """Return what is wrong with a file before it is looked into."""
    if file.size > MAX_IMAGE_BYTES:
        message = f"{file.path} is larger than {MAX_IMAGE_BYTES // 1_000_000} MB ({file.size / 1e6:.1f} MB)"
        return error("oversized-image", message, where, "save it smaller; 3000 pixels fill the width of a page")
    return None if file.data else _broken(file, where)


def _read_image(file: ImageFile, data: bytes, where: Location) -> Result[Picture]:
    try:
        return _open(file, data, where)
    except Image.DecompressionBombError:
        fault = _too_many_pixels(file, "far more", where)
    except UnidentifiedImageError:
        fault = _unknown_format(file, data, where)
    except Exception:  # Pillow's decoders raise whatever they meet in a broken file
        fault = _broken(file, where)
    return Result(None, (fault,))


def _open(file: ImageFile, data: bytes, where: Location) -> Result[Picture]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data)) as image:
            width, height, kind = image.width, image.height, image.format
            if kind not in FORMATS:
                return Result(None, (_wrong_format(file, str(kind), where),))
            if width * height > MOST_PIXELS:
                return Result(None, (_too_many_pixels(file, f"{width} × {height}", where),))
            image.load()
            return Result(make_picture(file.path, data, image), tuple(check_picture(file.path, image, where)))


def _too_many_pixels(file: ImageFile, count: str, where: Location) -> Finding:
    message = f"{file.path} has {count} pixels; pictures of up to {MOST_PIXELS // 1_000_000} million are read"
    return error("oversized-image", message, where, "save it smaller; 3000 pixels fill the width of a page")


def _wrong_format(file: ImageFile, kind: str, where: Location) -> Finding:
    return error("image-format", f"{file.path} is a picture in the format {kind}", where, "save it as PNG, JPEG or SVG")


def _unknown_format(file: ImageFile, data: bytes, where: Location) -> Finding:
    """Tell a file of another format from one that is damaged, by the ending of its name."""
    ending = file.path.rpartition(".")[2].lower()
    if ending in ("png", "jpg", "jpeg"):
        return _broken(file, where)
    return _wrong_format(file, ending.upper(), where)


def _broken(file: ImageFile, where: Location) -> Finding:
    message = f"{file.path} is damaged, or no picture"
    return error("broken-image", message, where, "open it in a picture viewer, and save it again as PNG or JPEG")
