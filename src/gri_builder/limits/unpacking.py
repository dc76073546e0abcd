"""How much a packed file may hold: bytes of all its parts, and how many for each byte that is stored."""

from __future__ import annotations

import zipfile

from gri_builder.limits.limit import MEGABYTE, Limit
from gri_builder.limits.limits import UNPACKED_MEGABYTES, UNPACKED_RATIO


def find_exceeded(archive: zipfile.ZipFile, stored: int) -> Limit | None:
    """Return the limit that an archive of `stored` bytes exceeds by what its directory says; None if it keeps both.

    The directory can't hide anything: a part that unpacks to more than its entry there says is damaged.
    """
    unpacked = sum(part.file_size for part in archive.infolist())
    if unpacked > UNPACKED_MEGABYTES.most * MEGABYTE:
        return UNPACKED_MEGABYTES
    return UNPACKED_RATIO if unpacked > MEGABYTE and unpacked > UNPACKED_RATIO.most * stored else None


def describe_unpacked(limit: Limit) -> str:
    """Return what is too much, after the name of the file."""
    if limit == UNPACKED_RATIO:
        return f"unpacks to more than {limit.most:,} times its size"
    return f"contains more than {limit.most:,} MB of unpacked data"
