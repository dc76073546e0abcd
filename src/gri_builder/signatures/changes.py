"""What was changed after a signature, and whether it allows that (ISO 32000-2, 12.8.2.2; EN 319 142-1, 6)."""

from __future__ import annotations

from typing import Any

from pyhanko.sign.diff_analysis import SuspiciousModification
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel

from gri_builder.signatures.verdicts import Reason

COMPARE = "compare it with the PDF as the organization published it"


def find_forbidden_changes(signature: Any) -> list[Reason]:
    """Return why what was added to the file after a signature breaks it; `signature` is an `EmbeddedPdfSignature`."""
    try:
        signature.compute_integrity_info()
        found = signature.summarise_integrity_info()
    except SignatureValidationError as problem:
        return [Reason("signature-coverage", f"what it signs can't be judged: {problem.failure_message}", hint=COMPARE)]
    except MemoryError:
        raise
    except Exception as problem:  # a broken file raises whatever its breaks lead to
        why = str(problem)[:120] or type(problem).__name__
        return [Reason("forbidden-change", f"the changes after it can't be judged: {why}", hint=COMPARE)]
    if found["coverage"] < SignatureCoverageLevel.ENTIRE_REVISION:
        message = "it signs something else than a state of the file that can be shown"
        return [Reason("signature-coverage", message, hint=COMPARE)]
    if isinstance(found["diff_result"], SuspiciousModification):
        message = "the file was changed after it in a way that it does not allow"
        return [Reason("forbidden-change", message, hint=COMPARE)]
    if not found["docmdp_ok"]:
        return [Reason("forbidden-change", "the file was changed after it more than it allows", hint=COMPARE)]
    return []
