"""What `collect` found: which values are new or changed, which disagree, and what is written."""

from __future__ import annotations

from decimal import Decimal, localcontext

from msgspec import Struct

from gri_builder.model.facts import CollectedValue
from gri_builder.model.finding import Finding

PER_CENT_DIGITS = 3


class ChangedValue(Struct, frozen=True):
    """A value that a file brings."""

    key: str
    title: str
    unit: str
    """Symbol of the series' unit."""
    owner: str | None
    file: str
    """The file, as it was named."""
    place: str
    """Its cell: 'Figures!E9'."""
    number: Decimal
    """The new value, in the unit of the series."""
    returned: str
    """The value and unit as they were returned: '1204.5 MWh'."""
    is_estimated: bool
    before: Decimal | None = None
    """The value of the period before."""
    before_period: str | None = None
    old: Decimal | None = None
    """The value that was collected earlier, in the unit of the series."""
    old_owner: str | None = None
    note: str | None = None

    @property
    def change(self) -> Decimal | None:
        """Change in per cent against the value collected earlier, else against that of the period before."""
        base = self.old if self.old is not None else self.before
        if base is None or base == 0:
            return None
        with localcontext(prec=28):
            return (self.number - base) / abs(base) * 100


class MissingValue(Struct, frozen=True):
    """A fact of which its owner says that no number is available."""

    key: str
    owner: str | None
    file: str
    place: str
    text: str
    note: str | None


class Side(Struct, frozen=True):
    """One of the answers that disagree."""

    owner: str | None
    file: str
    place: str
    returned: str


class Disagreement(Struct, frozen=True):
    """A fact for which files bring different values."""

    key: str
    title: str
    sides: tuple[Side, ...]


class Collection(Struct, frozen=True):
    """Everything that `collect` found."""

    report: str
    changed: tuple[ChangedValue, ...] = ()
    """Values that are new, or differ from those collected earlier."""
    same: int = 0
    """Values that were collected earlier already."""
    missing: tuple[MissingValue, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    open: int = 0
    """Facts that are still wanted."""
    values: tuple[CollectedValue, ...] = ()
    """All values, as they are written."""
    findings: tuple[Finding, ...] = ()
