"""Rules as Markdown: single ones for SARIF, all of them for `docs/reference/rules.md`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from gri_builder.model.rule import Rule, Stage

_STAGES = {
    Stage.SOURCE: "Files and YAML",
    Stage.MARKDOWN: "Markdown",
    Stage.SPREADSHEETS: "CSV files and workbooks",
    Stage.FACTS: "Fact series",
    Stage.INTAKE: "Requests to data owners",
    Stage.VALIDATION: "The report: metadata, theme, pictures, chapters, answers",
    Stage.EDITIONS: "Reports in several languages",
    Stage.CROSS_CHECKS: "Cross-checks",
    Stage.COVERAGE: "Coverage of the claimed option",
    Stage.LAYOUT: "Layout",
    Stage.BUILD: "Writing the files",
    Stage.WAREHOUSE: "Facts from warehouses",
    Stage.SIGN_OFF: "Approvals",
    Stage.REVIEW: "Review copies",
    Stage.BATCH: "Batches of reports from one template",
    Stage.SIGNATURES: "Signatures",
    Stage.SURVEY: "Surveys of many PDFs",
    Stage.PROVENANCE: "Facts over several editions",
    Stage.AUDIT: "Audit of a finished PDF",
}
_OPENING = """# Rules

Every finding names a rule, such as `error[unknown-fact]`. This page lists all rules: what each one checks, why, and an
example. `gri-builder explain RULE` prints the same in a terminal; SARIF files contain it too.

An **error** stops a build, a **warning** or an **info** does not. In a draft (`build --draft`), missing answers are
warnings, and so are references to values, answers, pictures and sections that the report does not have yet: the page
shows a marked gap with the name.

This page is made from the records in `schemas/rules/` by `docs/make_rules.py`.
"""


def write_rules_reference(rules: Sequence[Rule]) -> str:
    """Return the reference of all rules, which are sorted by stage."""
    parts = [_OPENING]
    for stage, members in groupby(rules, key=lambda rule: rule.stage):
        parts.append(f"## {_STAGES[stage]}\n")
        parts += [f"### {rule.id}\n\n{rule.title} ({_severity(rule)}).\n\n{describe_rule(rule)}" for rule in members]
    return "\n".join(parts)


def describe_rule(rule: Rule) -> str:
    """Return why a rule exists, with an example and its clause, as Markdown."""
    text = f"{rule.why}\n\nWrong:\n\n{_fence(rule.bad)}\n\nRight:\n\n{_fence(rule.good)}\n"
    return f"{text}\nRests on {rule.clause}.\n" if rule.clause else text


def _severity(rule: Rule) -> str:
    return " or ".join(severity.value for severity in rule.severities)


def _fence(text: str) -> str:
    """Return an example as a code block, whose fence is longer than any in the example."""
    fence = "````" if "```" in text else "```"
    return f"{fence}text\n{text}\n{fence}"
