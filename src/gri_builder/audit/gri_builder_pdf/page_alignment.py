"""Which page as built each present page is, by the hashes of their content."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
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


def list_moved(numbers: Sequence[int]) -> Iterator[int]:
    """Yield the present pages that are in another order than they were built, as few as can be; both of two swapped."""
    kept = [(place, number) for place, number in enumerate(numbers, 1) if number > 0]
    order = [number for _, number in kept]
    if order == sorted(order):
        return
    stays, expected = _find_longest_run(order), sorted(order)
    for index, (place, number) in enumerate(kept):
        partner = order.index(expected[index])
        is_swapped = expected[partner] == number and partner not in stays
        if number != expected[index] and (index not in stays or is_swapped):
            yield place


def _find_longest_run(order: Sequence[int]) -> frozenset[int]:
    """Return the indexes of the longest rising run of numbers, with gaps."""
    lasts: list[int] = []
    before: dict[int, int | None] = {}
    for index, number in enumerate(order):
        length = bisect_left([order[last] for last in lasts], number)
        before[index] = lasts[length - 1] if length else None
        lasts[length : length + 1] = [index]
    found, index_ = set[int](), lasts[-1] if lasts else None
    while index_ is not None:
        found.add(index_)
        index_ = before[index_]
    return frozenset(found)
