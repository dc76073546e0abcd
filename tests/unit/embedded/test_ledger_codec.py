"""Ledgers: what is written into the PDF is what is read from it."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gri_builder.embedded.codec import EmbeddedDataError, decode_json
from gri_builder.embedded.ledger_codec import LedgerData, decode_ledger, encode_ledger
from gri_builder.model.facts import Origin
from gri_builder.model.provenance import DisclosureState, FactRecord, Ledger, PageLocation

texts = st.text(max_size=8)
maybe = st.none() | st.text(min_size=1, max_size=8)
decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**60), max_value=10**60, places=9)
many = st.lists(texts, max_size=3).map(tuple)
named = st.dictionaries(texts, texts, max_size=2)
counts = st.none() | st.integers(1, 10**6)
places = st.builds(
    PageLocation, st.integers(1, 999), st.integers(0, 99), texts, texts, st.sampled_from(["value", "change"]), texts
)
origins = st.builds(Origin, texts, texts, maybe, maybe, counts, maybe, maybe, counts, many, maybe)
entries = st.builds(
    FactRecord,
    key=texts,
    series=texts,
    title=texts,
    period=texts,
    members=named,
    value=decimals,
    unit=texts,
    status=st.sampled_from(["measured", "estimated", "restated"]),
    restated_from=st.none() | decimals,
    restated_because=maybe,
    boundary=maybe,
    method=maybe,
    owner=maybe,
    source=maybe,
    origin=st.none() | origins,
    explained=many,
    places=st.lists(places, max_size=2).map(tuple),
)
stands = st.builds(
    DisclosureState,
    id=texts,
    status=st.sampled_from(["covered", "missing"]),
    sha256=named,
    omissions=many,
    assured=st.booleans(),
    facts=many,
    pages=many,
)
ledgers = st.builds(
    Ledger,
    texts,
    texts,
    st.just(date(2015, 1, 1)),
    st.just(date(2015, 12, 31)),
    st.lists(entries, max_size=3).map(lambda all: {entry.key: entry for entry in all}),
    st.lists(stands, max_size=3).map(lambda all: {stand.id: stand for stand in all}),
    named,
    st.dictionaries(st.integers(1, 99), texts, max_size=3),
)


@given(ledgers)
def test_written_and_read_it_is_the_same(ledger: Ledger) -> None:
    assert decode_ledger(decode_json(msgspec.json.encode(encode_ledger(ledger)), LedgerData)) == ledger


@pytest.mark.parametrize(
    "plain",
    [
        {},
        {"facts": 1},
        {"facts": [{"key": "a", "value": "much"}], "disclosures": []},
        {"facts": [{"wrong": 1, "value": "1"}]},
    ],
)
def test_another_shape_is_refused(plain: dict[str, object]) -> None:
    with pytest.raises(EmbeddedDataError):
        decode_json(json.dumps(plain).encode(), LedgerData)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1E+300"])
def test_a_value_beyond_all_reports_is_refused(value: str) -> None:
    entry = FactRecord("a[2015]", "a", "A", "2015", {}, Decimal(value), "GJ")
    ledger = Ledger("n", "o", date(2015, 1, 1), date(2015, 12, 31), {entry.key: entry}, {}, {})
    with pytest.raises(EmbeddedDataError):
        decode_ledger(encode_ledger(ledger))


def test_values_keep_their_digits() -> None:
    entry = FactRecord("a[2015]", "a", "A", "2015", {}, Decimal("12.30"), "GJ")
    ledger = Ledger("n", "o", date(2015, 1, 1), date(2015, 12, 31), {entry.key: entry}, {}, {})
    data = msgspec.json.encode(encode_ledger(ledger))
    assert json.loads(data)["facts"][0]["value"] == "12.30"
    assert str(decode_ledger(decode_json(data, LedgerData)).entries["a[2015]"].value) == "12.30"
