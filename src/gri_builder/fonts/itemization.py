"""Itemization: text in stretches of one script and one face, each to be shaped at once (UAX #24)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from fontTools.unicodedata import script, script_extension

from gri_builder.fonts.faces import Face

_ANY = frozenset({"Zyyy", "Zinh", "Zzzz"})
"""Scripts of characters that are used with any other one."""
_JOINERS = frozenset("\u200c\u200d\u034f")


class Stretch(NamedTuple):
    """Characters of one script that one face draws."""

    text: str
    script: str
    """By ISO 15924; 'Zyyy' where no character says."""
    face: Face


def itemize(text: str, face: Face) -> list[Stretch]:
    """Return the stretches of a text, in its order."""
    scripts = resolve_scripts(text)
    faces = _choose_faces(text, face)
    stretches: list[Stretch] = []
    for char, name, used in zip(text, scripts, faces, strict=True):
        last = stretches[-1] if stretches else None
        if last and last.script == name and last.face is used:
            stretches[-1] = Stretch(last.text + char, name, used)
        else:
            stretches.append(Stretch(char, name, used))
    return stretches


def resolve_scripts(text: str) -> list[str]:
    """Return the script of each character; one of no script has that of the letter before it, or else after it."""
    found: list[str] = []
    for char in text:
        name = script(char)
        if name in _ANY or (found and name != found[-1] and found[-1] in script_extension(char)):
            name = found[-1] if found else "Zyyy"
        found.append(name)
    first = next((name for name in found if name != "Zyyy"), "Zyyy")
    return [first if name == "Zyyy" else name for name in found]


def _choose_faces(text: str, face: Face) -> Iterator[Face]:
    """Yield the face of each character: the first one that has it; marks and joiners stay with their letter."""
    used = face
    for position, char in enumerate(text):
        mark = char in _JOINERS or unicodedata.category(char) in ("Mn", "Mc", "Me")
        if not (position and mark and _has_glyph(used, char)):
            other = face.fallback
            used = other if other and not face.has(char) and other.has(char) else face
        yield used


def _has_glyph(face: Face, char: str) -> bool:
    return ord(char) in face.glyphs or char in _JOINERS
