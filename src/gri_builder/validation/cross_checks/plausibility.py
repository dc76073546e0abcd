"""Results of cross-checks: a finding, and the fact whose explanation resolves it."""

from __future__ import annotations

import json
from typing import NamedTuple

from gri_builder.model.facts import Fact
from gri_builder.model.finding import Finding, error, warning


class CrossCheckResult(NamedTuple):
    """A finding about a fact."""

    fact: str
    """Key of the fact."""
    finding: Finding


def inconsistent(rule: str, fact: Fact, message: str, hint: str) -> CrossCheckResult:
    """Return an error for a value that contradicts other values, or can't exist."""
    return CrossCheckResult(fact.key, error(rule, message, fact.where, hint))


def implausible(rule: str, fact: Fact, message: str, hint: str) -> CrossCheckResult:
    """Return a warning for a value that may be right, but requires an explanation; the hint ends with a template."""
    return unexplained(rule, fact, message, f"{hint}; if it is right, say why: {_explanation_template(rule, fact)}")


def unexplained(rule: str, fact: Fact, message: str, hint: str) -> CrossCheckResult:
    """Return a warning that a note on the series resolves, as the hint says."""
    return CrossCheckResult(fact.key, warning(rule, message, fact.where, hint))


def _explanation_template(rule: str, fact: Fact) -> str:
    """Return the YAML of an explanation of the fact, to be filled in."""
    members = f", members: {json.dumps(fact.members, ensure_ascii=False)}" if fact.members else ""
    entry = f"rule: {rule}, period: {fact.period}{members}, value: {fact.value:f}, because: …, by: …"
    return f"explanations: [{{{entry}}}]"
