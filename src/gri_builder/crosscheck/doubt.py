"""A doubt about a fact: a finding, and the fact whose explanation would answer it."""

from __future__ import annotations

from typing import NamedTuple

from gri_builder.finding import Finding, error, warning
from gri_builder.report import Fact


class Doubt(NamedTuple):
    """A finding about a fact."""

    fact: str
    """Key of the fact."""
    finding: Finding


def false(rule: str, fact: Fact, message: str, hint: str) -> Doubt:
    """Return a doubt about what is arithmetically false."""
    return Doubt(fact.key, error(rule, message, fact.where, hint))


def doubtful(rule: str, fact: Fact, message: str, hint: str) -> Doubt:
    """Return a doubt about what may be right, but needs a word."""
    return Doubt(fact.key, warning(rule, message, fact.where, hint))
