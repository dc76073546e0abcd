"""Opening of a PDF: by its own table of objects, or, where that can't be read or misleads, by what is in the file."""

from __future__ import annotations

import re
from typing import NamedTuple

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError

from gri_builder.model.finding import Finding, Location, Result, error, warning
from gri_builder.pdf_reader.object_streams import ObjectReader
from gri_builder.pdf_reader.page_list import PageList, list_pages
from gri_builder.pdf_reader.repair import MissingPagesError, WrongPasswordError, holds_objects, repair_file
from gri_builder.pdf_reader.trees import as_mapping
from gri_builder.pdf_reader.words import WordReader, copy_file

HEADER_WITHIN = 1024
"""Leading bytes that must contain the header of a PDF (ISO 32000-2, annex I)."""
UNEQUAL = "two programs that read it find different pages"
MOST_FLAWS = 5
"""Flaws of a list of pages that are named."""
_HANDLER = re.compile(rb"/Filter\s*/(Adobe\.(?:PubSec|PPKLite|APS)|FOPN_\w+|MicrosoftIRM\w*|[A-Z]\w*\.[\w.]+)")
"""Handlers of encryption that no password serves (ISO 32000-1, 7.6.4)."""


class OpenedPdf(NamedTuple):
    """A PDF that both readers have opened."""

    reader: PdfReader
    words: WordReader
    pages: PageList
    data: bytes
    """What both read: the file, or what was repaired of it."""
    password: str | None
    """What opens it; None for what was repaired."""


def open_pdf(data: bytes, where: Location, password: str | None) -> Result[OpenedPdf]:
    """Open a PDF; the findings say what kept it from being read as it is."""
    if b"%PDF-" not in data[:HEADER_WITHIN] and not holds_objects(data):
        return Result(None, (_not_a_pdf(data, where),))
    fault: Exception | None = None
    opened: OpenedPdf | None = None
    try:
        found = _open(data, where, password)
        if found.value is None:
            return found
        opened = found.value
        if not opened.pages.flaws and _agree(opened):
            return found
    except FileNotDecryptedError:
        return Result(None, (_password_needed(where),))
    except Exception as problem:  # a broken file raises whatever its breaks lead to
        if _nests_too_deep(problem):
            return Result(None, (report_damage(problem, where),))
        fault = problem
    if protection := _find_protection(data, where):
        return Result(None, (protection,))
    if isinstance(fault, DependencyError):
        message = f"the PDF is encrypted in a way that can't be read here ({fault})"
        return Result(None, (error("damaged-pdf", message, where, "ask for a PDF without encryption"),))
    return _open_repaired(data, where, password, opened, fault)


def _nests_too_deep(fault: BaseException | None) -> bool:
    """Return whether a fault comes from objects within objects without end, which no program writes."""
    return fault is not None and (isinstance(fault, RecursionError) or _nests_too_deep(fault.__cause__))


def _open(data: bytes, where: Location, password: str | None) -> Result[OpenedPdf]:
    reader = ObjectReader(data)
    if reader.is_encrypted and (finding := _decrypt(reader, password, where)):
        return Result(None, (finding,))
    pages = list_pages(as_mapping(reader.trailer["/Root"]))
    return Result(OpenedPdf(reader, WordReader(data, password), pages, data, password))


def _agree(opened: OpenedPdf) -> bool:
    """Return whether both readers find the same number of pages, and each of them."""
    count = len(opened.pages.pages)
    return count > 0 and opened.words.count == count and opened.words.can_load_all()


def _open_repaired(
    data: bytes, where: Location, password: str | None, opened: OpenedPdf | None, fault: Exception | None
) -> Result[OpenedPdf]:
    """Open what can be repaired of a PDF that could not be read, or whose pages two readers count differently."""
    try:
        repaired = _open(_repair(data, password, whole=opened is None), where, None).value
    except WrongPasswordError:
        return Result(None, (_password_needed(where) if password is None else _wrong_password(where),))
    except MissingPagesError as problem:
        repaired, fault = None, problem
    except Exception as problem:
        repaired, fault = None, fault or (problem if opened is None else None)
    flaws = _list_flaws(opened)
    if repaired and repaired.pages.pages:
        count = len(repaired.pages.pages)
        return Result(repaired, (_report_flaws(flaws, where, count) if flaws else _report_repair(fault, where, count),))
    if opened and opened.pages.pages:
        return Result(opened, (_report_flaws(flaws or (UNEQUAL,), where, len(opened.pages.pages)),))
    if b"%PDF-" not in data[:HEADER_WITHIN]:
        return Result(None, (_not_a_pdf(data, where),))
    return Result(None, (report_damage(fault, where),))


def _list_flaws(opened: OpenedPdf | None) -> tuple[str, ...]:
    """Return the flaws of a list that has pages all the same."""
    return opened.pages.flaws if opened and opened.pages.pages else ()


def _repair(data: bytes, password: str | None, *, whole: bool) -> bytes:
    """Return what can be repaired of a file, by the one reader that finds its objects or by the other."""
    try:
        return repair_file(data, password, whole=whole)
    except (WrongPasswordError, MissingPagesError):
        raise
    except Exception:  # whatever the breaks lead to; the fault of the other is reported if it finds nothing either
        return repair_file(copy_file(data, password), None, whole=whole)


def _report_flaws(flaws: tuple[str, ...], where: Location, count: int) -> Finding:
    more = f"; and {len(flaws) - MOST_FLAWS} more" if len(flaws) > MOST_FLAWS else ""
    said = "; ".join(flaws[:MOST_FLAWS]) + more
    message = f"the PDF's list of pages is damaged, and programs may count its pages differently: {said}"
    hint = f"{count} pages were read here; compare that number, and the last page, with what your viewer shows"
    return warning("page-list", message, where, hint)


def _report_repair(fault: Exception | None, where: Location, count: int) -> Finding:
    said = f" ({_say(fault)})" if fault else ""
    message = f"the PDF is damaged{said}, and was read from the parts that are in it"
    hint = f"{count} pages were read; compare that number with what your viewer shows, or ask for another copy"
    return warning("pdf-repaired", message, where, hint)


def _find_protection(data: bytes, where: Location) -> Finding | None:
    """Return a finding for a PDF that a certificate or a program for rights protects, which no password opens."""
    found = _HANDLER.search(data) if b"/Encrypt" in data else None
    if found is None:
        return None
    name = found[1].decode("latin-1")
    if name.startswith("Adobe.P"):
        message = "the PDF is encrypted by certificate, for certain recipients only, so no password opens it"
        hint = "ask for a copy without encryption, or save one in a viewer that has the recipient's certificate"
    else:
        message = f"the PDF is protected by '{name}', a program for the rights of its readers, so no password opens it"
        hint = "ask for a copy without this protection"
    return error("encrypted-by-certificate", message, where, hint)


def _not_a_pdf(data: bytes, where: Location) -> Finding:
    start = data[:HEADER_WITHIN].lstrip().lower()
    if not data:
        return error("not-a-pdf", "the file is empty", where, "download or copy it again")
    if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start:
        message = "the file is a web page, not a PDF"
        return error("not-a-pdf", message, where, "open it in a browser: it may say why the download failed")
    message = "the file is not a PDF: it does not start with the header of a PDF"
    return error("not-a-pdf", message, where, "look at it in an editor: its first line tells what it is")


def _decrypt(reader: PdfReader, password: str | None, where: Location) -> Finding | None:
    """Open an encrypted PDF; return what is wrong where that fails."""
    if reader.decrypt(password or "") != PasswordType.NOT_DECRYPTED:
        return None
    return _password_needed(where) if password is None else _wrong_password(where)


def _wrong_password(where: Location) -> Finding:
    return error("wrong-password", "the password does not open the PDF", where, "mind capitals, and spaces at its ends")


def _password_needed(where: Location) -> Finding:
    return error("password-needed", "the PDF is encrypted", where, "give its password with --password")


def report_damage(fault: Exception | None, where: Location) -> Finding:
    """Return the finding for a PDF of which nothing can be read; without a fault it has no pages."""
    if fault is None:
        return error("damaged-pdf", "the PDF has no pages", where, "ask for the original")
    message = f"the PDF is damaged, and can't be read ({_say(fault)})"
    return error("damaged-pdf", message, where, "download or copy it again, or ask for the original")


def _say(fault: Exception) -> str:
    return str(fault).split("\n")[0][:100] or type(fault).__name__
