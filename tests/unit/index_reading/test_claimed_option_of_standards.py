"""Tests of the options that reports by the Standards claim, in several languages."""

from __future__ import annotations

import pytest
import yaml

from gri_builder.index_reading.claimed_option import read_claimed_option
from gri_builder.resources.frameworks import load_framework
from tests.support.paths import TESTS

FILE = TESTS / "cases" / "audit" / "claimed_options_standards.yaml"
SENTENCES = yaml.safe_load(FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("framework", "sentence", "option"),
    [(framework, *each) for framework, sentences in SENTENCES.items() for each in sentences],
)
def test_claimed_option(framework: str, sentence: str, option: str | None) -> None:
    assert read_claimed_option({1: sentence}, load_framework(framework)).option == option


def test_both_options_of_2021_differ() -> None:
    texts = {
        1: "Acme has reported in accordance with the GRI Standards for 2022.",
        2: "Acme has reported with reference to the GRI Standards.",
    }
    claimed = read_claimed_option(texts, load_framework("gri-2021"))
    assert claimed.option is None
    assert [each.option for each in claimed.differing] == ["in-accordance", "with-reference"]
