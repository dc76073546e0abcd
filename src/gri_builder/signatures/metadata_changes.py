"""Which changes of a PDF's metadata another signature may bring with it: dates of change, no titles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree
from pyhanko.sign.diff_analysis import SuspiciousModification
from pyhanko.sign.diff_analysis.rules.metadata_rules import DocInfoRule, MetadataUpdateRule
from pyhanko.sign.diff_analysis.rules_api import ReferenceUpdate

INFO_KEYS = frozenset({"/ModDate", "/Producer"})
"""Entries of the Info dictionary that programs renew whenever they write (ISO 32000-2, 14.3.3)."""
PROPERTIES = frozenset(
    {
        "{http://ns.adobe.com/xap/1.0/}ModifyDate",
        "{http://ns.adobe.com/xap/1.0/}MetadataDate",
        "{http://ns.adobe.com/xap/1.0/mm/}InstanceID",
        "{http://ns.adobe.com/pdf/1.3/}Producer",
    }
)
"""The same in XMP metadata (ISO 16684-1)."""
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DESCRIPTION, ABOUT = f"{RDF}Description", f"{RDF}about"


class InfoDateRule(DocInfoRule):
    """Allows the Info dictionary to be renewed where it says the same but for its dates."""

    def apply(self, old: Any, new: Any) -> Iterable[ReferenceUpdate]:
        """Yield the updates that are allowed; raises SuspiciousModification for others."""
        before, after = (_list_entries(each) for each in (old, new))
        changed = {key for key in {*before, *after} - INFO_KEYS if before.get(key) != after.get(key)}
        if changed and after:
            raise SuspiciousModification(f"the Info dictionary was changed: {sorted(changed)}")
        yield from super().apply(old, new)


class XmpDateRule(MetadataUpdateRule):
    """Allows the XMP metadata to be renewed where they say the same but for their dates."""

    def apply(self, old: Any, new: Any) -> Iterable[ReferenceUpdate]:
        """Yield the updates that are allowed; raises SuspiciousModification for others."""
        updates = list(super().apply(old, new))
        if updates and _read_metadata(old.root) != _read_metadata(new.root):
            raise SuspiciousModification("the XMP metadata were changed")
        yield from updates


def _list_entries(resolver: Any) -> dict[str, str]:
    """Return the entries of the Info dictionary of a state of a file."""
    reference = resolver.trailer_view.get_value_as_reference("/Info", optional=True)
    info = resolver(reference) if reference else {}
    return {key: repr(info[key]) for key in info}


def _read_metadata(root: Any) -> bytes | None:
    """Return the metadata without what may change, in one form; None without any."""
    if "/Metadata" not in root:
        return None
    tree = etree.fromstring(root["/Metadata"].data, etree.XMLParser(resolve_entities=False, remove_blank_text=True))
    for each in list(tree.iter(etree.Element)):
        for name in PROPERTIES & set(each.attrib):
            del each.attrib[name]
        parent = each.getparent()
        if each.tag in PROPERTIES and parent is not None:
            parent.remove(each)
            if parent.tag == DESCRIPTION and len(parent) == 0 and set(parent.attrib) <= {ABOUT}:
                parent.getparent().remove(parent)
    return bytes(etree.tostring(tree, method="c14n"))
