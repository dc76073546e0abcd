"""Rules: each rule that the code reports has a record, a true severity and a case; the reference is up to date."""

from __future__ import annotations

import ast
import json
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from gri_builder.audit.rules import runner
from gri_builder.model.finding import Severity
from gri_builder.model.rule import Rule, Stage
from gri_builder.reporters.rules.markdown import write_rules_reference
from gri_builder.resources.frameworks import schemas_folder
from gri_builder.resources.rules import load_rules, rules_folder
from tests.support.paths import ROOT, TESTS
from tests.support.report_folders import CASES, judge, lay_out

RULES = load_rules()
SEVERITIES = {
    "error": Severity.ERROR,
    "inconsistent": Severity.ERROR,
    "warning": Severity.WARNING,
    "implausible": Severity.WARNING,
    "unexplained": Severity.WARNING,
    "warn": Severity.WARNING,
}
"""Functions that make a finding, and its severity."""
ID = re.compile(r"[a-z]+(-[a-z0-9]+)*")
PAGE = ROOT / "docs" / "reference" / "rules.md"
COMPOSED = {"missing-disclosure", "missing-indicator", "missing-management-approach"}
"""Rules whose ids the code composes of words."""


@cache
def parsed() -> tuple[ast.Module, ...]:
    files = sorted((ROOT / "src" / "gri_builder").rglob("*.py"))
    return tuple(ast.parse(file.read_text(encoding="utf-8")) for file in files)


@cache
def rule_parameters() -> dict[str, int]:
    """Return the functions and classes of the code that take a rule, each with the position of that argument."""
    found = {}
    for node in (node for tree in parsed() for node in ast.walk(tree)):
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args if argument.arg not in ("self", "cls")]
        elif isinstance(node, ast.ClassDef):
            names = [ast.unparse(field.target) for field in node.body if isinstance(field, ast.AnnAssign)]
        else:
            continue
        if "rule" in names:
            found[node.name] = names.index("rule")
    return found


def calls() -> Iterator[tuple[str, str]]:
    """Yield function and rule of each call in the code that names a rule."""
    for node in (node for tree in parsed() for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        position = rule_parameters().get(name, len(node.args))
        given = [*node.args[position : position + 1], *(each.value for each in node.keywords if each.arg == "rule")]
        for value in given:
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and ID.fullmatch(value.value):
                yield name, value.value


def texts() -> set[str]:
    return {
        node.value
        for tree in parsed()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and ID.fullmatch(node.value)
    }


@pytest.mark.parametrize("stage", Stage)
def test_records_are_complete(stage: Stage) -> None:
    schema = json.loads((schemas_folder() / "rules.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    file = rules_folder() / f"{stage}.yaml"
    Draft202012Validator(schema).validate(yaml.safe_load(file.read_text(encoding="utf-8")))


def test_no_record_without_a_stage_and_none_twice() -> None:
    assert {file.stem for file in rules_folder().iterdir()} == set(Stage)
    ids = [id for file in rules_folder().iterdir() for id in yaml.safe_load(file.read_text(encoding="utf-8"))]
    assert sorted(ids) == sorted(RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_examples_differ(rule: Rule) -> None:
    assert rule.bad != rule.good


def test_each_rule_of_the_code_has_a_record() -> None:
    assert {rule for _, rule in calls()} - RULES.keys() == set()


def test_each_rule_of_an_audit_has_its_record_there() -> None:
    audited = {*runner.GRI_BUILDER_RULES, *runner.THIRD_PARTY_RULES}
    assert [id for id in sorted(audited) if RULES[id].stage is not Stage.AUDIT] == []


def test_each_record_is_of_a_rule_of_the_code() -> None:
    assert RULES.keys() - texts() - COMPOSED == set()


def test_severities_are_those_of_the_code() -> None:
    wrong = [
        (name, rule) for name, rule in calls() if name in SEVERITIES and SEVERITIES[name] not in RULES[rule].severities
    ]
    assert wrong == []


@pytest.mark.parametrize("case", sorted((CASES / "invalid").iterdir()), ids=lambda path: path.name)
def test_findings_of_the_cases_follow_the_records(case: Path, tmp_path: Path) -> None:
    _, findings = judge(lay_out(case, tmp_path / "report"))
    assert [each for each in findings if each.severity not in RULES[each.rule].severities] == []


def test_each_rule_has_a_case_or_a_test() -> None:
    files = [file for file in TESTS.rglob("*") if file.suffix in (".py", ".txt", ".yaml", ".md", ".expected")]
    words: set[str] = set()
    for file in files:
        if file != Path(__file__) and "golden" not in file.parts:
            words.update(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", file.read_text(encoding="utf-8", errors="replace")))
    assert RULES.keys() - words == set()


def test_the_reference_is_up_to_date() -> None:
    text = write_rules_reference(tuple(RULES.values()))
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(text, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == text, "run: python docs/make_rules.py"
