"""Numbers that are too long, too large or too small to be data: refused before they are calculated with."""

from __future__ import annotations

import re
from decimal import Decimal

from gri_builder.limits.limits import NUMBER_CHARACTERS, NUMBER_EXPONENT

_SCIENTIFIC = re.compile(r"[-+]?[0-9.,]+[eE]([-+]?[0-9]+)")
_LONGEST_EXPONENT = 6
"""Characters of an exponent from which on it is not read."""


def is_too_long(text: str) -> bool:
    """Return whether a number is written with more characters than the limit allows."""
    return len(text) > NUMBER_CHARACTERS.most


def is_in_range(number: Decimal) -> bool:
    """Return whether a number is zero, or neither larger nor smaller than the limit allows."""
    return number.is_finite() and (number.is_zero() or abs(number.adjusted()) <= NUMBER_EXPONENT.most)


def describe_too_long() -> tuple[str, str]:
    """Return what is wrong with a number that is too long, after its text, and what to do."""
    message = f"is a number of more than {NUMBER_CHARACTERS.most:,} characters"
    return message, f"round it, or choose a larger unit; or {NUMBER_CHARACTERS.hint}"


def describe_out_of_range() -> tuple[str, str]:
    """Return what is wrong with a number that is too large or too small, after its text, and what to do."""
    most = NUMBER_EXPONENT.most
    hint = f"correct it, or choose another unit; or {NUMBER_EXPONENT.hint}"
    return f"is larger than 1e{most}, or smaller than 1e-{most}", hint


def describe_excess(text: str) -> tuple[str, str] | None:
    """Return what is too much about a written number, after its text, and what to do; None if nothing is."""
    plain = text.strip()
    if is_too_long(plain) and sum(each in "0123456789" for each in plain) * 2 > len(plain):
        return describe_too_long()
    match = _SCIENTIFIC.fullmatch(plain) if len(plain) < 1_000 else None
    if match and (len(match[1]) > _LONGEST_EXPONENT or abs(int(match[1])) > NUMBER_EXPONENT.most):
        return describe_out_of_range()
    return None
