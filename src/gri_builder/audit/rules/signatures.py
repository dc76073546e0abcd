"""Rules on digital signatures: whether they are intact, and whether a PDF claims one that it does not have.

Whom to trust is not for an audit to say: that is what `verify` is for.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING

from gri_builder.audit.rules.context import RuleContext, RuleOutcome, failed, passed, skipped
from gri_builder.model.finding import Severity
from gri_builder.resources.messages import complete_messages

if TYPE_CHECKING:
    from gri_builder.signatures.verdicts import SignatureVerdict, SignedFile

LIBRARY = "pyhanko"
VERIFY = "'gri-builder verify' says whether to trust the signer, given the root certificates that you trust"
INSTALL = "whether its signatures are intact can be checked after: pip install 'gri-builder[sign]'"
OF_TRUST = frozenset(
    {
        *("certificate-expired", "certificate-invalid", "certificate-not-yet-valid", "certificate-revoked"),
        *("revocation-unknown", "time-stamp-unproven", "unknown-root", "wrong-key-usage"),
    }
)
"""Reasons that are about the signer, and not about the file."""
BYTE_RANGE = re.compile(rb"/ByteRange\s*\[")
EDGE = 5
"""Pages at the start and at the end of a PDF whose text is read for a claim, where others would have to be read."""
CLAIMS = (
    "(?:digitally|electronically) signed by",
    "(?:digital|elektronisch) (?:signiert|unterschrieben|unterzeichnet) von",
    "signé (?:numériquement|électroniquement) par",
    "firmado (?:digitalmente|electrónicamente) por",
    "firmato (?:digitalmente|elettronicamente) da",
    "assinado (?:de forma digital|digitalmente|eletronicamente) por",
    "(?:digitaal|elektronisch) ondertekend door",
    "(?:digitalt|elektroniskt) signera[td] av",
    "(?:digitalt|elektronisk) (?:signert|underskrevet) af?v?",
    "allekirjoittanut (?:digitaalisesti|sähköisesti)",
    "podpisan[eyo] (?:cyfrowo|elektronicznie) przez",
    "(?:digitálně|elektronicky) podeps[aá]no?",
)
"""What a seal says, in the languages of the programs that draw one."""
IN_CLAIMS = (
    *("signed by", "signiert", "unterschrieben", "unterzeichnet", "firmado", "firmato", "assinado", "ondertekend"),
    *("signera", "signert", "underskrevet", "allekirjoittanut", "podpisan", "podeps"),
)
"""Texts of which one is in each claim that is written in ASCII; they are found twenty times as fast as the claims."""
SHOWN = 60


def check_signed(context: RuleContext) -> Iterator[RuleOutcome]:
    """Each signature is that of its certificate's key, over the bytes that the file has.

    ISO 32000-1, 12.8.1.
    """
    data = context.pdf.readable
    if not BYTE_RANGE.search(data):
        return
    if hashlib.sha256(data).hexdigest() != context.pdf.sha256:
        yield skipped("the PDF had to be repaired or decrypted before it was read, so that no signature of it can hold")
        return
    if find_spec(LIBRARY) is None:
        yield skipped(INSTALL)
        return
    yield from _report(_judge(data))


def _judge(data: bytes) -> SignedFile:
    from gri_builder.signatures.judge import find_latest_time, judge_signatures
    from gri_builder.signatures.material import Material

    moment = find_latest_time(data) or datetime(1970, 1, 1, tzinfo=UTC)
    return judge_signatures(data, Material(), moment, with_changes=False)


def _report(signed: SignedFile) -> Iterator[RuleOutcome]:
    for reason in signed.reasons:
        if reason.rule != "not-signed":
            yield failed(reason.message, hint=reason.hint)
    for each in signed.signatures:
        name = f"the {'time stamp' if each.kind == 'time-stamp' else 'signature'} of '{each.signer or each.field}'"
        faults = [reason for reason in each.reasons if reason.rule not in OF_TRUST]
        faults = [reason for reason in faults if reason.severity is Severity.ERROR]
        for reason in faults:
            yield failed(f"{name} does not hold: {reason.message}", hint=reason.hint)
        if not faults:
            yield passed(f"{name} is intact{_describe(each)}")
            yield skipped(f"{name} is intact, but whose it is was not checked: {VERIFY}")


def _describe(each: SignatureVerdict) -> str:
    day = (each.proven_time or each.claimed_time)[:10]
    return f", made on {day}" if day else ""


def check_claims(context: RuleContext) -> Iterator[RuleOutcome]:
    """A PDF that says that it was signed digitally has a signature.

    ISO 32000-1, 12.8.
    """
    if BYTE_RANGE.search(context.pdf.readable):
        return
    own = _find_own_claim(context)
    wordings = [rf"(?<!\w)(?:{'|'.join(CLAIMS)})", *(re.escape(start).replace("\\ ", "\\s+") for start in own)]
    pattern = re.compile(f"({'|'.join(wordings)})\\s*[^\\s.,;]", re.IGNORECASE)
    parts = (*IN_CLAIMS, *(start.split()[0].lower() for start in own))
    for number, text in _read_pages(context):
        if _may_claim(text, parts) and (found := pattern.search(text)):
            quoted = text[found.start() : found.start() + SHOWN].strip()
            hint = "ask the organization for its signed PDF; a seal that is only printed proves nothing"
            message = f"page {number} says '{quoted}', but the PDF holds no digital signature"
            yield failed(message, page=number, hint=hint, severity=Severity.WARNING)


def _may_claim(text: str, parts: Sequence[str]) -> bool:
    """Return whether a text can hold a claim, given parts in lower case of which one is in each claim in ASCII."""
    if not text.isascii() or not "".join(parts).isascii():
        return True
    lower = text.lower()
    return any(part in lower for part in parts)


def _find_own_claim(context: RuleContext) -> list[str]:
    """Return the start of what the report's own seal says, if it says enough to be found by it."""
    data = context.embedded.files.data if context.embedded else None
    if data is None:
        return []
    own = {key: text for key, text in (data.words or {}).items() if isinstance(text, str)}
    seal = complete_messages(str(data.report.get("language") or "en"), own)["seal-signed"]
    start = seal.split("{name}")[0].strip()
    return [start] if len(start) > len("signed") else []


def _read_pages(context: RuleContext) -> Iterator[tuple[int, str]]:
    """Yield the text of pages: that of the tags where it was read already, else of the first and the last pages."""
    if context.pdf.marked:
        texts: dict[int, list[str]] = {}
        for (page, _), text in context.pdf.marked.items():
            texts.setdefault(page, []).append(text)
        yield from ((page, _normalize(" ".join(parts))) for page, parts in sorted(texts.items()))
        return
    pages = context.pdf.pages
    for each in pages if len(pages) <= 2 * EDGE else (*pages[:EDGE], *pages[-EDGE:]):
        yield each.number, _normalize(each.text)


def _normalize(text: str) -> str:
    return " ".join(text.split())
