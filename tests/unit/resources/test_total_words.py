"""Words for totals: labels that summarize other rows are told from names, in many languages."""

from __future__ import annotations

import re

import pytest

from gri_builder.resources.total_words import TotalKind, total_kind, total_pattern

ALL = (
    "Total|TOTAL:|Totals|Grand total|Sub-total|Subtotal|Sum|All|All sites|all workers|Overall|Combined"
    "|Company total|Total 2015|Overall_totals|Gesamt|Summe|Zwischensumme"
    "|Insgesamt|Gesamtergebnis|Total général|Sous-total|Ensemble|Totale"
    "|Suma|Totaal|Toplam|Razem|Итого|Всего"
    "|合計|小計|計|总计|Ｔｏｔａｌ|Σ|∑"
)
SOME = "Total Europe|Subtotal north|North total|Konzern Nord gesamt|全国合計|Sum of sites in Norway"
OTHER = "Previous_totals|Average|Durchschnitt|Total previous year|平均"
NONE = (
    "|Leeds|Totalenergies|Totally|Summary|Summer camp|All Saints|All Saints Church|Total organic carbon"
    "|Total nitrogen|Total Reclaim, Inc|Gesamtschule|計画|Combined cycle|Ensemble Theatre|Overalls"
    "|The total of what was burnt in the boilers of the old mill"
)


@pytest.mark.parametrize(
    ("labels", "kind"), [(ALL, TotalKind.ALL), (SOME, TotalKind.SOME), (OTHER, TotalKind.OTHER), (NONE, None)]
)
def test_labels(labels: str, kind: TotalKind | None) -> None:
    assert {label: total_kind(label) for label in labels.split("|")} == dict.fromkeys(labels.split("|"), kind)


def test_a_header_names_what_all_is_of() -> None:
    assert total_kind("All mills", "Mill") is TotalKind.ALL
    assert total_kind("Mill total", "Mill") is TotalKind.ALL
    assert total_kind("Mill total", "Site") is TotalKind.SOME


@pytest.mark.parametrize("label", [label for labels in (ALL, SOME, OTHER) for label in labels.split("|")])
def test_the_pattern_finds_each_label(label: str) -> None:
    assert re.search(total_pattern(), label.lower())
