"""The Content Security Policy of pages: only what an edition brings is loaded, and nothing inline is run."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

SITE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
"""Of a folder of pages."""


def allow_inline(styles: Sequence[str], scripts: Sequence[str]) -> str:
    """Return the policy of one page, which allows its own styles and scripts by their hashes, and nothing else."""
    style, script = (" ".join(f"'{_hash(text)}'" for text in texts) for texts in (styles, scripts))
    return (
        f"default-src 'none'; script-src {script}; style-src {style}; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
