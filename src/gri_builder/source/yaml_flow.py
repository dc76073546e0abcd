"""Write texts and values as YAML on one line, for hints and drafts that people paste."""

from __future__ import annotations

import re

from gri_builder.source.nodes import Node
from gri_builder.source.values import spelling_of

_PLAIN = re.compile(r"[^\W\d_][\w ./-]*")
"""Texts that need no quotes inside brackets."""
_WORDS = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})


def write_flow(node: Node) -> str:
    """Return a value as YAML on one line."""
    if node.kind == "mapping":
        return f"{{{', '.join(f'{quote_flow(key)}: {write_flow(each.value)}' for key, each in node.entries.items())}}}"
    if node.kind == "list":
        return f"[{', '.join(map(write_flow, node.items))}]"
    return node.text if node.kind == "number" else quote_flow(spelling_of(node) or node.text)


def quote_flow(text: str) -> str:
    """Return a text as YAML reads it inside brackets, on one line, in quotes where it needs them."""
    line = " ".join(text.split()) if "\n" in text or "\t" in text else text
    if line[:1].isalpha() and _PLAIN.fullmatch(line) and line == line.strip() and line.casefold() not in _WORDS:
        return line
    return '"' + line.replace("\\", "\\\\").replace('"', '\\"') + '"'
