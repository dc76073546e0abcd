"""Decode CSV files in the encoding that their descriptions state, with findings where it does not fit."""

from __future__ import annotations

import hashlib
import re

from gri_builder.model.finding import Finding, error, warning
from gri_builder.model.texts.finding_text import shorten
from gri_builder.source.declared_encodings import DeclaredEncoding
from gri_builder.source.nodes import SourceFile
from gri_builder.source.text_encodings import ENCODINGS, is_utf8

_WORD = re.compile(r"(?<!\w)\w*[^\x00-\x7f]\w*")


def decode_declared(path: str, data: bytes, declared: DeclaredEncoding) -> tuple[SourceFile, Finding | None]:
    """Return a file's text in the encoding that is stated, and a finding where the bytes show another one."""
    name, where, digest = declared.name, declared.node.where, hashlib.sha256(data).hexdigest()
    if not data.isascii() and is_utf8(data):
        message = f"{path} is UTF-8, not {name}"
        finding = error("wrong-encoding", message, where, "delete 'encoding', or write encoding: utf-8")
        return SourceFile(path, data.decode("utf-8-sig"), digest), finding
    try:
        return SourceFile(path, data.decode(ENCODINGS[name]).removeprefix("\ufeff"), digest), None
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        message = f"{path} is not {name}: line {line} has bytes that mean no character in it"
        hint = "state the encoding that the file was saved in, such as encoding: windows-1252"
        text = data.decode(ENCODINGS[name], "replace")
        return SourceFile(path, text, digest), error("wrong-encoding", message, where, hint)


def report_recognized(text: SourceFile, encoding: str) -> Finding:
    """Return the warning that a file's encoding was recognized, at its first word that shows it."""
    match = _WORD.search(text.text)
    start = match.start() if match else 0
    line, column = text.text.count("\n", 0, start) + 1, start - text.text.rfind("\n", 0, start)
    example = f", in which line {line} has '{shorten(match[0])}'" if match else ""
    message = f"{text.path} is not UTF-8; it is read as {encoding}{example}"
    hint = f"if that is right, state it beside 'file': encoding: {encoding}"
    return warning("recognized-encoding", message, text.where(line, column), hint)
