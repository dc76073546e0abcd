"""Find the members whose value is the sum of all others, which shows that they are totals, whatever their name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import gcd

from msgspec import Struct

MIN_EVIDENCE = 100
"""Number of sums that were possible from which equality is no chance, where it concerns the first or last member."""
SURE_EVIDENCE = 10_000
"""The same where it concerns any other member, as totals are mostly first or last."""
Values = Mapping[str, Decimal]
"""Values of one period by member, in the order of the file."""


class Comparison(Struct):
    """How a member compares with the sum of the others, over all groups."""

    groups: int = 0
    """Groups in which it equals the sum of at least two other values that are not zero."""
    digits: int = 1
    """Distance of the sums from 0 in units of the last digit, multiplied over all groups that differ."""
    steps: int = 1
    """The same in units of the largest size that all values of a group share."""

    @property
    def evidence(self) -> int:
        """The number of sums that were possible; a single group of round numbers counts as few."""
        return self.digits if self.groups > 1 else self.steps


def find_sums(groups: Sequence[Values], order: Sequence[str] | None = None) -> list[str]:
    """Return the members that equal the sum of all others in each group that has them, by more than chance.

    `order` is that of the members in the file; by default, that in the groups.
    """
    found = compare_with_others(groups)
    compared = sum(sum(map(bool, values.values())) > 2 for values in groups)
    order = order or list(dict.fromkeys(member for values in groups for member in values))
    return [
        member
        for member, each in found.items()
        # One that only a few groups have equals the others there by chance.
        if each.groups * 2 >= compared
        and each.evidence >= (MIN_EVIDENCE if member in (order[0], order[-1]) else SURE_EVIDENCE)
    ]


def compare_with_others(groups: Sequence[Values]) -> dict[str, Comparison]:
    """Return the members that equal the sum of all others in each group that has them, with the evidence for it."""
    found: dict[str, Comparison] = {}
    rejected: set[str] = set()
    seen: set[tuple[Decimal, ...]] = set()
    for values in groups:
        whole, tolerance = sum(values.values(), Decimal(0)), _tolerance(values)
        is_new = (key := tuple(values.values())) not in seen
        seen.add(key)
        filled = sum(map(bool, values.values()))
        for member, value in values.items():
            if member in rejected:
                continue
            if abs(2 * value - whole) > tolerance:
                rejected.add(member)
                found.pop(member, None)
            elif value and filled > 2:
                each = found.setdefault(member, Comparison())
                each.groups += 1
                if is_new:
                    digits, steps = _count_steps(value, values, tolerance if 2 * value != whole else Decimal(0))
                    each.digits *= max(1, digits)
                    each.steps *= max(1, steps)
    return found


def _tolerance(values: Values) -> Decimal:
    """Return by how much rounding of each value can change a sum; 0 for whole numbers."""
    exponents = [value.as_tuple().exponent for value in values.values()]
    digits = max((-each for each in exponents if isinstance(each, int)), default=0)
    return Decimal(5).scaleb(-digits - 1) * len(values) if digits > 0 else Decimal(0)


def _count_steps(total: Decimal, values: Values, tolerance: Decimal) -> tuple[int, int]:
    """Return how far a total is from 0, in units of the last digit, and of the largest size that all values share."""
    if tolerance:
        return (steps := int(abs(total) / (2 * tolerance))), steps
    exponents = [each.as_tuple().exponent for each in values.values()]
    digits = max((-each for each in exponents if isinstance(each, int)), default=0)
    whole = abs(int(total.scaleb(digits)))
    return whole, whole // gcd(*(int(each.scaleb(digits)) for each in values.values()))
