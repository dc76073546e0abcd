"""What became of the disclosures of another framework: read from `predecessors/` of the framework that follows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cached_property

from msgspec import Struct

from gri_builder.model.framework import Framework, disclosure_id, printed_code, split_id
from gri_builder.resources.frameworks import frameworks_folder
from gri_builder.validation.editions.written_codes import codes_meant


class NoMappingError(LookupError):
    """The data do not say what became of the disclosures of a framework."""


class Successors(Struct, frozen=True, dict=True):
    """The successors of the disclosures of one framework in another one."""

    old: Framework
    new: Framework
    published: date
    """Day on which the new report is published."""
    direct: Mapping[str, tuple[str, ...]]
    """Codes with the same subject, by the earlier code."""
    in_part: Mapping[str, tuple[str, ...]]
    """Codes that ask for a part of it."""
    letters: Mapping[tuple[str, str], tuple[tuple[str, str], ...]]
    """New code and letter, by the earlier ones; only where one became another as a whole."""
    letters_in_part: Mapping[tuple[str, str], tuple[tuple[str, str], ...]]

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """The catalog's codes by the numbers that people write."""
        return codes_meant(self.new, self.published)

    def written(self, code: str) -> str:
        """Return a code as people write it: without the edition where the number alone says which one is meant."""
        number = printed_code(code)
        return number if self.codes.get(number) == code else code

    def first(self, code: str) -> str | None:
        """Return the code that follows most directly, if any."""
        return next(iter((*self.direct.get(code, ()), *self.in_part.get(code, ()))), None)

    @cached_property
    def topics(self) -> Mapping[str, str]:
        """Topics by the earlier ones: of the same id, else those of most of the disclosures that follow."""
        found: dict[str, str] = {}
        for id, aspect in self.old.aspects.items():
            codes = (code for each in aspect.indicators for code in self.direct.get(each, ()))
            votes = Counter(topic for code in codes if (topic := self.new.disclosures[code].aspect))
            if id in self.new.aspects:
                found[id] = id
            elif votes:
                found[id] = votes.most_common(1)[0][0]
        return found

    def rename(self, id: str) -> str | None:
        """Return the id that follows an id most directly, if any."""
        code, aspect = split_id(id)
        follows, topic = self.first(code), self.topics.get(aspect or "")
        if follows is None or (follows in self.new.management_approaches) != (topic is not None):
            return None
        return disclosure_id(self.written(follows), topic)


def load_successors(old: Framework, new: Framework, published: date) -> Successors:
    """Return what became of the disclosures; raises NoMappingError where the data do not say it."""
    file = frameworks_folder() / new.id / "predecessors" / f"{old.id}.json"
    if not file.is_file():
        raise NoMappingError(f"it is not recorded what became of the disclosures of {old.id} in {new.id}")
    rows = json.loads(file.read_text(encoding="utf-8"))["disclosures"]
    letters: dict[tuple[str, str], list[tuple[str, str]]] = {}
    partly: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in rows:
        for letter in row["letters"]:
            kept = partly if letter.get("in_part") else letters
            for target in letter["to"]:
                code, _, part = target.partition("/")
                if code in new.disclosures and (part or not new.disclosures[code].parts):
                    kept.setdefault((row["from"], letter["from"]), []).append((code, part))
    return Successors(
        old,
        new,
        published,
        {row["from"]: tuple(code for code in row["to"] if code in new.disclosures) for row in rows},
        {row["from"]: tuple(code for code in row["in_part"] if code in new.disclosures) for row in rows},
        {key: tuple(targets) for key, targets in letters.items()},
        {key: tuple(targets) for key, targets in partly.items()},
    )
