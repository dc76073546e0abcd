"""Texts written as YAML: read again, each is the same text."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gri_builder.source.yaml_flow import quote_flow


@pytest.mark.parametrize(
    "text", ["Gas", "no", "2015", "2015-03", "Energy (MWh)", "it's", 'the "new" plant', "*", "¹", ""]
)
def test_a_text_stays_a_text(text: str) -> None:
    assert yaml.safe_load(f"[{quote_flow(text)}]") == [text]


@given(st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S", "Zs")), max_size=20))
def test_any_text_is_read_again(text: str) -> None:
    assert yaml.safe_load(f"{{{quote_flow(text)}: {quote_flow(text)}}}") == {text: text}
