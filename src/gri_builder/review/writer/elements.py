"""Elements of WordprocessingML, made in one call each."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import OxmlElement

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Return a text without the characters that XML does not allow."""
    return _NOT_XML.sub("\ufffd", text)


def make(tag: str, attributes: dict[str, str] | None = None, *children: Any) -> Any:
    """Return an element such as `w:p` with attributes such as `w:val` and inner elements; None is left out."""
    prefix = tag.partition(":")[0]
    element = OxmlElement(tag) if prefix in nsmap else None
    if element is None:
        raise ValueError(tag)
    for name, value in (attributes or {}).items():
        element.set(qn(name) if ":" in name else name, clean(value))
    element.extend([child for child in children if child is not None])
    return element


def value(tag: str, text: str | int) -> Any:
    """Return an element with `w:val`."""
    return make(tag, {"w:val": str(text)})


def text_element(text: str, tag: str = "w:t") -> Any:
    """Return a text whose spaces are kept."""
    element = make(tag)
    element.text = clean(text)
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element
