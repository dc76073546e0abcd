"""Audit a finished PDF, from gri-builder or from another program: read it and check what it claims."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from gri_builder.audit.pictures.passages import list_passages
from gri_builder.audit.sandbox import Limits, audit_in_sandbox, render_in_sandbox, trace_in_sandbox
from gri_builder.model.audit_result import AuditResult, Passage, Picture
from gri_builder.model.finding import Result
from gri_builder.model.provenance import Ledger

DEFAULT = Limits()


def audit_pdf(
    file: Path, password: str | None = None, option: str | None = None, limits: Limits = DEFAULT
) -> Result[AuditResult]:
    """Read a PDF and judge what it claims; without a value where nothing of it can be read.

    A gri-builder PDF is compared with its embedded data; a third-party PDF is judged by its content index. The
    coverage is judged by `option`, an id of the framework, else by the option that the PDF claims. Reading it
    takes no more time and memory than the limits allow. Raises OSError where the file can't be read.
    """
    with file.open("rb"):
        return audit_in_sandbox(file, password, option, limits)


def picture_passages(
    file: Path, audit: AuditResult, password: str | None = None, limits: Limits = DEFAULT
) -> Result[Mapping[Passage, Picture]]:
    """Return pictures of the passages that the audit of a PDF relies on, as far as they are found on its pages.

    Raises OSError where the file can't be read.
    """
    passages = list_passages(audit)
    rendered = render_in_sandbox(file, password, passages, limits)
    pairs = zip(passages, rendered.value or (), strict=False)
    return Result({passage: picture for passage, picture in pairs if picture}, rendered.findings)


def trace_pdf(file: Path, password: str | None = None, limits: Limits = DEFAULT) -> Result[Ledger]:
    """Return the ledger embedded in a gri-builder PDF: its facts, each with its source and the places that print it.

    The value is None if the PDF embeds no ledger. The ledger is what the PDF states; `audit_pdf` checks it.
    Raises OSError where the file can't be read.
    """
    with file.open("rb"):
        return trace_in_sandbox(file, password, limits)
