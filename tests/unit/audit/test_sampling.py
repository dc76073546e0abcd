"""A sample is random, reproducible, and the same whatever the order of the population."""

from __future__ import annotations

import hashlib
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gri_builder.audit.sampling import draw_sample
from gri_builder.model.audit_result import AuditClaim, AuditResult, Reference
from gri_builder.model.audit_sample import AuditFact, FactPlace, Sample
from tests.support.made_audits import make_audit


def population(claims: int, facts: int) -> AuditResult:
    """Return an audit with that many claims and facts."""
    return make_audit(
        claims=tuple(AuditClaim(f"G4-{n}", f"G4-{n}", f"G4-{n}", 1) for n in range(1, claims + 1)),
        facts=tuple(AuditFact(f"energy[{n}]", "Energy", f"{n} GJ", (FactPlace(3, f"{n} GJ"),)) for n in range(facts)),
    )


def draw(audit: AuditResult, size: int, seed: int | None = 7, stratified: bool = False) -> Sample:
    sample = draw_sample(audit, size, seed, stratified).sample
    assert sample
    return sample


def keys(sample: Sample) -> list[tuple[str, str]]:
    return [(item.kind, item.key) for item in sample.items]


def test_the_items_with_the_smallest_hashes_are_drawn() -> None:
    """As anyone can calculate it: SHA-256 of seed, kind and key, separated by line feeds."""
    audit = population(40, 200)
    everything = [("claim", key) for key in audit.claim_keys] + [("fact", fact.key) for fact in audit.facts]
    expected = sorted(everything, key=lambda item: hashlib.sha256("\n".join(("7", *item)).encode()).digest())
    assert keys(draw(audit, 25)) == expected[:25]
    assert keys(draw(audit, 3)) == [("fact", "energy[20]"), ("fact", "energy[177]"), ("fact", "energy[186]")]


def test_size_seed_and_population_are_stated() -> None:
    sample = draw(population(40, 200), 25)
    assert (sample.size, sample.seed, sample.claims, sample.facts, sample.population) == (25, 7, 40, 200, 240)
    assert len(set(keys(sample))) == 25
    assert [population(40, 200).facts[item.place].key for item in sample.items if item.kind == "fact"] == [
        item.key for item in sample.items if item.kind == "fact"
    ]


def test_another_seed_draws_another_sample() -> None:
    assert keys(draw(population(40, 200), 25, 8)) != keys(draw(population(40, 200), 25, 7))


def test_without_a_seed_it_follows_from_the_file() -> None:
    audit = population(9, 9)
    assert draw(audit, 4, None).seed == int(audit.sha256[:8], 16)
    other = replace(audit, sha256="f" * 64)
    assert draw(other, 4, None).seed == 0xFFFFFFFF


@given(st.permutations(range(12)))
@settings(max_examples=20)
def test_the_order_of_the_items_does_not_matter(order: list[int]) -> None:
    audit = population(12, 12)
    moved = replace(
        audit, claims=tuple(audit.claims[n] for n in order), facts=tuple(audit.facts[n] for n in reversed(order))
    )
    assert keys(draw(moved, 9)) == keys(draw(audit, 9))


def test_a_new_item_changes_no_other() -> None:
    before, after = keys(draw(population(40, 200), 25)), keys(draw(population(40, 201), 25))
    assert len(set(before) & set(after)) >= 24


def test_all_are_drawn_where_there_are_fewer() -> None:
    assert len(draw(population(3, 2), 25).items) == 5
    assert draw(population(0, 0), 25).items == ()


@pytest.mark.parametrize(
    ("claims", "facts", "size", "expected"),
    [(40, 200, 24, (4, 20)), (1, 500, 10, (1, 9)), (500, 1, 2, (1, 1)), (3, 500, 1, (0, 1)), (0, 9, 4, (0, 4)),
     (9, 0, 4, (4, 0)), (2, 2, 9, (2, 2)), (5, 5, 3, (2, 1))],
)  # fmt: skip
def test_strata_in_proportion(claims: int, facts: int, size: int, expected: tuple[int, int]) -> None:
    sample = draw(population(claims, facts), size, stratified=True)
    assert (sample.count("claim"), sample.count("fact")) == expected
    assert [item.kind for item in sample.items] == ["claim"] * expected[0] + ["fact"] * expected[1]


def test_each_item_has_the_same_chance() -> None:
    """Over 600 seeds, each of 20 items is drawn in 5 of 20 about 150 times."""
    audit = population(10, 10)
    counts = Counter(key for seed in range(600) for key in keys(draw(audit, 5, seed)))
    assert len(counts) == 20
    assert all(110 < count < 190 for count in counts.values()), counts


def test_claims_that_are_listed_twice_are_two_items() -> None:
    twice = AuditClaim("G4-9", "G4-9", "G4-9", 1, (Reference("4", (4,)),))
    audit = make_audit(claims=(twice, replace(twice, references=(Reference("5", (5,)),)), twice))
    assert audit.claim_keys == ("G4-9 4", "G4-9 5", "G4-9 4 #2")
    assert len(draw(audit, 3).items) == 3
