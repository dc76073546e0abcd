"""The approval of a fact series or of an answer, from its YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gri_builder.model.finding import Finding, error
from gri_builder.model.sign_off.approval import Approval
from gri_builder.source.nodes import Node
from gri_builder.source.values import day_of, text_of

SIGN_OFF_KEYS = ("owner", "due", "approved")
"""Keys that every fact series and every answer takes: who is responsible, by when, and who approved it."""
_SHA256 = re.compile("[0-9a-f]{64}")


def read_approval(node: Node) -> Approval | None:
    """Return the approval of a series or an answer; None where it is missing or has a finding."""
    by, on, sha256 = _read_keys(node)
    if by and on and sha256 and _SHA256.fullmatch(sha256):
        return Approval(by, on, sha256, node.entries["approved"].where)
    return None


def check_approval(id: str, node: Node) -> Iterator[Finding]:
    """Yield a finding for an approval without a hash: what it approved is not known, so it could never expire."""
    by, on, sha256 = _read_keys(node)
    approved = node.get("approved")
    if approved and approved.kind == "mapping" and by and on and not sha256 and "sha256" not in approved.entries:
        name = f'"{by}"' if " " in by else by
        message = f"the approval of '{id}' by {by} does not say what was approved: its hash is missing"
        hint = f"let the program write it: gri-builder approve REPORT {id} --by {name} --on {on}"
        yield error("approval-without-hash", message, node.entries["approved"].where, hint)


def _read_keys(node: Node) -> tuple[str | None, date | None, str | None]:
    approved = node.get("approved")
    if approved is None:
        return None, None, None
    return text_of(approved.get("by")), day_of(approved.get("on")), text_of(approved.get("sha256"))
