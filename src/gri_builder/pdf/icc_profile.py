"""An ICC profile of sRGB, computed from the published numbers, so that no licensed file is needed (ICC.1:2010)."""

from __future__ import annotations

import struct

D50 = (0.96420, 1.0, 0.82491)
"""White of the profile connection space."""
ADAPTATION = (1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168)
"""From D65 to D50 (Bradford)."""
PRIMARIES = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))
CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
"""Parameters of the transfer curve: a power above a straight line."""
HEADER = 128


def make_srgb_profile() -> bytes:
    """Return the profile: version 4, display device, matrix and curves."""
    curve = b"para" + bytes(4) + struct.pack(">HH", 3, 0) + _fixed(CURVE)
    red, green, blue = (b"XYZ " + bytes(4) + _fixed(primary) for primary in PRIMARIES)
    tags = [
        (b"desc", _text("sRGB")),
        (b"cprt", _text("No copyright")),
        (b"wtpt", b"XYZ " + bytes(4) + _fixed(D50)),
        (b"chad", b"sf32" + bytes(4) + _fixed(ADAPTATION)),
        (b"rXYZ", red),
        (b"gXYZ", green),
        (b"bXYZ", blue),
        (b"rTRC", curve),
        (b"gTRC", curve),
        (b"bTRC", curve),
    ]
    table, body = _lay_out(tags)
    return _header(HEADER + len(table) + len(body)) + table + body


def _lay_out(tags: list[tuple[bytes, bytes]]) -> tuple[bytes, bytes]:
    """Return the table of tags and their data; equal data is written once."""
    start = HEADER + 4 + 12 * len(tags)
    table, body, places = struct.pack(">I", len(tags)), b"", dict[bytes, int]()
    for name, data in tags:
        if data not in places:
            places[data] = start + len(body)
            body += data + bytes(-len(data) % 4)
        table += struct.pack(">4sII", name, places[data], len(data))
    return table, body


def _header(size: int) -> bytes:
    """Return the profile's header, dated with the first day of 2020."""
    return (
        struct.pack(">I4sI4s4s4s", size, bytes(4), 0x04200000, b"mntr", b"RGB ", b"XYZ ")
        + struct.pack(">6H4s4sI4sIQI", 2020, 1, 1, 0, 0, 0, b"acsp", bytes(4), 0, bytes(4), 0, 0, 0)
        + _fixed(D50)
        + bytes(48)
    )


def _fixed(values: tuple[float, ...]) -> bytes:
    """Return numbers as s15Fixed16."""
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def _text(text: str) -> bytes:
    """Return a text as multiLocalizedUnicode, in American English."""
    data = text.encode("utf-16-be")
    return b"mluc" + bytes(4) + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(data), 28) + data
