"""The layout of all JSON documents that the program writes."""

from __future__ import annotations

import json
from typing import Any

from gri_builder.model.texts.control_characters import escape_controls


def dump_json(document: Any) -> str:
    """Return a document as JSON text, indented, with its keys in the order given."""
    return escape_controls(json.dumps(document, indent=2, ensure_ascii=False)) + "\n"
