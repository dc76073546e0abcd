"""What was changed after a signature, and whether it allows that (ISO 32000-2, 12.8.2.2; EN 319 142-1, 6)."""

from __future__ import annotations

from typing import Any

from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DSSCompareRule,
    FormUpdatingRule,
    GenericFieldModificationRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
    XrefStreamRule,
)
from pyhanko.sign.fields import MDPPerm, enumerate_sig_fields
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel

from gri_builder.model.finding import Severity
from gri_builder.signatures.metadata_changes import InfoDateRule, XmpDateRule
from gri_builder.signatures.verdicts import Reason

COMPARE = "compare it with the PDF as the organization published it"

POLICY = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(),
        *(
            rule.as_qualified(ModificationLevel.LTA_UPDATES)
            for rule in (InfoDateRule(), XrefStreamRule(), ObjectStreamRule(), DSSCompareRule(), XmpDateRule())
        ),
    ],
    form_rule=FormUpdatingRule(
        [SigFieldCreationRule(), SigFieldModificationRule(), GenericFieldModificationRule()],
    ),
)
"""What may follow a signature: what signs, validates or stamps it, and values of forms. Metadata keep what they say."""


def find_forbidden_changes(signature: Any, with_changes: bool = True) -> list[Reason]:
    """Return why what was added to the file after a signature breaks it; `signature` is an `EmbeddedPdfSignature`.

    Without `with_changes`, only that it covers a whole state of the file.
    """
    try:
        signature.compute_integrity_info(POLICY, skip_diff=not with_changes)
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
    if with_changes and not found["docmdp_ok"]:
        return [Reason("forbidden-change", "the file was changed after it more than it allows", hint=COMPARE)]
    return _judge_filled(signature, found["diff_result"].changed_form_fields if found["diff_result"] else set())


def _judge_filled(signature: Any, changed: set[str]) -> list[Reason]:
    """Judge values of form fields that were changed after a signature: one that certifies may allow that."""
    reader = signature.reader
    states = (reader.get_historical_resolver(number) for number in range(reader.xrefs.total_revisions))
    signing = {name for state in states for name, _, _ in enumerate_sig_fields(state)} if changed else set()
    filled = sorted(changed - signing)
    if not filled:
        return []
    named = ", ".join(f"'{name}'" for name in filled[:3]) + (f" and {len(filled) - 3} more" if len(filled) > 3 else "")
    if signature.docmdp_level in (MDPPerm.FILL_FORMS, MDPPerm.ANNOTATE):
        message = f"form fields were filled after it, as it allows: {named}; what they show is not signed"
        return [Reason("form-filled", message, Severity.WARNING, COMPARE)]
    message = f"form fields were filled after it, which it does not allow: {named}"
    return [Reason("forbidden-change", message, hint=COMPARE)]
