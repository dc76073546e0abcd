"""The schemas for editors: they accept what the program reads, in one language or several, and mark what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from gri_builder.resources.frameworks import load_framework
from gri_builder.scaffold.editor_schemas import ANSWERS, FIGURES, FOLDER, REPORT, write_schemas
from gri_builder.source.editions import word_places
from tests.support.paths import ROOT

SAMPLES = sorted((ROOT / "report_data").glob("*/report.yaml"))
LARGEST = 500_000
"""Bytes of a schema: where the same is repeated for each answer, editors become slow."""


class _Loader(yaml.SafeLoader):
    """Reads days as texts, as editors do."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in each if not tag.endswith("timestamp")]
    for first, each in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(text: str) -> Any:
    return yaml.load(text, _Loader)


def schemas_of(framework: str) -> dict[str, Draft202012Validator]:
    written = write_schemas(load_framework(framework))
    return {Path(path).name: Draft202012Validator(json.loads(text)) for path, text in written.items()}


@pytest.fixture(scope="module")
def schemas() -> dict[str, Draft202012Validator]:
    return schemas_of("gri-g4")


@pytest.mark.parametrize("report", SAMPLES, ids=lambda each: each.parent.name)
def test_samples_are_marked_nowhere(report: Path) -> None:
    settings = read(report.read_text("utf-8"))
    by_file = schemas_of(settings["framework"])
    assert not list(by_file[REPORT].iter_errors(settings))
    for folder, name in (("figures", FIGURES), ("disclosures", ANSWERS)):
        for file in sorted((report.parent / folder).glob("*.yaml")):
            errors = by_file[name].iter_errors(read(file.read_text("utf-8")))
            assert [f"{file.name} {each.json_path}" for each in errors] == []


def test_a_sample_is_in_several_languages() -> None:
    assert any("languages:" in report.read_text("utf-8") for report in SAMPLES)


def nested(path: tuple[str, ...], value: Any) -> Any:
    """Return a value at a place of a file; '#' is an item of a list, '*' any key."""
    for key in reversed(path):
        value = [value] if key == "#" else {"label" if key == "*" else key: value}
    return value


def errors_at(validator: Draft202012Validator, document: Any) -> list[str]:
    """Return the messages about a document, but for what it lacks."""
    return [each.message for each in validator.iter_errors(document) if each.validator not in ("required", "anyOf")]


@pytest.mark.parametrize("path", sorted(word_places._IN_REPORT), ids="/".join)
def test_all_words_of_a_report_may_be_in_several_languages(
    path: tuple[str, ...], schemas: dict[str, Draft202012Validator]
) -> None:
    written = "https://a.example" if path == ("organization", "*") else "x"
    place = ("organization", "website") if path == ("organization", "*") else path
    assert errors_at(schemas[REPORT], nested(place, {"en": written, "de-DE": written})) == []
    assert errors_at(schemas[REPORT], nested(place, written)) == []
    assert errors_at(schemas[REPORT], nested(place, {"en": written, "dee": written}))
    assert errors_at(schemas[REPORT], nested(place, {"en": written, "de": [written]}))
    assert errors_at(schemas[REPORT], nested(place, {"english": written}))


def test_a_report_has_one_language_or_several(schemas: dict[str, Draft202012Validator]) -> None:
    settings = read((ROOT / "report_data/halden-2015/report.yaml").read_text("utf-8"))
    language = settings.pop("language")
    assert not schemas[REPORT].is_valid(settings)
    assert schemas[REPORT].is_valid({**settings, "language": language})
    assert schemas[REPORT].is_valid({**settings, "languages": ["en-GB", "de-DE"]})


@pytest.mark.parametrize(
    "accepted",
    [
        "theme: {cover_image: {en: images/en.png, de: images/de.png}}",
        "numbers: {en: [12, '3.4 %'], de: [12]}",
        "abbreviations: {en: {GHG: greenhouse gas}, de: {THG: Treibhausgas}}",
        "abbreviations: {UN: United Nations, EU: European Union}",
        "imprint: {en: {print: Press}, de: {print: Druckerei}}",
        "words: {en: words-en.yaml, da: words-da.yaml}",
        "chapters: [{en: chapters/a.md, de: chapters/b.md}]",
    ],
)
def test_what_else_of_a_report_may_differ(accepted: str, schemas: dict[str, Draft202012Validator]) -> None:
    assert errors_at(schemas[REPORT], read(accepted)) == []


SERIES = {"title": "x", "unit": "t", "values": {"2015": 1}}


@pytest.mark.parametrize("key", sorted(word_places._IN_SERIES))
def test_words_of_fact_series_may_be_in_several_languages(key: str, schemas: dict[str, Draft202012Validator]) -> None:
    def errors(text: Any) -> list[str]:
        return errors_at(schemas[FIGURES], {"one": {**SERIES, key: text}})

    assert errors({"en": "x", "de": "y"}) == []
    assert errors({"en": "x", "dee": "y"})
    assert errors({"text": "x"})


def test_other_words_of_fact_series(schemas: dict[str, Draft202012Validator]) -> None:
    several = {"en": "x", "de": "y"}
    more = {
        "targets": [{"period": 2020, "value": 1, "note": several}],
        "restated": [{"period": 2015, "from": 1, "reason": several}],
    }
    assert errors_at(schemas[FIGURES], {"one": SERIES | more}) == []
    approval = {"by": "Ann", "on": "2016-01-02", "sha256": "0" * 64}
    for accepted in (approval, {"en": approval}, {"en": approval, "de": approval}):
        assert errors_at(schemas[FIGURES], {"one": {**SERIES, "approved": accepted}}) == []
        assert schemas[ANSWERS].is_valid({"G4-3": {"a": "x", "approved": accepted}})
    for refused in ({"en": "Ann"}, {"en": {**approval, "to": "x"}}, {"xx": approval}):
        assert errors_at(schemas[FIGURES], {"one": {**SERIES, "approved": refused}})
        assert not schemas[ANSWERS].is_valid({"G4-3": {"a": "x", "approved": refused}})
    for wrong in ({"unit": several}, {"owner": several}, {"measures": several}, {"titel": several}):
        assert errors_at(schemas[FIGURES], {"one": SERIES | wrong})
    by_country = {"by": "country", "values": {"en": {"2015": 1}, "de": {"2015": 2}}}
    assert errors_at(schemas[FIGURES], {"one": SERIES | by_country}) == []


@pytest.mark.parametrize(
    "accepted",
    [
        "G4-3: {en: A, de: B}",
        "G4-3: {a: {en: A, de: B}}",
        "G4-3: {a: {text: {en: A, de: B}}, owner: Legal, due: 2016-03-01}",
        "G4-56: {due: 2016-03-01}",
        "G4-6: {a: {list: {en: [A], de: [B]}}}",
        "G4-6: {a: {list: [{en: A, de: B}, C]}}",
        "G4-6: {a: {table: {columns: {en: [A], de: [B]}, rows: [[{en: A, de: B}]], caption: {en: A, de: B}}}}",
        "G4-EN3: {a: {figure: energy, caption: {en: A, de: B}}}",
        "G4-3: {reference: {document: {en: A, de: B}, url: {en: https://a.example/en, de: https://a.example/de}}}",
        "G4-EN3: {omissions: [{reason: not-applicable, explanation: {en: A, de: B}}]}",
        "G4-DMA:energy: {en: A, de: B}",
    ],
)
def test_words_of_answers_may_be_in_several_languages(accepted: str, schemas: dict[str, Draft202012Validator]) -> None:
    assert [each.message for each in schemas[ANSWERS].iter_errors(read(accepted))] == []


@pytest.mark.parametrize(
    "wrong",
    [
        "G4-3: {en: A, dee: B}",
        "G4-3: {zz: A}",
        "G4-3: {en: A, de: 3}",
        "G4-3: {en: A, a: B}",
        "G4-3: {a: {txt: {en: A, de: B}}}",
        "G4-3: {a: {text: {english: A}}}",
        "G4-6: {a: {list: {en: A}}}",
        "G4-EN3: {a: {figure: {en: A, de: B}}}",
        "G4-10: {e: {choice: {en: A, de: B}}}",
        "G4-3: {owner: {en: A, de: B}}",
        "G4-EN3: {omissions: [{reason: {en: not-applicable}, explanation: A}]}",
    ],
)
def test_typing_errors_are_still_marked(wrong: str, schemas: dict[str, Draft202012Validator]) -> None:
    assert not schemas[ANSWERS].is_valid(read(wrong))


def test_no_schema_repeats_itself() -> None:
    for framework in ("gri-g4", "gri-2021"):
        for path, text in write_schemas(load_framework(framework)).items():
            assert path.startswith(f"{FOLDER}/")
            assert len(text) < LARGEST
            assert text.count(load_codes(text)) <= 2


def load_codes(text: str) -> str:
    """Return the codes of all languages, as the schema has them in its patterns."""
    pattern: str = json.loads(text)["$defs"]["language-tag"]["pattern"]
    return pattern.partition(")")[0]
