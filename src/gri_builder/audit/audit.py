"""PDF to judgement: read a finished PDF, ours or anyone's, and judge what it claims."""

from __future__ import annotations

from pathlib import Path

from gri_builder.audit.sandbox import audit_in_sandbox, trace_in_sandbox
from gri_builder.model.audit_result import AuditResult
from gri_builder.model.finding import Result
from gri_builder.model.provenance import Ledger


def audit_pdf(file: Path, password: str | None = None, option: str | None = None) -> Result[AuditResult]:
    """Read a PDF and judge what it claims; without a value where nothing of it can be read.

    A PDF of ours is judged against the index and the data that it carries, anyone else's by its content index. The
    coverage is judged by `option`, an id of the framework, else by the option that the PDF claims. A file made to do
    harm takes no more than the guard allows. Raises OSError where the file can't be read.
    """
    with file.open("rb"):
        return audit_in_sandbox(file, password, option)


def trace_pdf(file: Path, password: str | None = None) -> Result[Ledger]:
    """Return the ledger that a PDF of ours carries: its facts, each with its source and the places that print it.

    Without a value where there is none. It is what the PDF says of itself; `audit_pdf` judges whether that holds.
    Raises OSError where the file can't be read.
    """
    with file.open("rb"):
        return trace_in_sandbox(file, password)
