"""Labels in a column: each as near as possible to its place, in their order, and apart from each other."""

from __future__ import annotations

from collections.abc import Sequence


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float] | None:
    """Return the middles of labels of those heights, from low to high, near the wanted ones, which ascend.

    Labels that would overlap become one block around the mean of what they want; None if there is no space for all.
    """
    if sum(sizes) > high - low + 0.01:
        return None
    blocks: list[tuple[float, float, int]] = []  # lower end, height, number of labels
    means: list[float] = []
    for want, size in zip(wanted, sizes, strict=True):
        start, height, count = want - size / 2, size, 1
        means.append(start)
        while True:
            start = min(max(means[-1], low), high - height)
            if not blocks or blocks[-1][0] + blocks[-1][1] <= start + 1e-9:
                break
            _, below, others = blocks.pop()
            mine, other = means.pop(), means.pop()
            means.append((other * others + (mine - below) * count) / (others + count))
            height, count = below + height, others + count
        blocks.append((start, height, count))
    return list(_middles(blocks, sizes))


def _middles(blocks: Sequence[tuple[float, float, int]], sizes: Sequence[float]) -> list[float]:
    places, n = list[float](), 0
    for start, _, count in blocks:
        for size in sizes[n : n + count]:
            places.append(start + size / 2)
            start += size
        n += count
    return places
