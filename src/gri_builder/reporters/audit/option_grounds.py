"""What to say about the option that a PDF claims, and about the sentences that claim it."""

from __future__ import annotations

from gri_builder.model.audit_result import AuditResult
from gri_builder.model.framework import Framework

SHOWN = 2
"""Sentences that are quoted."""


def describe_option(audit: AuditResult, framework: Framework) -> str:
    """Return which option is claimed, as a part of a sentence."""
    option = framework.options.get(audit.claimed_option or "")
    if option:
        return f"claims '{option.name}'"
    return "makes claims of options that differ" if audit.claimed_option_evidence else "claims no option"


def quote_option(audit: AuditResult, most: int = SHOWN) -> str:
    """Return the sentences that claim the option, at most that many; empty if there are none."""
    return "; ".join(f"'{quote.text}' on page {quote.page}" for quote in audit.claimed_option_evidence[:most])
