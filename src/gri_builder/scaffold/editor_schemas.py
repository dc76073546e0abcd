"""JSON Schemas for editors, which complete and check the files of a report folder while people type.

They are stored in the report folder, because the path of the installed program differs on each machine, and a web
address would have to be served permanently.
"""

from __future__ import annotations

import json
from typing import Any

from gri_builder.model.framework import Disclosure, Framework, disclosure_id, has_edition
from gri_builder.resources.frameworks import schemas_folder, shared_schemas
from gri_builder.scaffold.stubs import describe_kinds

FOLDER = ".schemas"
"""Hidden, so that its files are not part of the report."""
COPIED = ("figures.schema.json",)
REPORT = "report.schema.json"
ANSWERS = "disclosures.schema.json"
_SHARED = "../common.json#/$defs/"


def write_schemas(framework: Framework) -> dict[str, str]:
    """Return the schemas of report.yaml, of fact series and of answers, by path in the report folder."""
    files = {f"{FOLDER}/{name}": (schemas_folder() / name).read_text(encoding="utf-8") for name in COPIED}
    files[f"{FOLDER}/{REPORT}"] = _write(_report(framework))
    files[f"{FOLDER}/{ANSWERS}"] = _write(_answers(framework))
    return files


def _write(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _report(framework: Framework) -> dict[str, Any]:
    """Return the schema of report.yaml with the options of the framework."""
    schema: dict[str, Any] = json.loads((schemas_folder() / REPORT).read_text(encoding="utf-8"))
    schema["properties"]["option"]["enum"] = [*framework.options, "none"]
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
        "$defs": common["$defs"] | managed,
    }


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
    return {"title": disclosure.title, **answer}


def _with_local_references(schema: Any) -> Any:
    """Return a copy of a schema whose references point into the file that contains it."""
    if isinstance(schema, dict):
        return {key: _with_local_references(value) for key, value in schema.items()}
    if isinstance(schema, list):
        return [_with_local_references(value) for value in schema]
    return schema.replace(_SHARED, "#/$defs/") if isinstance(schema, str) else schema
