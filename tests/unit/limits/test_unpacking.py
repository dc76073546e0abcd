"""Archives that unpack to too much are found by their directory."""

from __future__ import annotations

import io
import zipfile

from gri_builder.limits.limit import limits_set
from gri_builder.limits.limits import UNPACKED_MEGABYTES, UNPACKED_RATIO
from gri_builder.limits.unpacking import describe_unpacked, find_exceeded


def _archive(*parts: int) -> tuple[zipfile.ZipFile, int]:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, size in enumerate(parts):
            archive.writestr(f"part{number}", bytes(size))
    return zipfile.ZipFile(out), len(out.getvalue())


def test_the_parts_are_summed() -> None:
    with limits_set({"unpacked-megabytes": 1}):
        assert find_exceeded(*_archive(600_000, 600_000)) is UNPACKED_MEGABYTES
        assert find_exceeded(*_archive(600_000, 300_000)) is None


def test_the_first_megabyte_has_no_ratio() -> None:
    assert find_exceeded(*_archive(1_000_000)) is None
    assert find_exceeded(*_archive(1_100_000)) is UNPACKED_RATIO
    with limits_set({"unpacked-ratio": 2_000}):
        assert find_exceeded(*_archive(1_100_000)) is None


def test_what_is_too_much_is_named_with_its_value() -> None:
    assert describe_unpacked(UNPACKED_MEGABYTES) == "contains more than 100 MB of unpacked data"
    assert describe_unpacked(UNPACKED_RATIO) == "unpacks to more than 100 times its size"
