"""Values to one short text each, whatever their place and number in the file: what is equal has the same text.

A long value is a digest: of its text, and for dictionaries and streams of the texts of their entries. References are
replaced by what they lead to, so that it makes no difference how a program numbers, packs or sorts objects. What would
lead in a circle is replaced by a name: pages by their number, annotations and structure elements by their place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from gri_builder.embedded.seal.objects import PdfObjects
from gri_builder.embedded.seal.syntax import PdfSyntaxError, Stream, Value

LONGEST = 64
"""Characters of a text that is written out."""
DIGEST = "#"
"""Starts a digest."""
DIGITS = 32
"""Hexadecimal digits of a digest: the first half of a SHA-256."""
DATA = "data"
"""In place of a key: the data of a stream."""
PACKING = frozenset({"/Length", "/Filter", "/DecodeParms", "/DP", "/DL"})
"""Entries of a stream that only say how it is packed."""
DEEPEST = 150
"""Values inside one another."""
CIRCLE = "what encloses it"


def make_digest(data: bytes) -> str:
    """Return a digest of bytes."""
    return DIGEST + hashlib.sha256(data).hexdigest()[:DIGITS]


FindSymbol = Callable[[int], str | None]
"""Returns the name that an object has in place of what it is, by its number; None for most objects."""


class Canonical:
    """Returns values in their one form, and keeps what the digests are of."""

    def __init__(self, objects: PdfObjects, find_symbol: FindSymbol) -> None:
        self.objects, self._find_symbol = objects, find_symbol
        self.entries: dict[str, dict[str, str]] = {}
        """Entries of the dictionaries, streams and arrays of such, by digest."""
        self.texts: dict[str, str] = {}
        """Texts that are too long to be written out, by digest."""
        self._known: dict[int, str] = {}
        self._open: set[int] = set()
        self._depth = 0

    def write(self, value: Value | Stream) -> str:
        """Return a value in its one form."""
        if isinstance(value, str):
            return value if len(value) <= LONGEST else self._shorten(value)
        if isinstance(value, int):
            return self._follow(value)
        self._depth += 1
        if self._depth > DEEPEST:
            raise PdfSyntaxError("objects are nested too deeply")
        try:
            if isinstance(value, list):
                return self._write_array(value)
            return self._write_stream(value) if isinstance(value, Stream) else self._note(self.write_entries(value))
        finally:
            self._depth -= 1

    def write_entries(self, entries: Mapping[str, Value], without: frozenset[str] = frozenset()) -> dict[str, str]:
        """Return the entries of a dictionary, each in its one form, sorted by key."""
        return {key: self.write(entries[key]) for key in sorted(entries) if key not in without}

    def write_flat(self, value: Value, depth: int = 0) -> str:
        """Return a value as one text without digests; quicker, for what is part of a digest itself."""
        if isinstance(value, str):
            return value
        if isinstance(value, int) and (symbol := self._find_symbol(value)):
            return symbol
        if depth > DEEPEST:
            raise PdfSyntaxError("objects are nested too deeply")
        found = self.objects.resolve(value)
        if isinstance(found, list):
            return f"[{' '.join([self.write_flat(item, depth + 1) for item in found])}]"
        if isinstance(found, dict):
            return f"<<{' '.join([f'{key} {self.write_flat(found[key], depth + 1)}' for key in sorted(found)])}>>"
        return found if isinstance(found, str) else self.write(value)

    def _follow(self, number: int) -> str:
        symbol = self._find_symbol(number) or self._known.get(number)
        if symbol:
            return symbol
        if number in self._open:
            return CIRCLE
        self._open.add(number)
        text = self._known[number] = self.write(self.objects.get(number))
        self._open.discard(number)
        return text

    def _write_array(self, items: list[Value]) -> str:
        written = [self.write(item) for item in items]
        if any(text in self.entries for text in written):
            return self._note({str(place): text for place, text in enumerate(written)}, "[]")
        text = f"[{' '.join(written)}]"
        return text if len(text) <= LONGEST else self._shorten(text)

    def _write_stream(self, stream: Stream) -> str:
        digest, filters = self.objects.digest(stream)
        entries = self.write_entries(stream.entries, PACKING)
        entries[DATA] = DIGEST + digest[:DIGITS]
        for place, (name, parameters) in enumerate(filters):
            entries[f"filter {place + 1}"] = f"{name} {self.write(parameters)}"
        return self._note(entries)

    def _note(self, entries: dict[str, str], kind: str = "<<>>") -> str:
        lines = "\n".join(f"{key} {text}" for key, text in entries.items())
        digest = make_digest(f"{kind}\n{lines}".encode())
        self.entries[digest] = entries
        return digest

    def _shorten(self, text: str) -> str:
        digest = make_digest(text.encode())
        self.texts[digest] = text
        return digest
