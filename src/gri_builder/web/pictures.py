"""The pictures of an edition as files; in one page they are part of it."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from hashlib import sha256

from gri_builder.model.graphics import Picture
from gri_builder.web.drawing.drawing_svg import write_file

FOLDER = "images"
TYPES = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg"}


class PictureFiles:
    """Collects pictures, each once."""

    def __init__(self, pictures: Mapping[str, Picture], is_single: bool) -> None:
        self.pictures, self.is_single = pictures, is_single
        self.files: dict[str, bytes] = {}

    def find(self, path: str) -> Picture | None:
        """Return the picture of a path; None where the report has none."""
        return self.pictures.get(path)

    def address(self, picture: Picture) -> str:
        """Return the address of a picture, which the edition will hold from now on."""
        if picture.drawing is not None:
            return self.keep(_stem(picture.path), "svg", write_file(picture.drawing))
        ending = "png" if picture.data.startswith(b"\x89PNG") else "jpg"
        return self.keep(_stem(picture.path), ending, picture.data)

    def keep(self, stem: str, ending: str, data: bytes) -> str:
        """Return the address of a picture's bytes; its name tells apart pictures that differ."""
        if self.is_single:
            return f"data:{TYPES[ending]};base64,{base64.b64encode(data).decode()}"
        name = f"{FOLDER}/{stem}-{sha256(data).hexdigest()[:8]}.{ending}"
        self.files[name] = data
        return name


def _stem(path: str) -> str:
    """Return the name of a file without folder and ending, in letters that any host accepts."""
    name = path.rpartition("/")[2].rpartition(".")[0].lower()
    return re.sub(r"[^a-z0-9]+", "-", name).strip("-")[:40].strip("-") or "picture"
