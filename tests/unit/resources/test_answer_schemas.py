"""Each disclosure of each framework: answers of every kind that its letters accept, and answers that it refuses."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from gri_builder.model.framework import ANSWER_KINDS, AnswerKind, Disclosure, Requirement
from gri_builder.resources.frameworks import framework_ids, load_framework, shared_schemas

ANSWERS: Mapping[AnswerKind, Any] = {
    "text": "We meter it every month.",
    "figure": "energy-total",
    "list": ["The first item.", "The second item."],
    "table": {"columns": ["Site", "MWh"], "rows": [["North", 7], ["South", 5]]},
}
"""An answer of each kind but a choice, which depends on the letter."""
EXPLAINED = {"reason": "not-applicable", "explanation": "We have no sites of that kind."}
EVERY = [(framework, code) for framework in framework_ids() for code in load_framework(framework).disclosures]


@cache
def registry(framework: str) -> Registry[Any]:
    resources = [(uri, Resource.from_contents(schema)) for uri, schema in shared_schemas(framework).items()]
    return Registry().with_resources(resources)


def faults(framework: str, disclosure: Disclosure, answer: Any) -> list[tuple[str, str]]:
    """Return keyword and place of each fault that the schema finds in an answer."""
    errors = Draft202012Validator(dict(disclosure.schema), registry=registry(framework)).iter_errors(answer)
    return [(error.validator, "".join(f"/{step}" for step in error.absolute_path)) for error in errors]


def answer_of(requirement: Requirement, kind: AnswerKind) -> Any:
    return requirement.choices[-1] if kind == "choice" else ANSWERS[kind]


def whole(disclosure: Disclosure, answers: Mapping[str, Any]) -> Any:
    """Return the answer by letter; that of a disclosure without letters stands alone."""
    return answers[""] if "" in answers else dict(answers)


@pytest.mark.parametrize(("framework", "code"), EVERY)
def test_every_kind_that_a_letter_accepts_is_valid(framework: str, code: str) -> None:
    disclosure = load_framework(framework).disclosures[code]
    assert disclosure.requirements
    for requirement in disclosure.requirements:
        for kind in requirement.kinds:
            answer = whole(disclosure, {requirement.part: {kind: answer_of(requirement, kind)}})
            assert faults(framework, disclosure, answer) == [], (requirement.part, kind)
    assert faults(framework, disclosure, "All of it in words.") == []


@pytest.mark.parametrize(("framework", "code"), EVERY)
def test_every_kind_that_a_letter_does_not_accept_is_refused(framework: str, code: str) -> None:
    disclosure = load_framework(framework).disclosures[code]
    for requirement in disclosure.requirements:
        place = f"/{requirement.part}" if requirement.part else ""
        for kind in set(ANSWER_KINDS) - set(requirement.kinds):
            answer = whole(disclosure, {requirement.part: {kind: "perhaps" if kind == "choice" else ANSWERS[kind]}})
            assert ("additionalProperties", place) in faults(framework, disclosure, answer), (requirement.part, kind)
        if "choice" in requirement.kinds:
            answer = whole(disclosure, {requirement.part: {"choice": "perhaps"}})
            assert faults(framework, disclosure, answer) == [("enum", f"{place}/choice")]


@pytest.mark.parametrize(("framework", "code"), EVERY)
def test_letters_and_items_that_it_has_may_be_omitted_and_no_others(framework: str, code: str) -> None:
    disclosure = load_framework(framework).disclosures[code]
    lettered = [requirement for requirement in disclosure.requirements if requirement.part]
    items = [f"{each.part}-{item.part}" for each in lettered for item in each.items]
    for part in (*(each.part for each in lettered), *items):
        answer = {"omissions": [{"part": part, **EXPLAINED}]}
        assert faults(framework, disclosure, answer) == [], part
    for part in ("z", "a-xx", *([] if lettered else ["a"])):
        answer = {"omissions": [{"part": part, **EXPLAINED}]}
        assert ("pattern", "/omissions/0/part") in faults(framework, disclosure, answer), part
    unknown = {"omissions": [{"reason": "not-material", "explanation": "It is not material."}]}
    assert ("enum", "/omissions/0/reason") in faults(framework, disclosure, unknown)


@pytest.mark.parametrize(("framework", "code"), EVERY)
def test_a_letter_that_it_does_not_have_is_refused(framework: str, code: str) -> None:
    disclosure = load_framework(framework).disclosures[code]
    found = faults(framework, disclosure, {"z": "There is no such letter."})
    assert [keyword for keyword, _ in found] == ["additionalProperties"]
