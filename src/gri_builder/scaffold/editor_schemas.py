"""JSON Schemas for editors, which complete and check the files of a report folder while people type.

They are stored in the report folder, because the path of the installed program differs on each machine, and a web
address would have to be served permanently.

They know texts in several languages, `{en: …, de: …}`. What a text is in one language is written once, in `$defs`, as
editors become slow where it is repeated for each answer.
"""

from __future__ import annotations

import json
from typing import Any

from gri_builder.model.framework import Disclosure, Framework, disclosure_id, has_edition
from gri_builder.resources.frameworks import schemas_folder, shared_schemas
from gri_builder.resources.languages import list_codes
from gri_builder.scaffold.stubs import describe_kinds
from gri_builder.source.editions.select_approvals import APPROVED
from gri_builder.source.editions.word_places import Path, find_kind

FOLDER = ".schemas"
"""Hidden, so that its files are not part of the report."""
FIGURES = "figures.schema.json"
REPORT = "report.schema.json"
ANSWERS = "disclosures.schema.json"
_SHARED = "../common.json#/$defs/"
_DEFS = "#/$defs/"
_BY_LANGUAGE = "by-language"
_LANGUAGE = "language-tag"
_TYPED_TEXTS = ("text", "plain", "plain-or-number", "list")
"""Definitions of what an answer's words are, which may differ between languages."""
_NO_WORDS = ("sign-off", "approval", "period", "quantity")
"""Definitions that hold names and days, which are the same in every language."""
_SAID = ("title", "description")
"""What editors show of a value, in whichever languages it is."""
_WHOLE = frozenset({"abbreviations", "imprint", "numbers"})
"""Keys of report.yaml whose value may differ as a whole between languages."""
_SERIES_PATHS: dict[str, Path] = {"series": (), "target": ("targets", "#"), "restatement": ("restated", "#")}
"""Where the definitions with words in the schema of fact series are, below the id of a series."""


def write_schemas(framework: Framework) -> dict[str, str]:
    """Return the schemas of report.yaml, of fact series and of answers, by path in the report folder."""
    schemas = {FIGURES: _figures(), REPORT: _report(framework), ANSWERS: _answers(framework)}
    return {f"{FOLDER}/{name}": _write(schema) for name, schema in schemas.items()}


def _write(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _read(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((schemas_folder() / name).read_text(encoding="utf-8"))
    schema["$defs"] |= _language_definitions()
    return schema


def _language_definitions() -> dict[str, Any]:
    """Return what tells a text in several languages from other objects, and what its keys are.

    Its keys are as short as codes of languages, and one is such a code: then the others that are none are marked.
    """
    known = f"^({'|'.join(list_codes())})([-_][A-Za-z0-9]{{2,8}})*$"
    return {
        _BY_LANGUAGE: {
            "type": "object",
            "propertyNames": {"pattern": "^[a-z]{2,3}([-_].*)?$"},
            "not": {"propertyNames": {"not": {"pattern": known}}},
        },
        _LANGUAGE: {"pattern": known, "errorMessage": "Not the code or tag of a language, such as en or de-DE."},
    }


def _in_languages(value: dict[str, Any], text: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the schema of a value that may differ between languages; `text` is that of one language, if another."""
    said: dict[str, Any] = {key: value[key] for key in _SAID if key in value}
    plain = {key: item for key, item in value.items() if key not in said}
    texts = {"propertyNames": _refer(_LANGUAGE), "additionalProperties": text or plain}
    return {**said, "if": _refer(_BY_LANGUAGE), "then": texts, "else": plain}


def _refer(name: str) -> dict[str, Any]:
    return {"$ref": f"{_DEFS}{name}"}


def _report(framework: Framework) -> dict[str, Any]:
    """Return the schema of report.yaml with the options of the framework."""
    schema = _read(REPORT)
    schema["properties"]["option"]["enum"] = [*framework.options, "none"]
    schema["required"].remove("language")
    schema["anyOf"] = [{"required": ["language"]}, {"required": ["languages"]}]
    return {**schema, **_accept_languages(schema, ())}


def _accept_languages(schema: dict[str, Any], path: Path) -> dict[str, Any]:
    """Return a part of the schema of report.yaml that accepts words and paths of files in several languages."""
    accepted = dict(schema)
    if "properties" in schema:
        accepted["properties"] = {k: _accept_languages(v, (*path, k)) for k, v in schema["properties"].items()}
    if isinstance(schema.get("items"), dict):
        accepted["items"] = _accept_languages(schema["items"], (*path, "#"))
    if isinstance(schema.get("additionalProperties"), dict):
        accepted["additionalProperties"] = _accept_languages(schema["additionalProperties"], (*path, "*"))
    is_word = bool(path) and find_kind("report.yaml", path) is not None
    is_path = schema.get("$ref") == f"{_DEFS}path"
    return _in_languages(accepted) if is_word or is_path or (len(path) == 1 and path[0] in _WHOLE) else accepted


def _figures() -> dict[str, Any]:
    """Return the schema of fact series, in which titles, notes and other words may be in several languages."""
    schema = _read(FIGURES)
    for name, path in _SERIES_PATHS.items():
        entries = schema["$defs"][name]["properties"]
        for key, value in entries.items():
            if find_kind("figures/x.yaml", ("id", *path, key)) or key == APPROVED:
                entries[key] = _in_languages(value)
    return schema


def _answers(framework: Framework) -> dict[str, Any]:
    """Return one self-contained schema for all files of answers, with an entry for each disclosure id."""
    (common,) = shared_schemas(framework.id).values()
    entries = {code: _entry(disclosure) for code, disclosure in framework.disclosures.items()}
    entries |= _numbered(entries, framework)
    managed = {code: entries.pop(code) for code in framework.management_approaches}
    named = {
        disclosure_id(code, aspect.id): {"$ref": f"#/$defs/{code}", "title": aspect.display_name}
        for code in managed
        for aspect in framework.aspects.values()
    }
    return {
        "$schema": common["$schema"],
        "title": "disclosures/*.yaml",
        "type": "object",
        "properties": entries | named,
        "additionalProperties": False,
        "$defs": _answer_definitions(common["$defs"]) | managed,
    }


def _answer_definitions(shared: dict[str, Any]) -> dict[str, Any]:
    """Return what answers are made of, where each text may be in several languages."""
    defined = {name: schema if name in _NO_WORDS else _with_texts(schema) for name, schema in shared.items()}
    for name, schema in defined.items():
        if name.endswith("-entry") or name == "unlettered-answer":
            defined[name] = _in_languages(schema, _refer("text"))
    table = defined["table"]["properties"]
    columns = {**table["columns"], "items": _in_languages(table["columns"]["items"])}
    rows = {**table["rows"], "items": columns}
    defined["table"]["properties"] = {**table, "columns": _in_languages(columns), "rows": _in_languages(rows)}
    place = defined["reference"]["properties"]
    defined["reference"]["properties"] = {**place, "url": _in_languages(place["url"])}
    given = defined["sign-off"]["properties"]
    defined["sign-off"] = {**defined["sign-off"], "properties": {**given, "approved": _in_languages(given["approved"])}}
    typed = {f"{name}-{_BY_LANGUAGE}": _in_languages(_refer(name)) for name in _TYPED_TEXTS}
    return defined | typed | _language_definitions()


def _with_texts(schema: Any) -> Any:
    """Return a copy of a schema in which references to a text lead to that text in one or several languages."""
    if isinstance(schema, dict):
        return {key: _with_texts(value) for key, value in schema.items()}
    if isinstance(schema, list):
        return [_with_texts(value) for value in schema]
    is_text = isinstance(schema, str) and schema.removeprefix(_DEFS) in _TYPED_TEXTS and schema.startswith(_DEFS)
    return f"{schema}-{_BY_LANGUAGE}" if is_text else schema


def _numbered(entries: dict[str, Any], framework: Framework) -> dict[str, Any]:
    """Return the entries by the numbers that people write; of a number that was used again the last one."""
    again = {each.label: each.code for each in framework.disclosures.values() if has_edition(each)}
    return {number: entries[code] for number, code in again.items() if number not in entries}


def _entry(disclosure: Disclosure) -> dict[str, Any]:
    """Return the schema of one answer, with the requirement of each letter as its description."""
    answer: dict[str, Any] = _with_local_references(
        {k: v for k, v in disclosure.schema.items() if k not in ("$schema", "$id")}
    )
    for requirement in disclosure.requirements:
        described = answer["properties"][requirement.part] if requirement.part else answer
        described["description"] = f"{requirement.summary}; takes {describe_kinds(requirement)}"
    return _in_languages({"title": disclosure.title, **answer}, _refer("text"))


def _with_local_references(schema: Any) -> Any:
    """Return a copy of a schema whose references point into the file that contains it."""
    if isinstance(schema, dict):
        return {key: _with_local_references(value) for key, value in schema.items()}
    if isinstance(schema, list):
        return [_with_local_references(value) for value in schema]
    return schema.replace(_SHARED, "#/$defs/") if isinstance(schema, str) else schema
