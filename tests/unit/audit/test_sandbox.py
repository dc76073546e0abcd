"""What comes back from the subprocess is what the job returned."""

from __future__ import annotations

import logging

import msgspec
import pytest

from gri_builder.audit.sandbox import _encode
from gri_builder.model.audit_result import AuditResult
from gri_builder.model.finding import Location, Result, error
from gri_builder.pdf_reader.reader import read_pdf
from tests.support.made_audits import make_audit


def test_an_audit_comes_back_as_it_was() -> None:
    result = Result(make_audit(), (error("page-exists", "there is no such page", Location("a.pdf", page=2)),))
    assert msgspec.json.decode(_encode(result), type=Result[AuditResult]) == result


def test_half_a_surrogate_pair_is_replaced() -> None:
    result: Result[AuditResult] = Result(None, (error("no-text", "the title is 'a\ud800b'", Location("a.pdf")),))
    back = msgspec.json.decode(_encode(result), type=Result[AuditResult])
    assert back.findings[0].message == "the title is 'a?b'"


@pytest.mark.parametrize("level", [logging.NOTSET, logging.INFO])
def test_reading_leaves_the_log_of_the_host_alone(level: int) -> None:
    logger = logging.getLogger("pypdf")
    before = logger.level
    logger.setLevel(level)
    try:
        read_pdf(b"%PDF-1.7\nnothing", "a.pdf")
        assert logger.level == level
    finally:
        logger.setLevel(before)
