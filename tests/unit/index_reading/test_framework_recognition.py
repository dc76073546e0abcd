"""Which framework a document reports by: by its own words, never by a sign that other things have, too."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from gri_builder.index_reading.codes import CodeReader
from gri_builder.index_reading.framework_recognition import recognize_framework
from gri_builder.resources.frameworks import load_framework
from tests.support.paths import TESTS

CASES: dict[str, dict[str, Any]] = yaml.safe_load(
    (TESTS / "cases" / "audit" / "frameworks.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", CASES)
def test_framework(name: str) -> None:
    case, framework = CASES[name], load_framework()
    texts = dict(enumerate(case["pages"], 1))
    reader = CodeReader(framework)
    codes = {page: tuple(reader.find(text)) for page, text in texts.items()}
    seems = recognize_framework(texts, codes, framework.id)
    assert (seems.framework or "-", list(seems.also)) == (case["is"], case.get("also", []))
    assert case.get("name", seems.name) == seems.name
    assert all(quote.text in " ".join(texts[quote.page].split()) for quote in seems.quotes)
    assert case.get("quotes", "") in "".join(quote.text for quote in seems.quotes)
