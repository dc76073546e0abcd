"""Words that the program prints: each language complete, and a regional file used by build and audit alike."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from gri_builder.audit.pipeline import audit_pdf_bytes
from gri_builder.model.audit_result import CheckStatus
from gri_builder.pipeline.build import build_report
from gri_builder.resources import messages
from gri_builder.resources.frameworks import schemas_folder
from tests.support.paths import CASES

REPORT = CASES / "audit" / "report"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the folder of words that the program uses instead of its own."""
    copy = tmp_path / "messages"
    shutil.copytree(schemas_folder() / "messages", copy)
    monkeypatch.setattr(messages, "_folder", lambda: copy)
    return copy


def test_a_regional_file_serves_build_and_audit(folder: Path, tmp_path: Path) -> None:
    words = json.loads((folder / "en.json").read_text("utf-8"))
    changed = {key: f"{text} (regional)" if key == "index-title" else text for key, text in words.items()}
    (folder / "en-GB.json").write_text(json.dumps(changed), "utf-8")
    assert messages.load_messages("en-GB") == changed
    assert messages.load_messages("en-US") == words
    built = build_report(REPORT, tmp_path / "out")
    assert built.value is not None, built.findings
    audited = audit_pdf_bytes(built.value.files[0]).value
    assert audited is not None
    assert [check.message for check in audited.checks if check.status is CheckStatus.FAIL] == []
