"""Names that a file can't have on every system."""

from __future__ import annotations

import re

LONGEST = 255
"""Bytes of a name on Linux and macOS; Windows counts characters."""
_DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\.|$)")
"""Names of devices on Windows, with any ending (Microsoft, 'Naming Files, Paths, and Namespaces')."""


def find_name_flaw(name: str) -> str | None:
    """Return what is wrong with the name of a file or folder, as the end of a sentence; None if nothing is."""
    if _DEVICES.match(name):
        return "is the name of a device on Windows"
    if name not in (".", "..") and name.endswith((".", " ")):
        return "ends with a dot or a space, which Windows leaves out"
    if len(name.encode(errors="replace")) > LONGEST:
        return f"is longer than {LONGEST} bytes"
    return None
