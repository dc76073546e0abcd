"""The instructions in an evidence pack, in the language of the report; in English where there are none in it."""

from __future__ import annotations

from importlib.resources import files

from gri_builder.signing.evidence.manifest import Manifest

LANGUAGES = ("de", "en", "fr")


def write_instructions(manifest: Manifest) -> bytes:
    """Return the instructions as plain text with line ends that every editor knows."""
    language = manifest.language.split("-")[0].lower()
    name = language if language in LANGUAGES else "en"
    text = (files(__package__) / "instructions" / f"{name}.txt").read_text(encoding="utf-8")
    left_out = "\n".join(f"  {_flatten(each.path)}" for each in manifest.left_out) or "  -"
    values = {
        "title": _flatten(manifest.title),
        "organization": _flatten(manifest.organization),
        "pdf": manifest.pdf,
        "made_by": _flatten(manifest.made_by),
        "program": manifest.program,
        "left_out": left_out,
    }
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", value)
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode()


def _flatten(text: str) -> str:
    """Return a text of the report on one line, without signs that move the cursor of a terminal."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
