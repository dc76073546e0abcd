"""Which page as built each present page is, by the hashes of their content."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher


def align_pages(built: Sequence[str], present: Sequence[str]) -> tuple[int, ...]:
    """Return the number as built of each present page; for an added page, minus its present number.

    Pages keep their order where it can be; what was taken out at one place and put in at another was moved. A page
    with other content is the one that was built in its place.
    """
    numbers: dict[int, int] = {}
    gone, new = list[int](), list[int]()
    for kind, start, end, first, stop in SequenceMatcher(None, built, present, autojunk=False).get_opcodes():
        if kind in ("equal", "replace"):
            numbers.update(zip(range(first, stop), range(start, end), strict=False))
        shared = min(end - start, stop - first) if kind in ("equal", "replace") else 0
        gone += range(start + shared, end)
        new += range(first + shared, stop)
    _move(numbers, gone, new, built, present)
    return tuple(numbers[place] + 1 if place in numbers else -place - 1 for place in range(len(present)))


def _move(
    numbers: dict[int, int], gone: list[int], new: list[int], built: Sequence[str], present: Sequence[str]
) -> None:
    """Find pages that are in another place: also those that were paired only because nothing else was there."""
    paired = [(place, number) for place, number in numbers.items() if present[place] != built[number]]
    free = {number: built[number] for number in [*gone, *(number for _, number in paired)]}
    waiting = [*new, *(place for place, _ in paired)]
    for place in waiting:
        number = next((number for number, content in free.items() if content == present[place]), None)
        if number is None:
            continue
        held = next((other for other, taken in numbers.items() if taken == number), None)
        given_up = numbers.get(place)
        numbers[place] = number
        del free[number]
        if held is not None and held != place:
            if given_up is not None and given_up in free:
                numbers[held] = given_up
            else:
                del numbers[held]
