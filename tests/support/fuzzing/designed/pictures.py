"""Hostile raster pictures and fonts."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from functools import partial

from fontTools.ttLib import TTFont
from PIL import Image

from tests.support.fuzzing.designed.input import Input, report
from tests.support.made_fonts import make_font


def inputs() -> Iterator[Input]:
    """Yield hostile pictures and fonts."""
    for name, end, data in (*_pngs(), *_jpegs(), *_others()):
        yield report(name, {f"images/x.{end}": data}, ("build",), f"\n![A picture](images/x.{end})\n")
    for name, data in _fonts():
        yield report(name, {"fonts/own.ttf": data, "theme.yaml": "text_font: {regular: fonts/own.ttf}\n"}, ("build",))


def _png(
    width: int, height: int, depth: int = 8, colour: int = 2, data: bytes | None = None, more: bytes = b""
) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    content = zlib.compress(b"\0" * (width * 3 + 1) * min(height, 2000) if data is None else data)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + more + _chunk(b"IDAT", content) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _pngs() -> Iterator[tuple[str, str, bytes]]:
    for size in (
        (0, 0),
        (1, 1),
        (1, 2**31 - 1),
        (2**31 - 1, 1),
        (6000, 6000),
        (6500, 6500),
        (65_535, 65_535),
        (2**32 - 1, 2**32 - 1),
        (100_000, 1),
    ):
        yield f"a PNG of {size[0]} x {size[1]}", "png", _png(*size, data=None if size[0] * size[1] < 10**8 else b"")
    for depth in (0, 1, 2, 3, 4, 16, 255):
        for colour in (0, 2, 3, 4, 6, 7):
            yield f"a PNG of depth {depth}, colour {colour}", "png", _png(9, 9, depth, colour, b"\0" * 999)
    text = zlib.compress(b"x" * 50_000_000)
    for name, chunk in {
        "packed text": _chunk(b"zTXt", b"a\0\0" + text), "a packed profile": _chunk(b"iCCP", b"a\0\0" + text),
        "an odd profile": _chunk(b"iCCP", b"a\0\0" + zlib.compress(b"x")),
        "a palette of one": _chunk(b"PLTE", b"abc"), "a palette of odd length": _chunk(b"PLTE", b"abcd"),
        "transparency": _chunk(b"tRNS", b"\0" * 999), "no gamma": _chunk(b"gAMA", b"\0" * 4),
        "an odd date": _chunk(b"tIME", b"\xff" * 7), "animation": _chunk(b"acTL", b"\xff" * 8),
        "200,000 chunks": _chunk(b"abCd", b"") * 200_000, "a long chunk": b"\x7f\xff\xff\xffabCd",
        "no resolution": _chunk(b"pHYs", b"\0" * 9),
        "odd EXIF": _chunk(b"eXIf", b"MM\0*" + b"\xff" * 99),
    }.items():  # fmt: skip
        for colour in (2, 3):
            yield f"a PNG with {name}, colour {colour}", "png", _png(9, 9, 8, colour, b"\0" * 999, chunk)
    good = _png(30, 30)
    for cut in (0, 7, 8, 20, 33, 40, len(good) - 12, len(good) - 1):
        yield f"a PNG cut at {cut}", "png", good[:cut]
    yield "a PNG that is named JPEG", "jpg", good


def _jpegs() -> Iterator[tuple[str, str, bytes]]:
    stream = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(stream, "JPEG", progressive=True)
    good = stream.getvalue()
    scans = good[good.index(b"\xff\xda") : -2]
    for count in (2, 50, 2000):
        yield f"a JPEG of {count} times its scans", "jpg", good[:-2] + scans * count + good[-2:]
    start = good.index(b"\xff\xc2") + 5
    for size in ((0, 0), (65_535, 65_535), (1, 65_535)):
        yield f"a JPEG of {size[1]} x {size[0]}", "jpg", good[:start] + struct.pack(">HH", *size) + good[start + 4 :]
    for parts in (0, 1, 2, 4, 5, 255):
        yield f"a JPEG of {parts} components", "jpg", good[: start + 4] + bytes([parts]) + good[start + 5 :]
    for cut in (0, 2, 20, start, len(scans), len(good) - 2):
        yield f"a JPEG cut at {cut}", "jpg", good[:cut]
    for marker in (
        b"\xff\xe1\xff\xffExif\0\0",
        b"\xff\xe0\0\0",
        b"\xff\xff" * 99_999,
        b"\xff\xee\0\x0eAdobe\0d\0\0\0\0\0\2",
        b"\xff\xfe\xff\xff" + b"x" * 65_533,
    ):
        yield f"a JPEG with {marker[:4].hex()}", "jpg", good[:2] + marker + good[2:]


def _others() -> Iterator[tuple[str, str, bytes]]:
    for style, end in (
        ("GIF", "gif"),
        ("BMP", "bmp"),
        ("TIFF", "tif"),
        ("WEBP", "webp"),
        ("ICO", "ico"),
        ("PPM", "ppm"),
    ):
        stream = io.BytesIO()
        Image.new("RGB", (16, 16)).save(stream, style)
        yield f"{style}", end, stream.getvalue()
        yield f"{style} named PNG", "png", stream.getvalue()
        yield f"{style} cut", "png", stream.getvalue()[:20]
    for data in (
        b"",
        b"\0" * 99,
        b"%PDF-1.7",
        b"%!PS\n{} loop",
        b"<svg/>",
        b"P6 99999999 99999999 255\n",
        b"GIF89a\xff\xff\xff\xff\0\0\0",
    ):
        yield f"only {data[:8].hex()}", "png", data


def _fonts() -> Iterator[tuple[str, bytes]]:
    good = make_font()
    count = int.from_bytes(good[4:6], "big")
    for number in range(count):
        entry = 12 + 16 * number
        tag = good[entry : entry + 4].decode()
        place, size = struct.unpack(">II", good[entry + 8 : entry + 16])
        for name, table in {
            "zeros": bytes(size),
            "ones": b"\xff" * size,
            "half": good[place : place + size // 2].ljust(size, b"\xff"),
        }.items():
            yield f"a font whose {tag} is {name}", good[:place] + table + good[place + size :]
        yield f"a font whose {tag} has no length", good[: entry + 12] + bytes(4) + good[entry + 16 :]
        yield f"a font whose {tag} is elsewhere", good[: entry + 8] + struct.pack(">I", 2**31) + good[entry + 12 :]
        yield f"a font without {tag}", good[:entry] + b"zzzz" + good[entry + 4 :]
    for cut in (0, 4, 12, 200, len(good) // 2, len(good) - 1):
        yield f"a font cut at {cut}", good[:cut]
    yield "a font of 65,535 tables", good[:4] + b"\xff\xff" + good[6:]
    for units in (0, 1, 15, 16, 16_384, 65_535):
        yield f"a font of {units} units", make_font(change=partial(_set_units, units))


def _set_units(units: int, font: TTFont) -> None:
    font["head"].unitsPerEm = units
