"""Rules on the printed content index: its rows and links match the embedded index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher

from gri_builder.audit.gri_builder_pdf.embedded_report import EmbeddedReport
from gri_builder.audit.rules.context import RuleContext, RuleOutcome, failed, passed
from gri_builder.model.claim import Claim, page_ranges
from gri_builder.pdf_reader.pdf_file import PageLink

NOUNS = {
    "disclosure": "code and title",
    "code": "code",
    "title": "title",
    "page": "pages",
    "omissions": "omissions",
    "omitted-parts": "omitted requirements",
    "omission-reason": "reason for omission",
    "omission-explanation": "explanation of omission",
    "assurance": "assurance",
}


TO_NOTE, TO_ROW = NOTES = ("omission/", "omitted/")
"""How the places of notes on omissions, and of the rows that refer to them, are named."""


def check_rows(context: RuleContext) -> Iterator[RuleOutcome]:
    """Each row of the printed index matches the embedded index (G4 Part 1, 3.4)."""
    embedded = context.embedded
    assert embedded
    expected_index = embedded.expected_index
    if expected_index is None:
        return
    for place, row in enumerate(embedded.rows):
        printed = embedded.printed_rows.get(place)
        if printed is None:
            yield failed("the printed index has no row for it", row.claim.id, _first(embedded.printed.pages))
            continue
        expected = expected_index.cells(row.claim, printed.is_joined)
        page = _first(printed.pages)
        if len(printed.cells) != len(expected):
            message = f"its row in the printed index has {len(printed.cells)} cells instead of {len(expected)}"
            yield failed(message, row.claim.id, page)
            continue
        differing = [
            f"{NOUNS.get(column, column)}: printed '{text}', embedded '{wanted}'"
            for (column, wanted), text in zip(expected.items(), printed.cells, strict=True)
            if without_spaces(text) != without_spaces(wanted)
        ]
        if not printed.is_joined:
            differing += _compare_notes(embedded, expected_index.note_texts(row.claim))
            if printed.signs != (sign := expected_index.signs(row.claim)):
                differing.append(f"assurance: the sign '{printed.signs}' where '{sign}' is meant")
        if differing:
            message = f"the printed index differs from the embedded one in {'; '.join(differing)}"
            yield failed(message, row.claim.id, page, "one of the two was changed after the report was made")
        else:
            yield passed("its printed row matches the embedded index", row.claim.id, page)
    known = {id(row) for row in embedded.printed_rows.values()}
    for printed in embedded.printed.rows:
        if id(printed) not in known:
            message = f"the printed index has a row '{printed.cells[0]}' that the embedded index does not have"
            yield failed(message, page=_first(printed.pages))
    numbers = {note.number for note in expected_index.notes}
    for number, note in embedded.printed.notes.items():
        if number not in numbers:
            message = f"the printed index has a note '{note.text}' that the embedded index does not have"
            yield failed(message, page=_first(note.pages))


def _compare_notes(embedded: EmbeddedReport, expected: Mapping[int, str]) -> Iterator[str]:
    """Yield what differs in the notes below the table that a row refers to."""
    for number, wanted in expected.items():
        note = embedded.printed.notes.get(number)
        if note is None:
            yield f"omissions: the note {number} is not printed, embedded '{wanted}'"
        elif without_spaces(note.text) != without_spaces(wanted):
            yield f"omissions: printed '{note.text}', embedded '{wanted}'"


def without_spaces(text: str) -> str:
    """Return a text without spaces, which differ where lines are broken."""
    return "".join(text.replace("\u00ad", "").split())


def _first(pages: tuple[int, ...]) -> int | None:
    return pages[0] if pages else None


def check_links(context: RuleContext) -> Iterator[RuleOutcome]:
    """Each link of the printed index leads to the page that is printed on it."""
    embedded = context.embedded
    assert embedded
    wanted = [(claim, target) for claim in embedded.claims for target in _list_targets(claim)]
    links = [target for page in embedded.printed.pages for target in _read_targets(context.pdf.pages[page - 1].links)]
    found = [target for target in links if not str(target).startswith(NOTES)]
    reached = [_resolve(embedded, target) for target in found]
    broken: dict[str, str] = {}
    expected = [_describe_target(target) for _, target in wanted]
    for tag, a, b, c, d in SequenceMatcher(None, expected, reached, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for step in range(a, b):
            given = found[c + step - a] if c + step - a < d else None
            leads = f"a link leads to '{given}'" if given is not None else "a link is missing"
            broken.setdefault(wanted[step][0].id, f"{leads}, where the index has {_name_target(wanted[step][1])}")
        if tag == "insert":
            place = min(a, len(wanted) - 1)
            claim = wanted[place][0].id if wanted else ""
            broken.setdefault(claim, f"a link leads to '{found[c]}', which the index does not have")
    broken = dict(_find_broken_notes(embedded, links)) | broken
    for claim in dict.fromkeys([*(claim.id for claim, _ in wanted), *broken]):
        if claim in broken:
            yield failed(broken[claim], claim, _first(embedded.printed.pages), "links were changed or removed")
        else:
            yield passed("its links lead where the index says", claim)


def _find_broken_notes(embedded: EmbeddedReport, links: list[int | str]) -> Iterator[tuple[str, str]]:
    """Yield the first row of each note whose links do not lead from its rows to it and back, with what is wrong."""
    index, printed = embedded.expected_index, embedded.printed
    is_joined = any(row.is_joined for row in printed.rows)
    for note in index.notes if index and not is_joined else ():
        to, back = f"{TO_NOTE}{note.number}", f"{TO_ROW}{note.number}"
        if links.count(to) != len(note.ids) or links.count(back) != 1:
            yield note.ids[0], f"the links between the row and the note {note.number} on its omission are not as made"
        below = printed.notes.get(note.number)
        place = embedded.pdf.destinations.get(to)
        if below and below.pages and (place is None or place[0] != below.pages[0]):
            yield note.ids[0], f"the links to the note {note.number} on its omission do not lead to it"


def _read_targets(links: Iterable[PageLink]) -> Iterator[int | str]:
    """Yield the targets of links; one that spans several lines has a box for each line, and counts once."""
    before: PageLink | None = None
    for link in links:
        if not (before and _continues(link, before)):
            yield link.target
        before = link


def _continues(link: PageLink, before: PageLink) -> bool:
    """Return whether a box is of the same link as the one before; an untagged one if it leads to the same address."""
    if link.element is None or before.element is None:
        return link.outside and link.target == before.target
    return link.element == before.element and link.target == before.target


Target = tuple[str, str | int]
"""Where a link of the index should lead: ('id', name), ('page', number), ('statement', page) or ('uri', address)."""


def _list_targets(claim: Claim) -> Iterator[Target]:
    """Yield where the links of a row should lead, in the order of its cells."""
    for place, text in enumerate(page_ranges(claim.physical_pages).split(", ") if claim.physical_pages else ()):
        yield ("id", claim.id) if not place else ("page", int(text.split("–")[0]))
    for each in claim.references:
        if each.url:
            yield "uri", each.url
    if claim.assured and claim.assurance_page:
        yield "statement", claim.assurance_page


def _describe_target(target: Target) -> str:
    kind, value = target
    return f"page {value}" if kind in ("page", "statement") else str(value)


def _resolve(embedded: EmbeddedReport, target: object) -> str:
    """Return where a link leads, as `_describe_target` names it."""
    if isinstance(target, int):
        return f"page {target}"
    name = str(target)
    if any(claim.id == name for claim in embedded.claims):
        return name
    place = embedded.pdf.destinations.get(name)
    return f"page {place[0]}" if place else name


def _name_target(target: Target) -> str:
    kind, value = target
    return {"id": "the disclosure", "page": f"page {value}", "statement": f"page {value}"}.get(kind, f"'{value}'")
