"""What the pages print is compared element by element: a change of the page alone is found, with both texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pikepdf import Array, Object

from gri_builder.audit.gri_builder_pdf.embedded_report import EmbeddedReport
from gri_builder.audit.rules import printed_text
from gri_builder.audit.rules.context import RuleContext, RuleOutcome
from gri_builder.embedded.embedded_files import read_embedded_files
from gri_builder.embedded.printed_text import PrintedElement
from gri_builder.index_reading.extraction import Extraction
from gri_builder.model.audit_result import CheckStatus
from gri_builder.pdf_reader.reader import read_pdf
from gri_builder.pipeline.build import build_report
from gri_builder.resources.frameworks import load_framework
from tests.support.paths import TESTS
from tests.support.printed_changes import EditedPdf, Mark, add_paragraph, kids_of, retarget, target_of, turn_around

RULES = {
    "table-text": printed_text.check_tables,
    "caption-text": printed_text.check_captions,
    "chart-text": printed_text.check_charts,
    "printed-text": printed_text.check_text,
    "link-address": printed_text.check_links,
}


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a report with every element that a designer may use."""
    built = build_report(TESTS / "cases" / "elements", tmp_path_factory.mktemp("out")).value
    assert built
    return built.files[0].read_bytes()


def examine(data: bytes) -> dict[str, list[RuleOutcome]]:
    """Return what each rule on printed text finds."""
    read = read_pdf(data, "a.pdf").value
    assert read
    framework = load_framework()
    embedded = EmbeddedReport(read, framework, read_embedded_files(read.attachments))
    context = RuleContext(read, framework, Extraction(None), None, embedded)
    outcomes = {name: list(rule(context)) for name, rule in RULES.items()}
    return {name: [one for one in some if one.status is not CheckStatus.PASS] for name, some in outcomes.items()}


def list_built(data: bytes) -> tuple[PrintedElement, ...]:
    """Return what the file says that it prints."""
    read = read_pdf(data, "a.pdf").value
    assert read
    embedded = read_embedded_files(read.attachments).data
    assert embedded
    assert embedded.printed
    return embedded.printed.elements


def test_the_untouched_file_passes(pdf: bytes) -> None:
    assert examine(pdf) == {name: [] for name in RULES}
    assert {each.role for each in list_built(pdf)} > {"TH", "TD", "P", "H1", "H2", "H3", "Caption", "Figure", "TOCI"}
    assert examine(EditedPdf(pdf).save()) == {name: [] for name in RULES}, "saving it again changes nothing"


def choose(edited: EditedPdf, role: str, most: int) -> list[tuple[Object, Mark]]:
    """Return elements of a role that print a text which is another backwards, spread over the report."""
    found = [(node, mark) for node, kind, mark in edited.elements if kind == role and _differs(edited.literals(mark))]
    return found[:: max(1, len(found) // most)][:most]


def _differs(literals: list[bytes]) -> bool:
    return any(len(each) > 2 and b"\\" not in each and each != each[::-1] for each in literals)


ROLES = {
    "TH": ("table-text", 14),
    "TD": ("table-text", 14),
    "Caption": ("caption-text", 6),
    "Figure": ("chart-text", 2),
    "P": ("printed-text", 20),
    "H1": ("printed-text", 6),
    "H2": ("printed-text", 8),
    "H3": ("printed-text", 10),
    "Span": ("", 6),
    "Link": ("", 6),
}
"""The rule that finds a change of that role, and the number of changes; '' where it depends on what is around it."""


@pytest.mark.parametrize("role", ROLES)
def test_each_changed_text_is_found(role: str, pdf: bytes) -> None:
    """A finding for each element, with page, and with what was printed and what is."""
    rule, most = ROLES[role]
    edited = EditedPdf(pdf)
    chosen = choose(edited, role, most)
    assert chosen
    for _, mark in chosen:
        edited.reverse(mark)
    outcomes = examine(edited.save())
    found = outcomes[rule] if rule else [each for some in outcomes.values() for each in some]
    pages = sorted({mark[0] for _, mark in chosen})
    assert sorted({each.page for each in found if each.page}) == pages
    # Parts of one paragraph are one finding.
    assert len(found) >= len(pages)
    assert len(found) == len(chosen) or rule in ("printed-text", "")
    assert all(" where the report printed '" in each.message for each in found)


def test_a_changed_cell_is_named_by_row_and_column(pdf: bytes) -> None:
    edited = EditedPdf(pdf)
    table = next(each for each in list_built(pdf) if each.cell and each.role == "TD" and len(each.text) > 4)
    node, mark = next((n, m) for n, role, m in edited.elements if role == "TD" and m[0] == table.page)
    assert kids_of(node)
    edited.reverse(mark)
    (found,) = examine(edited.save())["table-text"]
    assert found.page == mark[0]
    assert found.message.startswith("table ")
    assert ", row " in found.message
    assert ", column " in found.message
    assert found.hint


def swappable(edited: EditedPdf, role: str) -> Iterator[tuple[Mark, Mark]]:
    """Yield pairs of places of a role whose texts differ and are one string each."""
    singles = [
        (mark, edited.literals(mark)[0])
        for _, kind, mark in edited.elements
        if kind == role and len(edited.literals(mark)) == 1
    ]
    for (one, a), (other, b) in zip(singles[::2], singles[1::2], strict=False):
        if a != b and a not in b and b not in a:
            yield one, other


@pytest.mark.parametrize(
    ("role", "rule"), [("TD", "table-text"), ("TH", "table-text"), ("H2", "printed-text"), ("H3", "printed-text")]
)
def test_swapped_texts_are_found(role: str, rule: str, pdf: bytes) -> None:
    """Both texts are still printed, but not where they were."""
    for one, other in list(swappable(EditedPdf(pdf), role))[1:7:3]:
        edited = EditedPdf(pdf)
        edited.swap(one, other)
        found = examine(edited.save())[rule]
        assert {each.page for each in found} >= {one[0]}
        assert found


def rows(edited: EditedPdf) -> list[Object]:
    """Return the rows of tables that have three rows or more in a group."""
    cells = [node for node, role, _ in edited.elements if role in ("TD", "TH")]
    found = {cell.P.objgen: cell.P for cell in cells if cell.P.S == "/TR" and len(kids_of(cell.P.P)) > 2}
    return list(found.values())


@pytest.mark.parametrize("place", [0, 3, 8])
def test_a_removed_row_is_found(place: int, pdf: bytes) -> None:
    edited = EditedPdf(pdf)
    row = rows(edited)[place]
    cells = len(kids_of(row))
    group = row.P
    group.K = Array([kid for kid in group.K if kid.objgen != row.objgen])
    found = examine(edited.save())["table-text"]
    assert len(found) == cells
    assert all(each.message.endswith("is not printed any more") for each in found)


@pytest.mark.parametrize("role", ["TD", "P", "H3", "Caption"])
def test_a_text_that_is_gone_is_found(role: str, pdf: bytes) -> None:
    edited = EditedPdf(pdf)
    _, mark = choose(edited, role, 3)[1]
    edited.empty(mark)
    assert [each.page for some in examine(edited.save()).values() for each in some] == [mark[0]]


@pytest.mark.parametrize("number", [0, 20, 60])
def test_a_text_that_is_new_is_found(number: int, pdf: bytes) -> None:
    edited = EditedPdf(pdf)
    node, mark = [(n, m) for n, role, m in edited.elements if role == "P" and edited.section(m)][number]
    if not isinstance(node.P.get("/K"), Array):
        node.P.K = Array([node.P.K])
    add_paragraph(edited, node, mark)
    (found,) = examine(edited.save())["printed-text"]
    assert found.message.endswith("was not printed when the report was made")


@pytest.mark.parametrize("role", ["L", "TBody", "TR"])
def test_another_order_is_found(role: str, pdf: bytes) -> None:
    edited = EditedPdf(pdf)
    nodes = {node.objgen: node for node, _, _ in edited.elements}
    parents: dict[tuple[int, int], Object] = {}
    for node in nodes.values():
        above = node
        while "/P" in above and "/S" in above:
            if f"/{role}" == above.S and len(kids_of(above)) > 1:
                parents[above.objgen] = above
            above = above.P
    assert parents
    turn_around(next(iter(parents.values())))
    assert any(examine(edited.save()).values())


CHANGES: dict[str, Callable[[list[tuple[int, Object]]], None]] = {
    "another address": lambda links: retarget(links[0][1], "https://elsewhere.example/"),
    "another path": lambda links: retarget(links[-1][1], f"{target_of(links[-1][1])}2"),
    "exchanged": lambda links: _exchange(links),
}


def _exchange(links: list[tuple[int, Object]]) -> None:
    one = links[0][1]
    other = next(link for _, link in links if target_of(link) != target_of(one))
    before = target_of(one)
    retarget(one, target_of(other))
    retarget(other, before)


@pytest.mark.parametrize("outside", [True, False])
@pytest.mark.parametrize("change", CHANGES)
def test_a_link_that_leads_elsewhere_is_found(change: str, outside: bool, pdf: bytes) -> None:
    edited = EditedPdf(pdf)
    links = edited.links(outside=outside)
    CHANGES[change](links)
    found = examine(edited.save())["link-address"]
    assert found
    assert all(each.page for each in found)


def test_a_removed_and_a_new_link_are_found(pdf: bytes) -> None:
    edited = EditedPdf(pdf)
    page, link = edited.links(outside=True)[0]
    annotations = edited.pdf.pages[page - 1].obj.Annots
    annotations.append(annotations[0])
    other, gone = edited.links(outside=True)[-1]
    kept = [each for each in edited.pdf.pages[other - 1].obj.Annots if each.objgen != gone.objgen]
    edited.pdf.pages[other - 1].obj.Annots = Array(kept)
    messages = [each.message for each in examine(edited.save())["link-address"]]
    assert any("was not there when the report was made" in each for each in messages) or page == other
    assert any("is not there any more" in each for each in messages)
    assert link


def test_a_file_without_tags_is_an_error(pdf: bytes) -> None:
    edited = EditedPdf(pdf)
    del edited.pdf.Root.StructTreeRoot
    found = examine(edited.save())
    assert [each.status for each in found["table-text"]] == [CheckStatus.FAIL]
