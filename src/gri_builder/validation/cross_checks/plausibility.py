"""A doubt about a fact: a finding, and the fact whose explanation would answer it."""

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
    """Return a doubt about what is arithmetically false."""
    return CrossCheckResult(fact.key, error(rule, message, fact.where, hint))


def implausible(rule: str, fact: Fact, message: str, hint: str) -> CrossCheckResult:
    """Return a doubt about what may be right, but needs a word; the hint ends with how to say it."""
    return unexplained(rule, fact, message, f"{hint}; if it is right, say why: {_explain(rule, fact)}")


def unexplained(rule: str, fact: Fact, message: str, hint: str) -> CrossCheckResult:
    """Return a doubt for which a note of the series is word enough, as the hint says."""
    return CrossCheckResult(fact.key, warning(rule, message, fact.where, hint))


def _explain(rule: str, fact: Fact) -> str:
    """Return how a fact is explained in the data of its series, to be filled in."""
    members = f", members: {json.dumps(fact.members, ensure_ascii=False)}" if fact.members else ""
    entry = f"rule: {rule}, period: {fact.period}{members}, value: {fact.value:f}, because: …, by: …"
    return f"explanations: [{{{entry}}}]"
