"""The package of a review copy: footnotes, source map, settings, and the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from xml.sax.saxutils import escape

from docx.document import Document as WordDocument
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn

from gri_builder.model.document import Document
from gri_builder.review.source_map import NAMESPACE, SourceMap, encode_map
from gri_builder.review.writer.elements import clean, make

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
ITEM_ID = "{6B2F0D2E-3E5B-4C5B-9C0B-5A1D6E0B7A11}"
_FIRST, _LAST = 1980, 2107
"""Years that a ZIP file can hold."""


def finish_package(
    word: WordDocument, document: Document, source_map: SourceMap, notes: Sequence[tuple[int, list[Any]]]
) -> bytes:
    """Return the file of a document, dated with the day of publication."""
    moment = datetime.combine(document.published, time.min)
    properties = word.core_properties
    properties.title, properties.author = clean(document.title)[:255], clean(document.author)[:255]
    properties.subject, properties.language = clean(document.subject)[:255], document.language
    properties.comments, properties.last_modified_by, properties.revision = "", "gri-builder", 1
    properties.created = properties.modified = moment
    _add_footnotes(word, notes)
    _add_map(word, source_map)
    _track_changes(word)
    stream = io.BytesIO()
    word.save(stream)
    return _settle(stream.getvalue(), moment)


def _add_footnotes(word: WordDocument, notes: Sequence[tuple[int, list[Any]]]) -> None:
    root = make("w:footnotes")
    for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
        run = make("w:r", None, make(f"w:{kind}"))
        root.append(make("w:footnote", {"w:type": kind, "w:id": str(number)}, make("w:p", None, run)))
    for number, content in notes:
        root.append(make("w:footnote", {"w:id": str(number)}, *content))
    if not notes:
        return
    part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES_TYPE, serialize_part_xml(root), word.part.package)
    word.part.relate_to(part, f"{_OFFICE}/footnotes")
    for id, target, kind in list(_links(word)):  # links in footnotes need relationships of their own part
        part.rels.add_relationship(kind, target, id, is_external=True)
    settings: Any = word.settings.element
    both = [make("w:footnote", {"w:id": str(number)}) for number in (-1, 0)]
    settings.insert(0, make("w:footnotePr", None, *both))
    _order_settings(settings)


def _track_changes(word: WordDocument) -> None:
    """Let programs track the changes of reviewers from the first one on."""
    settings: Any = word.settings.element
    later = (qn(f"w:{tag}") for tag in ("doNotTrackMoves", "doNotTrackFormatting", "defaultTabStop", "compat", "rsids"))
    place = next((found for tag in later if (found := settings.find(tag)) is not None), None)
    if place is not None:
        place.addprevious(make("w:trackRevisions"))
    else:
        settings.append(make("w:trackRevisions"))


def _links(word: WordDocument) -> Any:
    for id, each in word.part.rels.items():
        if each.is_external:
            yield id, each.target_ref, each.reltype


def _order_settings(settings: Any) -> None:
    """Put the footnote settings where the schema has them: before 'compat'."""
    notes = settings.find(qn("w:footnotePr"))
    compat = settings.find(qn("w:compat"))
    if compat is not None:
        compat.addprevious(notes)


def _add_map(word: WordDocument, source_map: SourceMap) -> None:
    """Keep the source map in a part for other programs' data, which programs leave as it is."""
    package = word.part.package
    text = escape(clean(encode_map(source_map)))
    item = f'<?xml version="1.0" encoding="UTF-8"?>\n<review xmlns="{NAMESPACE}">{text}</review>'
    properties = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/'
        f'officeDocument/2006/customXml" ds:itemID="{ITEM_ID}"><ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/>'
        "</ds:schemaRefs></ds:datastoreItem>"
    )
    part = Part(PackURI("/customXml/item9.xml"), "application/xml", item.encode(), package)
    kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    described = Part(PackURI("/customXml/itemProps9.xml"), kind, properties.encode(), package)
    part.relate_to(described, f"{_OFFICE}/customXmlProps")
    word.part.relate_to(part, f"{_OFFICE}/customXml")


def _settle(data: bytes, moment: datetime) -> bytes:
    """Return a package whose files have one date, in one order."""
    out = io.BytesIO()
    year = min(max(_FIRST, moment.year), _LAST)
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            entry = zipfile.ZipInfo(name, (year, moment.month, moment.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, source.read(name))
    return out.getvalue()
