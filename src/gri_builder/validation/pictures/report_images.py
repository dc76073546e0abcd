"""The pictures that report.yaml names: logo, cover, and one for each part."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from gri_builder.model.finding import Location
from gri_builder.source.nodes import Node
from gri_builder.source.values import text_of


class ReportImage(Struct, frozen=True):
    """A picture that report.yaml names."""

    kind: str
    """A word for what it is: 'logo' or 'picture'."""
    path: str
    """As written."""
    where: Location


def list_report_images(root: Node) -> tuple[ReportImage, ...]:
    """Return the pictures that report.yaml names, in its order."""
    return tuple(_report_images(root))


def _report_images(root: Node) -> Iterator[ReportImage]:
    theme, parts = root.get("theme"), root.get("parts")
    places = [("logo", theme, "logo"), ("picture", theme, "cover_image")]
    places += [("picture", part, "image") for part in (parts.items if parts else ())]
    for kind, owner, key in places:
        node = owner.get(key) if owner else None
        if node and (path := text_of(node)):
            yield ReportImage(kind, path, node.where)
