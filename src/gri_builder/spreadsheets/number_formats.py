"""Number formats of spreadsheets (ECMA-376 Part 1, 18.8.31): what a cell shows for the number that it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cache, lru_cache

from msgspec import Struct

_PART = re.compile(r'"([^"]*)"?|\\(.)|_.|\*.|\[([^\]]*)\]|(General)|([0#?.,%@/]|[eE][+-])|(.)', re.DOTALL | re.I)
_TOKEN = re.compile(r'"[^"]*"?|\\.|[_*].|\[[^\]]*\]|.', re.DOTALL)
_OTHER_TEXT = re.compile(r'"[^"]*"?|\\.|[_*].|\[(?![hms]+\])[^\]]*\]', re.DOTALL | re.IGNORECASE)
"""What of a number format is not about digits or dates: texts, colors, conditions."""
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_FRACTION = re.compile(r"[.]([0#?]+)")
_SCALE = re.compile(r"[0#?](,+)(?![0#?,])")
MAX_PLACES = 30
"""Digits after the decimal sign that spreadsheet programs show at most."""
PRECISION = 400
"""Digits with which a number is rounded: more than any number in range has with these places."""
_COLOR = re.compile(r"black|blue|cyan|green|magenta|red|white|yellow|color\s*\d+", re.I)
_COMPARE: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lambda value, bound: value < bound,
    ">": lambda value, bound: value > bound,
    "<=": lambda value, bound: value <= bound,
    ">=": lambda value, bound: value >= bound,
    "=": lambda value, bound: value == bound,
    "<>": lambda value, bound: value != bound,
}


class FormatSection(Struct, frozen=True):
    """One section of a number format, for the numbers that it applies to."""

    code: str
    """Its placeholders for digits, without texts, colors and conditions."""
    before: str
    """Text that it shows before the digits."""
    after: str
    """Text that it shows after the digits; all text where it shows no digits."""
    condition: tuple[str, Decimal] | None = None
    """Comparison and number, as of '[<100]'."""
    color: str | None = None
    """Name of the text color, in lower case."""
    is_general: bool = False

    @property
    def shows_number(self) -> bool:
        """Whether it shows the digits of the number."""
        return self.is_general or any(mark in self.code for mark in "0#?")

    @property
    def is_percent(self) -> bool:
        """Whether it shows the number times 100."""
        return "%" in self.code

    @property
    def thousands(self) -> int:
        """How often it divides the number by a thousand."""
        return sum(len(commas) for commas in _SCALE.findall(self.code))

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts around the digits, without spaces at their ends."""
        return tuple(text.strip() for text in (self.before, self.after) if text.strip())

    def count_places(self, held: int) -> int | None:
        """Return how many digits it shows after the decimal sign of a number with `held`; None: as many as there are.

        Exponents and fractions show no certain number of digits.
        """
        if self.is_general or not self.shows_number or "/" in self.code or "e" in self.code.lower():
            return None
        match = _FRACTION.search(self.code)
        places = match[1] if match else ""
        needed = max((at + 1 for at, mark in enumerate(places) if mark == "0"), default=0)
        return min(MAX_PLACES, max(needed, min(held, len(places))))


class NumberDisplay(Struct, frozen=True):
    """How a cell shows one number."""

    section: FormatSection
    is_unsigned: bool
    """Whether the section shows a negative number without its minus sign, as the section is for negative numbers."""
    text: str
    """The text of the cell, in plain digits: '530 k', 'n/a'."""
    places: int | None
    """Digits after the decimal sign; None: as many as the cell holds."""


@cache
def parse_number_format(format: str) -> tuple[FormatSection, ...]:
    """Return the sections of a number format, at most four."""
    return tuple(_parse_section(text) for text in _split_sections(format.strip() or "General")[:4])


def _split_sections(format: str) -> list[str]:
    """Return the texts between the semicolons, except those in quotes or brackets."""
    found = [""]
    for match in _TOKEN.finditer(format):
        if match[0] == ";":
            found.append("")
        else:
            found[-1] += match[0]
    return found


def shows_day(format: str) -> bool:
    """Return whether a format of dates shows a year, month or day; an 'm' beside hours or seconds is minutes."""
    plain = _OTHER_TEXT.sub("", format).lower()
    return any(each in plain for each in "yd") or ("m" in plain and not any(each in plain for each in "hs"))


def choose_section(format: str, number: Decimal) -> FormatSection:
    """Return the section of a number format that applies to a number."""
    return _choose_section(parse_number_format(format), number)[0]


@lru_cache(maxsize=4096)
def show_number(format: str, number: Decimal) -> NumberDisplay:
    """Return how a number format shows a number."""
    sections = parse_number_format(format)
    section, is_unsigned = _choose_section(sections, number)
    value = number * 100 if section.is_percent else number
    value = (abs(value) if is_unsigned else value).scaleb(-3 * section.thousands)
    held = _count_digits(value)
    places = section.count_places(held)
    if not section.shows_number:
        return NumberDisplay(section, is_unsigned, section.after.strip(), None)
    digits = _plain(value if places is None else _rounded(value, places))
    sign = "%" if section.is_percent else ""
    return NumberDisplay(section, is_unsigned, f"{section.before}{digits}{section.after}{sign}".strip(), places)


def _choose_section(sections: Sequence[FormatSection], number: Decimal) -> tuple[FormatSection, bool]:
    """Return the section for a number, and whether it shows the number without its minus sign."""
    shown = [*sections]
    if len(shown) > 1 and (len(shown) == 4 or shown[-1].code.count("@")):
        shown = shown[:-1]  # the section for texts
    if any(each.condition for each in shown):
        return _choose_by_condition(shown, number), False
    if len(shown) == 1 or number > 0 or (number == 0 and len(shown) == 2):
        return shown[0], False
    return (shown[1], True) if number < 0 else (shown[2], False)


def _choose_by_condition(sections: Sequence[FormatSection], number: Decimal) -> FormatSection:
    for section in sections[:2]:
        if section.condition and _COMPARE[section.condition[0]](number, section.condition[1]):
            return section
    if len(sections) == 1:
        return FormatSection("", "", "", is_general=True)
    both = all(each.condition for each in sections[:2])
    return sections[2] if both and len(sections) > 2 else sections[1]


def _parse_section(text: str) -> FormatSection:
    code, texts, condition, color, is_general = "", ["", ""], None, None, False
    for match in _PART.finditer(text):
        quoted, escaped, bracket, general, mark, other = match.groups()
        if bracket is not None:
            condition, color = _read_bracket(bracket, condition, color)
        is_general = is_general or bool(general)
        code += mark or ""
        shown = quoted or escaped or other or _currency(bracket) or (" " if match[0][:1] == "_" else "")
        texts[bool(code.strip("@")) or is_general] += shown
    if not is_general and not any(each in code for each in "0#?"):
        texts = ["", "".join(texts)]
    return FormatSection(code, texts[0], texts[1], condition, color, is_general or code == "@")


def _read_bracket(
    text: str, condition: tuple[str, Decimal] | None, color: str | None
) -> tuple[tuple[str, Decimal] | None, str | None]:
    if match := _CONDITION.fullmatch(text.strip()):
        return (match[1], Decimal(match[2])), color
    return condition, text.strip().lower() if _COLOR.fullmatch(text.strip()) else color


def _currency(bracket: str | None) -> str:
    """Return the sign in a bracket such as '[$€-407]'."""
    return bracket[1:].partition("-")[0] if bracket and bracket.startswith("$") else ""


def _rounded(value: Decimal, places: int) -> Decimal:
    with localcontext(prec=PRECISION):
        return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _plain(value: Decimal) -> str:
    return format(value, "f")


def _count_digits(value: Decimal) -> int:
    """Return how many digits a number has after its decimal sign, without trailing zeros."""
    return len(_plain(value).partition(".")[2].rstrip("0"))
