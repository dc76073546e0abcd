"""Rules on the seal: what the pages draw, what the document does, and the file itself are as they were built."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from gri_builder.audit.gri_builder_pdf.embedded_report import EmbeddedReport
from gri_builder.audit.gri_builder_pdf.made_by import list_removed, must_be_sealed
from gri_builder.audit.gri_builder_pdf.seal_comparison import PAGE_AREAS, STRUCTURE_AREAS, Difference
from gri_builder.audit.gri_builder_pdf.seal_words import describe, list_pages, quote
from gri_builder.audit.gri_builder_pdf.sealed_report import SealedReport, UnreadableSeal
from gri_builder.audit.gri_builder_pdf.signatures import Signature
from gri_builder.audit.rules.context import RuleContext, RuleOutcome, failed, passed, skipped
from gri_builder.embedded.seal.seal import NAME
from gri_builder.model.finding import Severity
from gri_builder.pdf_reader.pdf_file import PdfFile

COMPARE = "compare it with the PDF as the organization published it"
NO_SEAL = "the PDF has no seal: it was made by an older version, or changed by a program that removed it"
SEAL_REMOVED = "the PDF has no seal, and says that it was made by a version all PDFs of which have one: it was removed"
MOST = 40
"""Differences of one rule that are listed."""


def check_sealed_pages(context: RuleContext) -> Iterator[RuleOutcome]:
    """Each page draws and does what it did when it was built: boxes, fonts, pictures, links and all else.

    ISO 32000-1, 7.7.3.3 (page objects), 7.8.3 (resources) and 12.5 (annotations).
    """
    sealed = _compare(context)
    if isinstance(sealed, RuleOutcome):
        yield sealed
        return
    found = [each for each in sealed.differences if each.area in PAGE_AREAS]
    differences = [each for each in found if not _is_said(context, sealed, each)]
    shown = [each for each in (_narrow(context.pdf, each) for each in differences) if each.pages]
    yield from _fail(shown, sealed, lambda each: _name_figures(context.pdf, each))
    changed = {page for each in shown for page in each.pages}
    for page in context.pdf.pages:
        if page.number not in changed:
            yield passed("it draws and does what it did when it was built", page=page.number)


def check_sealed_structure(context: RuleContext) -> Iterator[RuleOutcome]:
    """What screen readers read is what was built: roles, alternative texts, languages and reading order.

    ISO 32000-1, 14.7 and 14.9; ISO 14289-1, 7.
    """
    sealed = _compare(context)
    if isinstance(sealed, RuleOutcome):
        yield sealed
        return
    differences = [each for each in sealed.differences if each.area in STRUCTURE_AREAS]
    yield from _fail(differences, sealed)
    if not differences:
        yield passed("the structure tree is as it was built")


def check_sealed_document(context: RuleContext) -> Iterator[RuleOutcome]:
    """The document as a whole is as it was built: bookmarks, labels, places, actions, properties and attachments.

    ISO 32000-1, 7.7.2 (catalog), 12.6 (actions) and 14.3 (metadata).
    """
    sealed = _compare(context)
    if isinstance(sealed, RuleOutcome):
        yield sealed
        return
    areas = PAGE_AREAS | STRUCTURE_AREAS
    differences = [each for each in sealed.differences if each.area not in areas]
    yield from _fail(differences, sealed)
    if not differences:
        yield passed("bookmarks, labels, places, actions, properties and attachments are as they were built")


def check_sealed_file(context: RuleContext) -> Iterator[RuleOutcome]:
    """The file is built so that every program shows the same of it, and nothing is in front of it or behind it.

    ISO 32000-1, 7.5.
    """
    assert context.embedded
    sealed = context.embedded.sealed
    missing = context.embedded.files.errors.get(NAME)
    removed = list_removed(context.pdf, context.embedded.files)
    if removed and sealed is not None:
        listed = ", ".join(f"'{name}'" for name in removed)
        yield failed(f"the embedded data has no {listed}, which its version always writes: removed", hint=COMPARE)
    if missing:
        yield failed(f"{missing}: nobody can say what its pages drew when they were built", hint=COMPARE)
    elif sealed is None and must_be_sealed(context.pdf, context.embedded.files):
        yield failed(SEAL_REMOVED, hint=COMPARE)
    elif sealed is None:
        yield skipped(NO_SEAL)
    elif isinstance(sealed, UnreadableSeal):
        hint = f"programs may show different things of such a file; {COMPARE}"
        yield failed(f"the PDF can't be compared with its seal: {sealed.reason}", hint=hint)
    else:
        for fault in sealed.faults:
            yield failed(fault, hint=COMPARE)
        if not sealed.faults:
            yield passed("its objects are where its cross-references say, and nothing is in front or behind")


def check_saved_again(context: RuleContext) -> Iterator[RuleOutcome]:
    """No program saved the file again, or only one that says so; what is drawn is judged by the other rules.

    ISO 32000-1, 14.3.3.
    """
    sealed = _compare(context)
    if isinstance(sealed, RuleOutcome):
        yield sealed
    elif not sealed.saved:
        yield passed("its producer and its date of change are those of the build")
    elif _list_signed(sealed):
        yield passed("its producer or its date of change were set when it was signed")
    else:
        said = "; ".join(describe(each, sealed.objects) for each in sealed.saved)
        hint = "this alone changes nothing that is drawn; ask who saved the file again"
        yield failed(f"a program saved the file again: {said}", hint=hint, severity=Severity.WARNING)


def check_signatures(context: RuleContext) -> Iterator[RuleOutcome]:
    """A signature adds itself to the PDF and nothing else: it covers nothing, and does nothing.

    ISO 32000-1, 12.8.
    """
    sealed = _compare(context)
    if isinstance(sealed, RuleOutcome):
        yield sealed
        return
    for each in sealed.signatures:
        yield from _judge_signature(each, not sealed.differences)
    if not sealed.signatures:
        yield passed("it was not signed since it was built")


def _judge_signature(signature: Signature, is_unchanged: bool) -> Iterator[RuleOutcome]:
    named = f"the signature '{signature.name}'"
    for fault in signature.faults:
        yield failed(f"{named} on page {signature.page} {fault}", page=signature.page, hint=COMPARE)
    if signature.faults:
        return
    if not signature.is_signed:
        yield passed(f"{named} is a field that is not signed yet, and shows nothing", page=signature.page)
        return
    when = f"on {signature.time} " if signature.time else ""
    rest = "nothing else was changed" if is_unchanged else "what else was changed is listed by the other rules"
    yield passed(f"it was signed {when}since it was built ({signature.name}); {rest}", page=signature.page)
    if signature.is_visible:
        yield skipped(f"{named} shows something on page {signature.page}, which is no part of the report")


def _list_signed(sealed: SealedReport) -> tuple[Signature, ...]:
    return tuple(each for each in sealed.signatures if each.is_signed)


def _compare(context: RuleContext) -> SealedReport | RuleOutcome:
    """Return the comparison with the seal; the outcome of a rule where it is missing."""
    assert context.embedded
    sealed = context.embedded.sealed
    if sealed is None:
        return skipped(NO_SEAL if NAME not in context.embedded.files.errors else "its seal is missing or unreadable")
    if isinstance(sealed, UnreadableSeal):
        return skipped(f"the PDF can't be compared with its seal: {sealed.reason}")
    return sealed


def _is_said(context: RuleContext, sealed: SealedReport, each: Difference) -> bool:
    """Return whether the rule on page content says it already."""
    assert context.embedded
    hashes = context.embedded.page_hashes
    if sealed.pages != len(context.pdf.pages):
        return False
    if each.area == "page":
        return bool(hashes) and len(hashes) == len(_sealed_pages(context.embedded))
    if each.area != "content" or not hashes:
        return False
    return context.pdf.pages[each.pages[0] - 1].sha256 not in hashes


def _sealed_pages(embedded: EmbeddedReport) -> Sequence[object]:
    return embedded.files.seal.pages if embedded.files.seal else ()


def _narrow(pdf: PdfFile, each: Difference) -> Difference:
    """Return the difference of a resource with the pages that use it alone, where any does.

    What was removed and is not used has no page: programs tidy up so, and nothing is drawn with it.
    """
    if each.area != "resource" or len(each.path) < 2:
        return each
    name = each.path[1].encode()
    using = tuple(page for page in each.pages if _uses(_read_content(pdf, page), name))
    is_idle = len(each.path) == 2 and each.after is None and each.path[0] != "/ColorSpace"
    return replace(each, pages=using) if using or is_idle else each


def _read_content(pdf: PdfFile, page: int) -> bytes:
    return pdf.pages[page - 1].read_content() if page <= len(pdf.pages) else b""


def _uses(content: bytes, name: bytes) -> bool:
    """Return whether a content stream names a resource."""
    place = content.find(name)
    while place >= 0:
        end = content[place + len(name) : place + len(name) + 1]
        if not end or end in b" \t\r\n\f\0/[]<>()":
            return True
        place = content.find(name, place + 1)
    return False


def _name_figures(pdf: PdfFile, each: Difference) -> str:
    """Return the alternative texts of the figures on the page of a picture or a drawing, which name it best."""
    if each.area != "resource" or each.path[0] != "/XObject" or pdf.structure is None:
        return ""
    figures = (element for element in pdf.structure.walk() if element.role == "Figure" and element.alt)
    named = [figure.alt for figure in figures if any(page in each.pages for page, _ in figure.walk_content())]
    return f" (figures there: {', '.join(quote(f'({alt})') for alt in named)})" if named else ""


def _fail(
    differences: Sequence[Difference], sealed: SealedReport, more: Callable[[Difference], str] = lambda each: ""
) -> Iterator[RuleOutcome]:
    for each in differences[:MOST]:
        page = each.pages[0] if each.pages else None
        yield failed(describe(each, sealed.objects) + more(each), page=page, hint=COMPARE)
    rest = differences[MOST:]
    if rest:
        pages = sorted({page for each in rest for page in each.pages})
        where = f" on {list_pages(pages)}" if pages else ""
        yield failed(f"{len(rest)} more changes of this kind were found{where}", page=pages[0] if pages else None)
