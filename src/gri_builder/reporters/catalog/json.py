"""The catalog of a framework as a document of `schemas/outputs/catalog.schema.json`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gri_builder.model.framework import Disclosure, Framework
from gri_builder.reporters.json_document import dump_json


def write_catalog_json(framework: Framework, disclosures: Iterable[Disclosure] | None = None) -> str:
    """Return the disclosures as JSON text; without any, all of them, with the rest of the framework."""
    chosen = framework.disclosures.values() if disclosures is None else disclosures
    document = {
        "format": "gri-builder/catalog/1",
        "framework": framework.id,
        "disclosures": [_disclosure_object(framework, disclosure) for disclosure in chosen],
    }
    return dump_json(document | (_other_parts(framework) if disclosures is None else {}))


def _other_parts(framework: Framework) -> dict[str, Any]:
    """Return the parts of the framework besides its disclosures."""
    return {
        "aspects": [
            {
                "id": aspect.id,
                "name": aspect.name,
                "category": aspect.category,
                "sub_category": aspect.sub_category,
                "indicators": list(aspect.indicators),
                "sector": aspect.sector,
            }
            for aspect in framework.aspects.values()
        ],
        "omission_reasons": [
            {"id": reason.id, "name": reason.name, "requires": list(reason.requires), "explain": reason.explain}
            for reason in framework.omission_reasons.values()
        ],
        "sectors": [
            {
                "id": sector.id,
                "name": sector.name,
                "prefix": sector.prefix,
                "disclosures": list(sector.disclosures),
                "aspects": list(sector.aspects),
            }
            for sector in framework.sectors.values()
        ],
        "notes": dict(framework.notes),
    }


def _standard(disclosure: Disclosure) -> dict[str, Any]:
    """Return the Standard of a disclosure, and when it holds; nothing in a framework that is one document."""
    if not disclosure.standard:
        return {}
    start, end = disclosure.in_force_from, disclosure.in_force_until
    return {
        "label": disclosure.label,
        "standard": disclosure.standard,
        "edition": disclosure.edition,
        "in_force": {"from": start.isoformat() if start else None, "until": end.isoformat() if end else None},
        "items": {
            requirement.part: {item.part: item.summary for item in requirement.items}
            for requirement in disclosure.requirements
            if requirement.items
        },
    }


def _disclosure_object(framework: Framework, disclosure: Disclosure) -> dict[str, Any]:
    aspect = framework.aspects.get(disclosure.aspect or "")
    return {
        "code": disclosure.code,
        **_standard(disclosure),
        "title": disclosure.title,
        "section": disclosure.section,
        "aspect": disclosure.aspect,
        "category": aspect.category if aspect else None,
        "sub_category": aspect.sub_category if aspect else None,
        "kind": disclosure.kind,
        "nature": disclosure.nature,
        "sector": disclosure.sector,
        "requirements": {requirement.part: requirement.summary for requirement in disclosure.requirements},
        "required_for": list(framework.required_for(disclosure.code)),
        "successors": {later: list(codes) for later, codes in disclosure.successors.items()},
        "partial_successors": {later: list(codes) for later, codes in disclosure.partial_successors.items()},
        "evidence": dict(disclosure.evidence),
        "verified": disclosure.verified,
    }
