"""Choose the answer that counts where several files answer one figure: its owner's newest, if no other disagrees."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct

from gri_builder.intake.collection import Disagreement, Side
from gri_builder.intake.returned.answers import Answer
from gri_builder.intake.returned.asked import Asked
from gri_builder.intake.returned.read_returned import ReturnedAnswers, describe
from gri_builder.model.facts import CollectedValue
from gri_builder.spreadsheets.cells import casefold_key


class Source(Struct, frozen=True):
    """An answer with the file that it comes from."""

    answer: Answer
    returned: ReturnedAnswers

    @property
    def side(self) -> Side:
        """It, beside others that disagree."""
        return Side(self.returned.owner, self.returned.file.name, self.answer.place, describe(self.answer))

    @property
    def owner(self) -> str:
        """Who returned it, for comparisons."""
        return casefold_key(self.returned.owner or "")


class Choice(Struct, frozen=True):
    """What counts for one figure."""

    chosen: Source | None = None
    disagreement: Disagreement | None = None
    older: tuple[Source, ...] = ()
    """Answers that a newer workbook of the same owner has replaced."""


class Chooser(Struct, frozen=True):
    """Chooses between answers."""

    preferred: Collection[str]
    """Names of the files that count where others disagree."""
    ages: Mapping[str, int]
    """Place in time of the workbooks that are kept already, by their hashes; files that are new are the newest."""

    def choose(self, sources: Sequence[Source], asked: Asked) -> Choice:
        """Return what counts of the answers for one figure; all of them have a value."""
        if first := [each for each in sources if each.returned.file.name in self.preferred]:
            return self._agree(first, asked, ())
        newest = [each for each in sources if not self._is_replaced(each, sources, asked)]
        older = tuple(each for each in sources if each not in newest and each.answer.value != _old_value(asked))
        choice = self._agree(newest, asked, older) if newest else Choice(older=older)
        earlier, chosen = asked.collected, choice.chosen
        if chosen is None or earlier is None or is_owner(earlier, chosen) or _old_value(asked) == chosen.answer.value:
            return choice
        return Choice(None, Disagreement(asked.key, asked.title, (_earlier_side(earlier), chosen.side)), older)

    def _age(self, sha256: str) -> int:
        return self.ages.get(sha256, len(self.ages))

    def _is_replaced(self, source: Source, sources: Sequence[Source], asked: Asked) -> bool:
        """Return whether a newer workbook of the same owner answers the same figure, or has done so."""
        age = self._age(source.returned.file.sha256)
        newer = [self._age(each.returned.file.sha256) for each in sources if each.owner == source.owner]
        if (earlier := asked.collected) is not None and is_owner(earlier, source):
            newer.append(self._age(earlier.sha256))
        return age < max(newer)

    def _agree(self, sources: Sequence[Source], asked: Asked, older: tuple[Source, ...]) -> Choice:
        if len({each.answer.value for each in sources}) > 1:
            return Choice(None, Disagreement(asked.key, asked.title, tuple(each.side for each in sources)), older)
        return Choice(sources[0], None, older)


def is_owner(earlier: CollectedValue, source: Source) -> bool:
    """Return whether an answer is of the owner who returned the value that was collected earlier."""
    return casefold_key(earlier.owner or "") == source.owner


def _old_value(asked: Asked) -> object:
    return asked.fact.value if asked.fact and asked.collected else None


def _earlier_side(earlier: CollectedValue) -> Side:
    place = f"{earlier.sheet}!{earlier.cell}" if earlier.sheet else earlier.cell
    return Side(earlier.owner, earlier.file, place, f"{earlier.value:f} {earlier.unit}".strip())
