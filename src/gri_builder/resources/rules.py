"""The records of all rules, read from the data files in `schemas/rules/` when they are first needed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml
from msgspec import Struct, convert

from gri_builder.model.finding import Severity
from gri_builder.model.rule import Rule, Stage
from gri_builder.resources.frameworks import schemas_folder

_Loader: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Record(Struct, forbid_unknown_fields=True):
    """A rule as its file gives it (`schemas/rules.schema.json`)."""

    severity: Severity | list[Severity]
    title: str
    why: str
    bad: str
    good: str
    clause: str | None = None


@cache
def load_rules() -> Mapping[str, Rule]:
    """Return all rules by id, sorted by stage and then by id."""
    return {rule.id: rule for stage in Stage for rule in _read(stage)}


def rules_folder() -> Path:
    """Return the folder of the files, one for each stage."""
    return schemas_folder() / "rules"


def _read(stage: Stage) -> list[Rule]:
    text = (rules_folder() / f"{stage}.yaml").read_text(encoding="utf-8")
    records = convert(yaml.load(text, _Loader), dict[str, _Record])  # noqa: S506 (a safe loader)
    return [_make_rule(id, stage, record) for id, record in sorted(records.items())]


def _make_rule(id: str, stage: Stage, record: _Record) -> Rule:
    severities = (record.severity,) if isinstance(record.severity, Severity) else tuple(record.severity)
    return Rule(
        id=id,
        stage=stage,
        severities=severities,
        title=record.title,
        why=record.why.strip(),
        bad=record.bad.rstrip("\n"),
        good=record.good.rstrip("\n"),
        clause=record.clause,
    )
