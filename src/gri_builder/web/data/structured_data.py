"""What the report is, for search engines and other programs: a `Report` of schema.org as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urljoin

from gri_builder.model.texts.control_characters import escape_controls
from gri_builder.web.material import WebMaterial
from gri_builder.web.site_plan import PlannedPage, SitePlan

CONTEXT = "https://schema.org"
MEDIA = {
    "pdf": "application/pdf",
    "json": "application/json",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def write_json(value: object) -> str:
    """Return JSON that can't end the element that it is in, nor the line of a script."""
    text = escape_controls(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def describe_report(material: WebMaterial, plan: SitePlan, page: PlannedPage, folder: str) -> dict[str, object]:
    """Return the description of a report on its first page, and of a chapter of it on others.

    `folder` is that of the files to download.
    """
    whole = dict(_describe_whole(material, folder))
    if page.kind == "start":
        chapters = [each for each in plan.pages if each.kind == "chapter"]
        return {"@context": CONTEXT, **whole, "hasPart": [_describe_part(material, each) for each in chapters]}
    return {"@context": CONTEXT, **_describe_part(material, page), "isPartOf": whole}


def _describe_part(material: WebMaterial, page: PlannedPage) -> dict[str, object]:
    address = urljoin(_base(material), page.file) if material.address else None
    named: dict[str, object] = {"@type": "Chapter" if page.kind == "chapter" else "WebPage", "name": page.title}
    return named | ({"url": address} if address else {})


def _base(material: WebMaterial) -> str:
    return (material.address or "").rstrip("/") + "/"


def _describe_whole(material: WebMaterial, folder: str) -> Iterator[tuple[str, object]]:
    document, ledger = material.document, material.ledger
    organization: dict[str, object] = {"@type": "Organization", "name": document.author}
    if material.website and "://" in material.website:
        organization["url"] = material.website
    yield "@type", "Report"
    yield "name", document.title
    yield "description", document.subject
    yield "author", organization
    yield "publisher", organization
    yield "inLanguage", document.language
    yield "datePublished", document.published.isoformat()
    yield "temporalCoverage", f"{ledger.start.isoformat()}/{ledger.end.isoformat()}"
    yield "isAccessibleForFree", True
    yield "creativeWorkStatus", "Draft" if document.draft else "Published"
    if material.address:
        yield "url", _base(material)
        encoded = [
            {
                "@type": "MediaObject",
                "encodingFormat": MEDIA[ending],
                "contentUrl": urljoin(_base(material), folder + each.name),
            }
            for each in material.downloads
            if (ending := each.name.rpartition(".")[2]) in MEDIA
        ]
        yield "encoding", encoded
