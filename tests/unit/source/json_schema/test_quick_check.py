"""The quick yes or no of schemas agrees with the reference library, on what people write and on what they may write."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from gri_builder.resources.frameworks import framework_ids, load_framework
from gri_builder.source.json_schema.quick_check import SchemaLibrary, Unquoted
from gri_builder.source.json_schema.reference_check import ReferenceValidator
from gri_builder.source.nodes import SourceFile
from gri_builder.source.schema_check import (
    INVALID,
    Checker,
    disclosure_checker,
    load_checker,
    series_checker,
    shared_file_checker,
    to_plain,
    unit_checker,
)
from gri_builder.source.yaml_recovery import read_yaml
from tests.support.paths import CASES, REPORTS

ODD: tuple[Any, ...] = (
    "", "x", "{{a}}", "2015", "2015-12-31", "2015-02-30", "1850-01-01", "a b", Unquoted("2015-12-31"), Unquoted("yes"),
    0, 1, -1, 10**20, True, False, None, Decimal("1.5"), Decimal("3.0"), INVALID, [], {}, ["x", "x"], [1, 1], [INVALID],
)  # fmt: skip


def judge(checker: Checker, value: Any) -> tuple[bool | None, bool]:
    """Return what the quick check and the reference library say."""
    assert checker._matches is not None
    reference = ReferenceValidator(checker._schema, checker._library.schemas)
    return checker._matches(value), next(reference.iter_errors(value), None) is None


@cache
def written() -> list[tuple[Checker, Any]]:
    """Return the values in the YAML files of all cases and samples, with the schemas that they are checked against."""
    return [pair for folder in (CASES, REPORTS) for file in sorted(folder.rglob("*.yaml")) for pair in read_pairs(file)]


def read_pairs(file: Path) -> Iterator[tuple[Checker, Any]]:
    node, _ = read_yaml(SourceFile(file.name, file.read_text("utf-8", errors="replace")))
    plain = {key: to_plain(entry.value) for key, entry in node.entries.items()}
    if file.name == "report.yaml":
        yield load_checker("report"), plain
    elif file.parent.name == "figures":
        yield from (
            (unit_checker() if file.name == "units.yaml" else series_checker(), each) for each in plain.values()
        )
        files = plain.get("files")
        yield from ((shared_file_checker(), each) for each in (files if isinstance(files, list) else ()))
    elif file.parent.name == "disclosures":
        disclosures = load_framework("gri-2021" if "2021" in str(file) else "gri-g4").disclosures
        for code, value in plain.items():
            if code in disclosures:
                yield disclosure_checker("gri-2021" if "2021" in str(file) else "gri-g4", disclosures[code]), value


def test_every_schema_of_reports_is_checked_quickly() -> None:
    checkers = [load_checker(name) for name in ("report", "figures", "units", "collected", "connections")]
    checkers += [unit_checker(), series_checker(), shared_file_checker()]
    for id in framework_ids():
        checkers += [disclosure_checker(id, each) for each in load_framework(id).disclosures.values()]
    assert len(checkers) > 300
    assert all(checker._matches for checker in checkers)


def test_agrees_on_all_cases() -> None:
    found = [judge(checker, value) for checker, value in written()]
    assert len(found) > 1000
    assert {True, False} == {quick for quick, _ in found}
    assert [quick for quick, _ in found] == [reference for _, reference in found]


@given(st.integers(0, 2**32))
def test_agrees_on_changed_values(seed: int) -> None:
    dice = Random(seed)
    for _ in range(10):
        checker, value = dice.choice(written())
        changed = change(copy.deepcopy(value), checker, dice)
        quick, reference = judge(checker, changed)
        assert quick == reference, (checker._schema.get("title"), changed)


def change(value: Any, checker: Checker, dice: Random) -> Any:
    """Return a value with one change somewhere in it: a part replaced, removed or added."""
    inner = list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    if inner and dice.random() < 0.75:
        place = dice.choice(inner)
        value[place] = change(value[place], checker, dice)
        return value
    if isinstance(value, dict) and dice.random() < 0.6:
        names = [*checker._schema.get("properties", {}), "unknown", "a", "members", "reference", "omit", *inner]
        if inner and dice.random() < 0.4:
            del value[dice.choice(inner)]
        else:
            value[dice.choice(names)] = dice.choice((*ODD, *value.values()))
        return value
    return copy.copy(dice.choice(ODD))


@pytest.mark.parametrize(
    "schema",
    [
        {"prefixItems": [{"type": "string"}]},
        {"properties": {"a": {"multipleOf": 2}}},
        {"enum": [[1]]},
        {"format": "email"},
        {"$ref": "#/$defs/absent"},
        {"$ref": "other.json#/$defs/text"},
    ],
)
def test_a_keyword_that_is_not_known_is_left_to_the_reference_library(schema: dict[str, Any]) -> None:
    assert SchemaLibrary({}).compile(schema) is None


def test_a_part_may_contain_itself() -> None:
    tree = {"$ref": "#/$defs/tree", "$defs": {"tree": {"type": "array", "items": {"$ref": "#/$defs/tree"}}}}
    matches = SchemaLibrary({}).compile(tree)
    assert matches is not None
    assert matches([[], [[]]]) and not matches([[], ["x"]])
