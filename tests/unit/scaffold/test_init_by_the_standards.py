"""New report folders by other frameworks than the first: their words, and nothing but answers missing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from gri_builder.audit.audit import audit_pdf
from gri_builder.cli.main import main
from gri_builder.model.finding import Severity
from gri_builder.pipeline.build import build_report, load_and_check
from gri_builder.resources.frameworks import framework_ids, load_framework
from gri_builder.scaffold.init import init_report
from tests.support.report_folders import write_own_texts

FRAMEWORK = load_framework("gri-2021")
BEGINNINGS: dict[str, dict[str, Any]] = {
    "bare": {"year": "2023"},
    "topics": {"year": "2023", "aspects": ["Emissions", "water and effluents", "waste", "effluents-and-waste"]},
    "later": {"year": "2026", "aspects": ["biodiversity", "climate-change"]},
    "reference": {"year": "2023", "option": "with-reference", "aspects": ["emissions"]},
    "sector": {"year": "2023", "sector": "Oil and gas", "aspects": ["11.1", "11.10", "energy"]},
}


def fill(folder: Path) -> None:
    """Answer each letter of each stub in words, and decide on the topics of the sector."""
    for file in (folder / "disclosures").glob("*.yaml"):
        text = re.sub(r"(?m)^# (\S+:)$", r"\1", file.read_text("utf-8"))
        file.write_text(re.sub(r"(?m)^# (  [a-z]+:)$", r"\1 One line of words.", text), encoding="utf-8")
    report = folder / "report.yaml"
    text = re.sub(r"(?m)^# (assessed_topics:|  - topic: .*)$", r"\1", report.read_text("utf-8"))
    report.write_text(re.sub(r"(?m)^# (    reason: )…$", r"\1No site of ours has it.", text), encoding="utf-8")


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_only_answers_are_missing(kind: str, tmp_path: Path) -> None:
    init_report(tmp_path / "acme", FRAMEWORK, **BEGINNINGS[kind])
    examined = load_and_check(tmp_path / "acme")
    assert examined.value is not None
    missing = [each for each in examined.findings if each.rule != "to-fill-in"]
    assert tuple(missing) == examined.value.coverage.findings


@pytest.mark.parametrize("kind", ["topics", "later", "reference", "sector"])
def test_filled_stubs_build_and_audit_clean(kind: str, tmp_path: Path) -> None:
    init_report(tmp_path / "acme", FRAMEWORK, **BEGINNINGS[kind])
    fill(tmp_path / "acme")
    write_own_texts(tmp_path / "acme")
    built = build_report(tmp_path / "acme", tmp_path / "out")
    assert [each for each in built.findings if each.severity is not Severity.INFO] == []
    assert built.value and BEGINNINGS[kind].get("option", "in-accordance") in built.value.coverage.met
    assert audit_pdf(built.value.files[0]).findings == ()


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_words_are_those_of_the_framework(kind: str, tmp_path: Path) -> None:
    init_report(tmp_path / "acme", FRAMEWORK, **BEGINNINGS[kind])
    texts = [file.read_text("utf-8") for file in (tmp_path / "acme").rglob("*.yaml")]
    assert not any(re.search(r"\bAspects?\b|\bIndicators?\b|\bG4\b", text) for text in texts)
    assert not any(re.search(r"(?m)^# [^:]*@", text) for text in texts if "306-3" not in text)


def test_a_sector_by_its_name_in_running_text(tmp_path: Path) -> None:
    argv = ["init", str(tmp_path / "acme-2023"), "--framework", "gri-2021", "--sector", "Oil and gas"]
    assert main(argv) == 0
    assert "sector: oil-and-gas" in (tmp_path / "acme-2023" / "report.yaml").read_text("utf-8")


def test_an_unknown_framework(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path / "new"), "--framework", "gri-2012"]) == 2
    assert "'gri-2012' is not a framework; did you mean" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("id", framework_ids())
def test_every_framework_can_be_started(id: str, tmp_path: Path) -> None:
    init_report(tmp_path / "acme", load_framework(id), aspects=["energy", "employment"])
    examined = load_and_check(tmp_path / "acme")
    assert examined.value is not None
    missing = [each for each in examined.findings if each.rule != "to-fill-in"]
    assert tuple(missing) == examined.value.coverage.findings
