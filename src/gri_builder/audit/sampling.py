"""Draws a reproducible sample of the claims and facts of an audit, for an auditor's own procedures (ISAE 3000).

Each item has a permanent random number: the SHA-256 of seed, kind and key. The items with the smallest numbers are
the sample. So it is a simple random sample without replacement that depends neither on the machine nor on the order of
the items, and on the next draft of a report the same seed draws the same items, except for those that are new or gone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from msgspec.structs import replace

from gri_builder.model.audit_result import AuditResult
from gri_builder.model.audit_sample import ItemKind, Sample, SampleItem

SEED_DIGITS = 8
"""Hexadecimal digits of the PDF's SHA-256 that are the seed if none is given."""


def draw_sample(audit: AuditResult, size: int, seed: int | None = None, stratified: bool = False) -> AuditResult:
    """Return the audit with a sample of `size` of its claims and facts, or of all if there are fewer.

    Without a seed, the PDF's SHA-256 gives one, which nobody can know before the file is final. `stratified` draws
    claims and facts separately, each in proportion to its share of the population.
    """
    chosen = int(audit.sha256[:SEED_DIGITS], 16) if seed is None else seed
    keys: dict[ItemKind, Sequence[str]] = {"claim": audit.claim_keys, "fact": [fact.key for fact in audit.facts]}
    ordered = {kind: _order(kind, keys[kind], chosen) for kind in keys}
    if stratified:
        claims, facts = _allocate(size, len(keys["claim"]), len(keys["fact"]))
        drawn = [*ordered["claim"][:claims], *ordered["fact"][:facts]]
    else:
        drawn = sorted((*ordered["claim"], *ordered["fact"]), key=lambda item: item[:3])[:size]
    items = tuple(item for _, _, _, item in drawn)
    return replace(audit, sample=Sample(size, chosen, stratified, len(keys["claim"]), len(keys["fact"]), items))


_Numbered = tuple[bytes, str, str, SampleItem]
"""An item behind its random number, its kind and its key."""


def _order(kind: ItemKind, keys: Sequence[str], seed: int) -> list[_Numbered]:
    """Return the items of a kind in the order of their random numbers."""
    items = [(_number(seed, kind, key), kind, key, SampleItem(kind, key, place)) for place, key in enumerate(keys)]
    return sorted(items, key=lambda item: item[:3])


def _number(seed: int, kind: ItemKind, key: str) -> bytes:
    return hashlib.sha256(f"{seed}\n{kind}\n{key}".encode(errors="replace")).digest()


def _allocate(size: int, claims: int, facts: int) -> tuple[int, int]:
    """Return how many claims and facts to draw: in proportion, and at least one of each if possible."""
    size = min(size, claims + facts)
    if not size:
        return 0, 0
    wanted = (2 * size * claims + claims + facts) // (2 * (claims + facts))
    least, most = max(size - facts, 0), min(size, claims)
    if claims and facts and size > 1:
        least, most = max(least, 1), min(most, size - 1)
    chosen = min(max(wanted, least), most)
    return chosen, size - chosen
