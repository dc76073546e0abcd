"""PDF syntax to plain values in one form, however a program wrote it (ISO 32000-1, 7.3).

A value is a text for what has no parts (`/Name`, `12.5`, `true`, a string), an `int` for a reference (the object's
number), a list or a dict. Equal values have equal texts: numbers lose idle zeros, names their `#xx`, and strings are
written in one way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

Value = str | int | list["Value"] | dict[str, "Value"]
"""A text, a reference, an array or a dictionary."""
NULL = "null"
GENERATION = 1 << 40
"""What a reference's number grows by for each generation of its object; nearly all are of generation 0."""

LARGE = 200_000
"""Characters of a text whose words are not listed."""
MOST_WORDS = 10_000

_SPACE = r"[\0\t\n\f\r ]"
_REGULAR = r"[^\0\t\n\f\r ()<>\[\]{}/%]"
_TOKEN = re.compile(
    rf"(?:{_SPACE}++|%[^\r\n]*+)*+"
    rf"(<<|>>|\[|\]|/{_REGULAR}*+|\d++{_SPACE}++\d++{_SPACE}++R(?!{_REGULAR})|{_REGULAR}++"
    r"|\((?:[^()\\]++|\\[\s\S]|\((?:[^()\\]++|\\[\s\S]|\([^()\\]*+\))*+\))*+\)|<[0-9A-Fa-f\s\0]*+>|[\s\S]|\Z)"
)
_STREAM = re.compile(rf"(?:{_SPACE}++|%[^\r\n]*+)*+stream\r?\n")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_PLAIN_NUMBER = re.compile(r"-?[1-9]\d*|0")
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|(\r\n?|\n)|([\s\S]))")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_IN_NAMES = re.compile(r"#([0-9A-Fa-f]{2})")
_BYTE_ORDER_MARK = "\xfe\xff"


class PdfSyntaxError(ValueError):
    """An object is not written as ISO 32000 asks; programs may read different things from it."""


class Stream(Struct):
    """A stream: its dictionary, and its data as it is in the file."""

    entries: dict[str, Value]
    data: bytes | memoryview


def parse_value(text: str) -> Value:
    """Return the value that a text is; raises PdfSyntaxError if it is not exactly one."""
    values = parse_values(text)
    if len(values) != 1:
        raise PdfSyntaxError("an object is not one value")
    return values[0]


def parse_values(text: str, known: Atoms | None = None) -> list[Value]:
    """Return the values that follow one another in a text; `known` are words that were read before."""
    if len(text) > LARGE:  # one word at a time
        return _read(filter(None, (match[1] for match in _TOKEN.finditer(text))), known)
    return _read(filter(None, _TOKEN.findall(text)), known)


def scan_value(text: str, start: int) -> tuple[Value, int]:
    """Return the value that starts at a place, and the place after it."""
    depth, words, end = 0, list[str](), start
    for match in _TOKEN.finditer(text, start):
        word, end = match[1], match.end()
        words.append(word)
        depth += (word in ("<<", "[")) - (word in (">>", "]"))
        if depth <= 0 or not word:
            break
    values = _read(filter(None, words))
    if len(values) != 1:
        raise PdfSyntaxError("an object is not one value")
    return values[0], end


def find_stream(text: str, start: int) -> int | None:
    """Return where the data of a stream starts whose dictionary ends at a place; None if no stream follows."""
    match = _STREAM.match(text, start)
    return match.end() if match else None


def _read(words: Iterable[str], known: Atoms | None = None) -> list[Value]:
    """Return the values that words are."""
    parts: list[Value] = []
    above: list[list[Value]] = []
    opened: list[str] = []
    known = Atoms() if known is None else known
    for word in words:
        if word == "<<" or word == "[":
            above.append(parts)
            opened.append(word)
            parts = []
        elif word == ">>" or word == "]":
            if not opened or (opened.pop() == "[") != (word == "]"):
                raise PdfSyntaxError("brackets do not match")
            closed: Value = _make_dictionary(parts) if word == ">>" else parts
            parts = above.pop()
            parts.append(closed)
        else:
            parts.append(known[word])
    if opened:
        raise PdfSyntaxError("brackets do not match")
    return parts


class Atoms(dict[str, Value]):
    """Values of words, each read once while they are not too many."""

    def __missing__(self, word: str) -> Value:
        if len(self) >= MOST_WORDS:
            self.clear()
        value = self[word] = _read_atom(word, word[0])
        return value


def _read_atom(word: str, first: str) -> Value:
    if first == "/":
        return word if "#" not in word else _read_name(word)
    if first == "(":
        return _write_string(_unescape(word[1:-1]) if "\\" in word or "\r" in word else word[1:-1])
    if word[-1] == "R" and first.isdigit():
        number, generation, _ = word.replace("\0", " ").split()
        return int(number) + int(generation) * GENERATION
    if first == "<":
        return _write_string(_read_hex(word[1:-1]))
    if _PLAIN_NUMBER.fullmatch(word):
        return word
    if _NUMBER.fullmatch(word):
        return _read_number(word)
    if word in ("true", "false", NULL):
        return word
    raise PdfSyntaxError(f"'{word[:20]}' can't be an object")


def _make_dictionary(parts: list[Value]) -> dict[str, Value]:
    """Return keys and values; an entry that is null is as if it were not there (7.3.7)."""
    keys = parts[::2]
    try:
        made = dict(zip(keys, parts[1::2], strict=True))
    except (TypeError, ValueError) as fault:
        raise PdfSyntaxError("a dictionary is not made of names with values") from fault
    if len(made) != len(keys):
        raise PdfSyntaxError(f"'{next(key for key in keys if keys.count(key) > 1)}' is twice in a dictionary")
    for key in keys:
        if type(key) is not str or key[0] != "/":
            raise PdfSyntaxError("a key of a dictionary must be a name")
    if NULL in made.values():
        return {key: value for key, value in made.items() if value != NULL}  # type: ignore[misc]  # keys are texts
    return made  # type: ignore[return-value]  # as above


def _read_name(word: str) -> str:
    return "/" + _IN_NAMES.sub(lambda match: chr(int(match[1], 16)), word[1:])


def _read_number(word: str) -> str:
    sign = "-" if word[0] == "-" else ""
    whole, _, part = word.lstrip("+-").partition(".")
    whole, part = whole.lstrip("0") or "0", part.rstrip("0")
    text = f"{whole}.{part}" if part else whole
    return text if text == "0" else sign + text


def _read_hex(digits: str) -> str:
    digits = "".join(digits.replace("\0", "").split())
    return bytes.fromhex(digits + "0" * (len(digits) % 2)).decode("latin-1")


def _unescape(text: str) -> str:
    """Return what a string in brackets holds (7.3.4.2)."""

    def read(match: re.Match[str]) -> str:
        octal, line, other = match.groups()
        if octal:
            return chr(int(octal, 8) & 0xFF)
        return "" if line else _ESCAPED.get(other, other)

    out, place = [], 0
    for match in _ESCAPE.finditer(text):
        out += [re.sub(r"\r\n?", "\n", text[place : match.start()]), read(match)]
        place = match.end()
    return "".join([*out, re.sub(r"\r\n?", "\n", text[place:])])


def _write_string(content: str) -> str:
    """Return a string in the one form: readable where it is a text, else in hexadecimal."""
    if content.isascii() and content.isprintable():
        return f"({content})" if not _SPECIAL.search(content) else f"({_SPECIAL.sub(_escape, content)})"
    if content.startswith(_BYTE_ORDER_MARK) and len(content) % 2 == 0:
        try:
            text = content[2:].encode("latin-1").decode("utf-16-be")
        except UnicodeDecodeError:
            text = ""
        if text and text.isprintable():
            return f"u({_SPECIAL.sub(_escape, text)})"
    return f"<{content.encode('latin-1').hex()}>"


_SPECIAL = re.compile(r"[\\()]")


def _escape(match: re.Match[str]) -> str:
    return "\\" + match[0]


def read_string(value: Value | None) -> str | None:
    """Return the text of a string in the one form; None for anything else."""
    if not isinstance(value, str) or value[:1] not in ("(", "u", "<"):
        return None
    if value[0] == "<":
        return bytes.fromhex(value[1:-1]).decode("latin-1")
    return re.sub(r"\\([\\()])", r"\1", value[1:-1] if value[0] == "(" else value[2:-1])


def read_bytes(value: Value | None) -> bytes | None:
    """Return the bytes of a string in the one form; None for anything else."""
    if not isinstance(value, str) or value[:1] not in ("(", "u", "<"):
        return None
    if value[0] == "u":
        return b"\xfe\xff" + (read_string(value) or "").encode("utf-16-be")
    return (read_string(value) or "").encode("latin-1")


def read_float(value: Value | None) -> float | None:
    """Return a number; None for anything else."""
    return float(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else None
