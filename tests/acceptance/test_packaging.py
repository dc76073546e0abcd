"""What the package says of itself, and what others find in the repository."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
import yaml

from gri_builder._version import VERSION
from tests.support.paths import ROOT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
WORKFLOW: dict[str, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text("utf-8"))


def test_hosted_ci_runs_every_supported_python() -> None:
    named = {text.rpartition(" ")[2] for text in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", text)}
    assert set(WORKFLOW["jobs"]["test"]["strategy"]["matrix"]["python"]) == named
    assert min(named, key=lambda text: int(text[2:])) == PROJECT["requires-python"].removeprefix(">=")


def test_hosted_ci_runs_the_script_that_runs_everywhere() -> None:
    assert any(".ci/run" in step.get("run", "") for step in WORKFLOW["jobs"]["test"]["steps"])


def test_dependencies_before_version_1_have_an_upper_bound() -> None:
    """A 0.x release may break anything (semantic versioning, 4)."""
    open_ended = [text for text in PROJECT["dependencies"] if ">=0." in text and "<" not in text]
    assert open_ended == []


def test_the_hook_calls_a_command_of_the_program() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert hook["entry"] == "gri-builder validate"
    assert "gri-builder" in PROJECT["scripts"]


@pytest.mark.parametrize(
    "name", ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "RELEASING.md", "SECURITY.md", "LICENSE"]
)
def test_a_file_that_people_look_for_is_there(name: str) -> None:
    assert (ROOT / name).stat().st_size > 500


def test_the_changelog_starts_with_what_is_not_released() -> None:
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == "Unreleased"
    released = re.match(r"[\d.]+", headings[1])
    assert released and read_version(VERSION) >= read_version(released.group())


def read_version(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(".")))
