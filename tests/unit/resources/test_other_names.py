"""Other names of choices: what people write for a kind of chart leads to its name here."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from gri_builder.markdown.directives import read_call
from gri_builder.model.figures.chart import AXIS_CHOICES, LABEL_CHOICES, SERIES_CHART_KINDS, SORT_CHOICES
from gri_builder.resources.frameworks import schemas_folder
from gri_builder.resources.other_names import find_meant

CHOICES = {*SERIES_CHART_KINDS, *AXIS_CHOICES, *LABEL_CHOICES, *SORT_CHOICES}


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("column", "bar"),
        ("Column-chart", "bar"),
        ("horizontal", "lying"),
        ("horizontal_bar", "lying"),
        ("pie", "donut"),
        ("Pie chart", "donut"),
        ("100%", "share"),
        ("percent", "share"),
        ("stacked100", "share"),
        ("small-multiples", "multiples"),
        ("sparkline", "line"),
        ("step", "line"),
        ("barbell", "dumbbell"),
        ("lollipop", "bar"),
        ("heatmap", "heat"),
        ("bridge", "waterfall"),
        ("lin", "line"),
        ("stcked", "stacked"),
        ("xyzzy", None),
    ],
)
def test_other_names_lead_to_a_kind(word: str, kind: str | None) -> None:
    assert find_meant(word, SERIES_CHART_KINDS) == kind


def test_a_directive_names_the_kind_that_is_meant() -> None:
    (found,) = read_call("chart energy type=pie").errors
    assert (found.rule, found.text, found.hint) == ("directive-argument", "type=pie", "did you mean 'donut'?")
    (found,) = read_call("chart energy sort=desc").errors
    assert found.hint == "did you mean 'descending'?"


def test_each_other_name_belongs_to_a_choice_and_means_one_kind() -> None:
    names = json.loads((schemas_folder() / "other_names.json").read_text(encoding="utf-8"))["names"]
    assert set(names) <= CHOICES
    kinds = Counter(name for kind in SERIES_CHART_KINDS for name in names.get(kind, ()))
    assert {name for name, count in kinds.items() if count > 1} == set()
    assert not CHOICES & set(kinds) - {"range"}
