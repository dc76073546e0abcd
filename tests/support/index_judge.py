"""Judges what the audit read from an index by a truth that was typed, or that came with the making of the PDF.

It reads nothing by the program's own readers: page numbers of the truth are typed, or read by a strict reader here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from gri_builder.model.audit_result import AuditClaim, AuditResult, CheckStatus, Verdict

Truth = Mapping[str, Any]
DMA = "G4-DMA"
OPTIONS = ("core", "comprehensive", "referenced", "in-accordance", "with-reference")
FRAMEWORKS = {"gri-standards-2016": "gri-2016", "gri-standards-2021": "gri-2021"}
"""Ids of frameworks as the audit names them, by those of the truth."""
_SPREADS = re.compile(r"\((\d+)-(\d+)\) holds (?:printed )?2n\+(\d+)")
_NUMBERS = re.compile(r"(\d{1,4})(?:\s*[-–—−~]\s*(\d{1,4}))?")
_ONLY_PAGES = re.compile(r"(?:p|pp|page|pages|pg)?[.\s]*[\d\s,;&–—−-]+[.\s]*", re.IGNORECASE)
_NAMED_PAGES = re.compile(r"(?:\bp|\bpp|\bpages?|\bpg)[.\s]*(\d[\d\s,&–—−-]*)", re.IGNORECASE)


@dataclass
class Share:
    """Right ones of a number."""

    right: int = 0
    all: int = 0

    def add(self, right: bool) -> None:
        """Count one more."""
        self.right += right
        self.all += 1

    @property
    def share(self) -> float:
        """From 0 to 1; 1 where there was nothing to get wrong."""
        return self.right / self.all if self.all else 1.0

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.all + other.all)

    def __str__(self) -> str:
        return f"{self.right}/{self.all}" if self.all else "-"


@dataclass
class Judgment:
    """How much of an index was read rightly."""

    codes_precise: Share = field(default_factory=Share)
    """Of the codes claimed, those that are in the index."""
    codes_found: Share = field(default_factory=Share)
    """Of the codes in the index, those claimed."""
    rows: Share = field(default_factory=Share)
    """Of the rows claimed, those that are in the index, on that page, and no more often."""
    pages: Share = field(default_factory=Share)
    """Rows of the index with exactly the pages that they name."""
    omissions_precise: Share = field(default_factory=Share)
    omissions_found: Share = field(default_factory=Share)
    assured: Share = field(default_factory=Share)
    """Rows whose assurance is read rightly."""
    page_errors: Share = field(default_factory=Share)
    """Rows that are said to name a missing page if and only if they do; where the truth knows."""
    subjects: Share = field(default_factory=Share)
    """Rows whose pages speak of them, for which that is not denied; where the truth knows, and the pages are right."""
    option: Share = field(default_factory=Share)
    framework: Share = field(default_factory=Share)
    wrong: list[str] = field(default_factory=list)
    """What is wrong, in words."""

    def shares(self) -> dict[str, Share]:
        """Return all shares by name."""
        return {name: value for name, value in vars(self).items() if isinstance(value, Share)}

    def __add__(self, other: Judgment) -> Judgment:
        mine, theirs = self.shares(), other.shares()
        return Judgment(**{name: mine[name] + theirs[name] for name in mine}, wrong=[*self.wrong, *other.wrong])


def judge(audit: AuditResult, truth: Truth, pages: Mapping[str, Sequence[int]] | None = None) -> Judgment:
    """Return how far the claims of an audit agree with the truth.

    `pages` are typed printed pages by 'place of the entry' as a string, which go before all that the truth says.
    """
    found = Judgment()
    _judge_framework(audit, truth, found)
    if not is_judged(truth):
        found.rows.all += len(audit.claims)
        return found
    entries = [entry for entry in truth["entries"] if not entry.get("bare_standard")]
    claims = _label(audit)
    rows = _pair(claims, entries)
    _judge_codes(claims, truth, found)
    _judge_rows(claims, entries, found)
    physical = map_pages(truth)
    for place, (entry, claim) in enumerate(rows):
        _judge_pages(entry, claim, wanted_pages(truth, entry, place, pages or {}), physical, found)
        _judge_assurance(entry, claim, truth, found)
    _judge_omissions(claims, truth, found)
    _judge_page_errors(audit, truth, found)
    return found


def is_judged(truth: Truth) -> bool:
    """Return whether the claims of a report are judged: there are frameworks of which only the name is."""
    return is_g4(truth) or truth["framework"] in FRAMEWORKS


def is_g4(truth: Truth) -> bool:
    """Return whether a report is by G4."""
    return "g4" in str(truth.get("framework", "GRI G4")).lower()


def _label(audit: AuditResult) -> list[AuditClaim]:
    """Return claims with their codes as an index prints them, without the edition that tells equal ones apart."""
    return [replace(claim, code=_full(claim.code.partition("@")[0])) for claim in audit.claims]


def _judge_framework(audit: AuditResult, truth: Truth, found: Judgment) -> None:
    wanted = "gri-g4" if is_g4(truth) else FRAMEWORKS.get(truth["framework"], "gri-")
    right = (audit.recognized or "").startswith(wanted)
    found.framework.add(right)
    if not right:
        found.wrong.append(f"framework {audit.recognized}, not {wanted}")
    if is_judged(truth):
        option = truth.get("claimed_option")
        wanted_option = option if option in OPTIONS else None
        found.option.add(audit.claimed_option == wanted_option)
        if audit.claimed_option != wanted_option:
            found.wrong.append(f"option {audit.claimed_option}, not {wanted_option}")


def _judge_codes(claims: Iterable[AuditClaim], truth: Truth, found: Judgment) -> None:
    wanted = {_full(code) for code in truth["codes"]} - {DMA}
    meant = {_full(entry["intended"]) for entry in truth["entries"] if entry.get("intended")}
    claimed = {claim.code for claim in claims} - {DMA} - (meant - wanted)
    for code in sorted(claimed):
        found.codes_precise.add(code in wanted)
    for code in sorted(wanted):
        found.codes_found.add(code in claimed)
    found.wrong += [f"{code} is not in the index" for code in sorted(claimed - wanted)]
    found.wrong += [f"{code} not found" for code in sorted(wanted - claimed)]


def _full(code: str) -> str:
    """Return a code as the model writes it; those of sectors go without the edition in some truths."""
    return code if code.startswith("G4-") or (code[0].isdigit() and "-" in code) else f"G4-{code}"


def _judge_rows(claims: Iterable[AuditClaim], entries: Iterable[Truth], found: Judgment) -> None:
    left = Counter((code, entry.get("page")) for entry in entries for code in _codes(entry))
    for claim in claims:
        key = claim.code, claim.found_on
        found.rows.add(left[key] > 0)
        if left[key] <= 0:
            found.wrong.append(f"row {claim.code} on page {claim.found_on} is not there")
        left[key] -= 1


def _codes(entry: Truth) -> Iterator[str]:
    yield _full(entry["intended"] if entry.get("intended") else entry["code"])


def _pair(claims: Sequence[AuditClaim], entries: Sequence[Truth]) -> list[tuple[Truth, AuditClaim | None]]:
    """Return each row of the truth with the claim that was read from it: same code and page, in the same order."""
    left = list(claims)
    pairs: list[tuple[Truth, AuditClaim | None]] = []
    for entry in entries:
        same = [claim for claim in left if claim.code in _codes(entry)]
        best = next((claim for claim in same if claim.found_on == entry.get("page")), None)
        claim = best or next(iter(same), None)
        if claim:
            left.remove(claim)
        pairs.append((entry, claim))
    return pairs


# Pages


def map_pages(truth: Truth) -> Callable[[int], int | None]:
    """Return what tells the physical page of a printed one, None where it is not in the file."""
    count = truth.get("n_pages") or 0
    if known := truth.get("pages_map"):
        return lambda printed: known.get(str(printed))
    text = str(truth.get("page_map") or "printed = physical")
    if spreads := _SPREADS.findall(text):
        pages = {
            number * 2 + int(shift) + side: number
            for first, last, shift in spreads
            for number in range(int(first), int(last) + 1)
            for side in (0, 1)
        }
        return pages.get
    if "2n-2" in text:
        return lambda printed: page if 0 < (page := (printed + 2) // 2) <= count else None
    shift = re.search(r"physical\s*([+-])\s*(\d+)", text)
    by = int(shift[1] + shift[2]) if shift else 0
    return lambda printed: printed - by if 0 < printed - by <= count else None


def wanted_pages(truth: Truth, entry: Truth, place: int, typed: Mapping[str, Sequence[int]]) -> set[int]:
    """Return the printed pages that a row names."""
    if str(place) in typed:
        return set(typed[str(place)])
    if "printed_pages" in entry:
        return set(entry["printed_pages"])
    by_code = truth.get("pages_by_code", {})
    if entry["code"] in by_code:
        return _own_pages(truth, entry, set(by_code[entry["code"]]))
    return read_strictly(str(entry.get("ref") or ""))


def _own_pages(truth: Truth, entry: Truth, pages: set[int]) -> set[int]:
    """Return those pages of a code that its row names; a code in several rows, one for each letter, has them of all."""
    if sum(each["code"] == entry["code"] for each in truth["entries"]) == 1:
        return pages
    return pages & numbers(str(entry.get("ref") or ""))


def read_strictly(text: str) -> set[int]:
    """Return the pages of a text that holds nothing else, or that follow a word for pages."""
    if _ONLY_PAGES.fullmatch(text):
        return numbers(text)
    return {page for found in _NAMED_PAGES.finditer(text) for page in numbers(found[1])}


def numbers(text: str) -> set[int]:
    """Return all numbers of a text, stretches filled."""
    pages: set[int] = set()
    for first, last in _NUMBERS.findall(text):
        pages.update(range(int(first), int(last or first) + 1))
    return pages


def _judge_pages(
    entry: Truth, claim: AuditClaim | None, wanted: set[int], physical: Callable[[int], int | None], found: Judgment
) -> None:
    within = sorted({page for each in wanted if (page := physical(each)) is not None})
    beyond = {each for each in wanted if physical(each) is None} | set(entry.get("missing_pages", ()))
    named = {page for each in claim.references if not each.outside for page in numbers(each.text)} if claim else set()
    right = claim is not None and list(claim.pages) == within and beyond <= named
    found.pages.add(right)
    if right and claim and entry.get("spoken"):
        seen = claim.evidence.verdict is not Verdict.NOT_FOUND
        found.subjects.add(seen)
        if not seen:
            found.wrong.append(f"{entry['code']}: its subject is on {within}, which is denied")
    if not right:
        read = f"{list(claim.pages)} by {[each.text for each in claim.references]}" if claim else "nothing"
        found.wrong.append(f"{entry['code']} '{entry.get('ref')}': {read}, not {within or sorted(beyond)}")


# Statements


def _judge_assurance(entry: Truth, claim: AuditClaim | None, truth: Truth, found: Judgment) -> None:
    wanted = _wanted_assurance(entry, truth)
    if wanted is None or claim is None:
        return
    found.assured.add(bool(claim.assured) is wanted)
    if bool(claim.assured) is not wanted:
        found.wrong.append(f"{entry['code']} assured: {claim.assured}, not {wanted}")


def _wanted_assurance(entry: Truth, truth: Truth) -> bool | None:
    if "assured" in entry:
        return bool(entry["assured"])
    external = truth.get("external_assurance")
    if "assurance" not in entry or not isinstance(external, dict) or not external.get("column_in_index"):
        return None
    return str(entry["assurance"] or "").strip().lower() not in {"", "*", "no", "n", "-", "–"}


def _judge_omissions(claims: Iterable[AuditClaim], truth: Truth, found: Judgment) -> None:
    wanted = Counter(_full(each["code"]) for each in truth.get("omissions", ()))
    claimed = Counter(claim.code for claim in claims if claim.omission)
    for code, count in sorted(claimed.items()):
        for place in range(count):
            found.omissions_precise.add(place < wanted[code])
    for code, count in sorted(wanted.items()):
        for place in range(count):
            found.omissions_found.add(place < claimed[code])
    found.wrong += [f"{code} has no omission" for code in sorted(claimed - wanted)]
    found.wrong += [f"omission of {code} not found" for code in sorted(wanted - claimed)]


def _judge_page_errors(audit: AuditResult, truth: Truth, found: Judgment) -> None:
    if "missing_pages" not in truth:
        return
    wanted = {each["code"] for each in truth["missing_pages"]}
    failed = {
        re.split(r"@\d|:", check.id or "")[0]
        for check in audit.checks
        if check.rule == "page-exists" and check.status is CheckStatus.FAIL
    }
    for code in sorted(wanted | failed):
        found.page_errors.add(code in wanted and code in failed)
        if code not in wanted:
            found.wrong.append(f"{code} is said to name a page that does not exist")
        elif code not in failed:
            found.wrong.append(f"{code} names a page that does not exist, which is not said")
