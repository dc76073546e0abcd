"""PDF to judgement: read a finished PDF, ours or anyone's, and judge what it claims."""

from __future__ import annotations

from pathlib import Path

from gri_builder.audit.guard import audit_guarded, trace_guarded
from gri_builder.examination import Audit
from gri_builder.finding import Checked
from gri_builder.ledger import Ledger

__all__ = ["audit_pdf", "trace_pdf"]


def audit_pdf(file: Path, password: str | None = None, option: str | None = None) -> Checked[Audit]:
    """Read a PDF and judge what it claims; without a value where nothing of it can be read.

    A PDF of ours is judged against the index and the data that it carries, anyone else's by its content index. The
    coverage is judged by `option`, an id of the framework, else by the option that the PDF claims. A file made to do
    harm takes no more than the guard allows. Raises OSError where the file can't be read.
    """
    with file.open("rb"):
        return audit_guarded(file, password, option)


def trace_pdf(file: Path, password: str | None = None) -> Checked[Ledger]:
    """Return the ledger that a PDF of ours carries: its facts, each with its source and the places that print it.

    Without a value where there is none. It is what the PDF says of itself; `audit_pdf` judges whether that holds.
    Raises OSError where the file can't be read.
    """
    with file.open("rb"):
        return trace_guarded(file, password)
