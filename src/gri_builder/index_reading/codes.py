"""Codes of disclosures as people write them, in the shapes that the labels of a framework have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.index_reading.code_shapes.code_text import DASHES
from gri_builder.index_reading.code_shapes.lettered_codes import LetteredCodes
from gri_builder.index_reading.code_shapes.numbered_codes import NumberedCodes, has_numbers
from gri_builder.index_reading.code_shapes.written_code import WrittenCode
from gri_builder.model.framework import Framework
from gri_builder.resources.frameworks import framework_ids, load_framework

__all__ = ["DASHES", "CodeReader", "WrittenCode", "add_supplements"]


class CodeReader(Struct, dict=True):
    """Finds the codes of a framework in texts.

    Where its codes are numbers, those of the sector supplements of other frameworks are found, too: reports used them
    beside the numbers.
    """

    framework: Framework
    names_approach: bool = False
    """Whether the name of the management approach at the start of a text is read as its code."""

    @cached_property
    def _codes(self) -> LetteredCodes | NumberedCodes:
        if has_numbers(self.framework):
            return NumberedCodes(self.framework, self.names_approach)
        return LetteredCodes(self.framework, self.names_approach)

    @cached_property
    def _supplements(self) -> tuple[SupplementCodes, ...]:
        if not has_numbers(self.framework):
            return ()
        others = (load_framework(id) for id in framework_ids())
        return tuple(SupplementCodes(each) for each in others if not has_numbers(each) and each.sectors)

    @property
    def prefix(self) -> str:
        """What is before all codes, and may be broken off from them at the end of a line; empty for nothing."""
        return self._codes.prefix

    def find(self, text: str) -> Iterator[WrittenCode]:
        """Yield the codes of a text; a range yields all codes from its first to its last."""
        added = [code for supplements in self._supplements for code in supplements.find(text)]
        if not added:
            return self._codes.find(text)
        return iter(sorted((*self._codes.find(text), *added), key=lambda code: code.start))


class SupplementCodes(Struct, dict=True):
    """Finds the codes of the sector supplements of a framework."""

    framework: Framework

    @cached_property
    def _reader(self) -> LetteredCodes:
        return LetteredCodes(self.framework)

    @cached_property
    def _sign(self) -> re.Pattern[str]:
        """Pattern without which a text has no such code; quicker than reading it."""
        prefixes = {sector.prefix for sector in self.framework.sectors.values()}
        return re.compile(rf"(?:{'|'.join(sorted(prefixes))})\s?-?\d")

    def find(self, text: str) -> Iterator[WrittenCode]:
        """Yield the codes of a text."""
        if not self._sign.search(text):
            return
        for code in self._reader.find(text):
            if code.known and self.framework.disclosures[code.code].sector:
                yield code


def add_supplements(framework: Framework) -> Framework:
    """Return a framework with the disclosures of supplements whose codes are found beside its own."""
    if not has_numbers(framework):
        return framework
    others = (known for id in framework_ids() if not has_numbers(known := load_framework(id)))
    added = {each.code: each for known in others for each in known.disclosures.values() if each.sector}
    return replace(framework, disclosures={**framework.disclosures, **added})
