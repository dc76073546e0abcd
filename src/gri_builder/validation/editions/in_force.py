"""Answers to disclosures that are not in force on the day on which the report is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from gri_builder.model.finding import Finding, warning
from gri_builder.model.framework import Disclosure, Framework, split_id
from gri_builder.model.report import Answer


def check_in_force(answers: Iterable[Answer], framework: Framework, published: date | None) -> Iterator[Finding]:
    """Yield a finding for each answer to a disclosure that is no longer, or not yet, in force on the day."""
    for answer in answers if published else ():
        disclosure = framework.disclosures.get(split_id(answer.id)[0])
        if disclosure and published and not framework.has_in_force(disclosure, published):
            yield _describe(answer, disclosure, published)


def _describe(answer: Answer, disclosure: Disclosure, published: date) -> Finding:
    of = f"{disclosure.label} of {disclosure.standard or 'the framework'}"
    until = disclosure.in_force_until
    if until and until < published:
        message = f"{of} was in force for reports published up to {until}; this one is published on {published}"
        return warning("not-in-force", message, answer.where, "answer the disclosures that replaced it", answer.id)
    message = f"{of} is in force for reports published from {disclosure.in_force_from} on, and is used early here"
    hint = "it may be used early; answer what is in force until then too"
    return warning("not-in-force", message, answer.where, hint, answer.id)
