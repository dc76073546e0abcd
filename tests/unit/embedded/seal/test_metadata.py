"""XMP properties: the same, whether a program writes them as attributes, elements, resources or descriptions."""

from __future__ import annotations

from gri_builder.embedded.seal.metadata import read_properties

HEAD = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:e="urn:e">'
)
TAIL = "</rdf:RDF></x:xmpmeta>"


def read(text: str) -> dict[str, str]:
    return read_properties((HEAD + text + TAIL).encode())


def test_properties_are_the_same_in_each_notation() -> None:
    elements = read(
        '<rdf:Description rdf:about=""><pdf:Producer>x</pdf:Producer></rdf:Description><rdf:Description rdf:about="">'
        "<dc:title><rdf:Alt><rdf:li xml:lang='en'>T</rdf:li></rdf:Alt></dc:title>"
        '<e:s rdf:parseType="Resource"><e:a>1</e:a><e:u>urn:u</e:u></e:s></rdf:Description>'
    )
    attributes = read(
        '<rdf:Description pdf:Producer="x"><e:s><rdf:Description e:a="1"><e:u rdf:resource="urn:u"/></rdf:Description>'
        "</e:s><dc:title><rdf:Alt><rdf:li xml:lang='en'> T </rdf:li></rdf:Alt></dc:title></rdf:Description>"
    )
    assert elements == attributes
    assert elements["dc:title"] == "[en: T]"
    assert elements["pdf:Producer"] == "x"


def test_what_cannot_be_read_is_one_property() -> None:
    assert list(read_properties(b"no xml")) == ["packet"]
    assert list(read_properties(b'<?xml version="1.0" encoding="x"?><x/>')) == ["packet"]
    assert list(read_properties(b'<!DOCTYPE x [<!ENTITY a "b">]><x/>')) == ["packet"]
