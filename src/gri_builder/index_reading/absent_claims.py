"""Why a PDF makes no claims by the framework that is audited, and which other frameworks it uses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gri_builder.index_reading.editions.framework_choice import FrameworkChoice, name_labels
from gri_builder.index_reading.framework_recognition import RecognizedFramework
from gri_builder.index_reading.recognition_words.framework_words import load_framework_words
from gri_builder.index_reading.recognition_words.page_words import load_page_words
from gri_builder.model.audit_result import Quote
from gri_builder.model.finding import Finding, Location, Severity
from gri_builder.model.framework import Framework
from gri_builder.model.texts.finding_text import shorten
from gri_builder.pdf_reader.pdf_file import PdfFile

AROUND = 160
"""Characters before and behind the name of the index that may say where it is."""
QUOTED = 150
"""Characters of a text that a message quotes."""


def explain_absence(
    seems: RecognizedFramework, framework: Framework, texts: Mapping[int, str], pdf: PdfFile
) -> Iterable[Finding]:
    """Yield one finding that says why a PDF has no claims; `texts` are the texts of its pages."""
    if seems.framework == framework.id:
        yield _explain_index(seems, framework, texts, pdf)
    elif seems.framework:
        quote = seems.quotes[0] if seems.quotes else None
        said = f", as page {quote.page} says: '{shorten(quote.text, QUOTED)}'" if quote else ""
        message = f"the PDF reports by the {seems.name}{said}; only claims by the {framework.title} are audited"
        yield Finding("other-framework", Severity.INFO, message, _locate(pdf, quote.page if quote else None))
    elif seems.quotes:
        quote = seems.quotes[0]
        message = f"the PDF mentions GRI, but not by which edition it reports: '{shorten(quote.text, QUOTED)}'"
        yield Finding("no-framework", Severity.INFO, message, _locate(pdf, quote.page))
    else:
        message = f"the PDF does not speak of the {framework.title}"
        yield Finding("no-framework", Severity.INFO, message, Location(pdf.name))


def name_others(seems: RecognizedFramework, framework: Framework, where: Location) -> Iterable[Finding]:
    """Yield a finding for each other framework whose codes the PDF uses, too."""
    names = {edition.id: edition.name for edition in load_framework_words().editions}
    for id in seems.also:
        message = f"the PDF uses codes of the {names[id]}, too; only claims by the {framework.title} are audited"
        yield Finding("other-framework", Severity.INFO, message, where)


def name_mixed(choice: FrameworkChoice | None, where: Location) -> Iterable[Finding]:
    """Yield a finding for each framework of the same initiative that the index follows besides the chosen one."""
    if choice is None:
        return
    for other in choice.mixed:
        message = (
            f"the index mixes two frameworks: besides codes of the {choice.framework.title}, it lists "
            f"{name_labels(other.own)} of the {other.framework.title}; only claims by the first are audited"
        )
        yield Finding("other-framework", Severity.INFO, message, where)


def _explain_index(seems: RecognizedFramework, framework: Framework, texts: Mapping[int, str], pdf: PdfFile) -> Finding:
    """Return the finding on a PDF that speaks of the framework, and has no index."""
    if quote := find_elsewhere(texts):
        message = f"the PDF says that its content index is not in it: '{shorten(quote.text, QUOTED)}'"
        hint = "get the document or the web page that the text names, and audit that as well"
        return Finding("index-elsewhere", Severity.WARNING, message, _locate(pdf, quote.page), hint)
    message = f"the PDF speaks of the {framework.title}, but has no content index that can be read"
    hint = "look for the index in another file, or on the organization's web site"
    return Finding("no-index", Severity.ERROR, message, Location(pdf.name), hint)


def find_elsewhere(texts: Mapping[int, str]) -> Quote | None:
    """Return the passage that says that the content index is in another document or on a web site."""
    words = load_page_words()
    for page in sorted(texts):
        text = " ".join(texts[page].split())
        for found in words.index.finditer(text):
            around = text[max(0, found.start() - AROUND) : found.end() + AROUND]
            if words.elsewhere.search(around) and words.address.search(around):
                return Quote(page, text[max(0, found.start() - 60) : found.end() + AROUND].strip())
            near = text[max(0, found.start() - 60) : found.end() + 60]
            if words.elsewhere.search(near):
                return Quote(page, near.strip())
    return None


def _locate(pdf: PdfFile, page: int | None) -> Location:
    return Location(pdf.name, page=page, label=pdf.pages[page - 1].label or None if page else None)
