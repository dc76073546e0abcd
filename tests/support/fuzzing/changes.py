"""Changes of bytes, texts and trees at random, the same for the same seed."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from random import Random
from typing import Any

import yaml

VALUES = (
    "", "~", "null", "no", "true", "010", "0x1F", "1e3", "1e999", "-1e-400", "12:30", "1_000", ".inf", ".nan",
    "-0", "9" * 40, "0." + "3" * 80,
    "1,5", "2015-02-30", "2015-01-01", "0000-00-00", "9999-12-31", "[]", "{}", "[a, [b]]", "{a: {b: c}}", '""', "' '",
    "{{ energy-total }}", "'{{ x[2015, y] }}'", "*a", "&a b", "!!binary x", "!!python/object:os.system x", "|", ">",
    "@", "`", "# x", "x: y", "- x", "---", "...", "? x", "<<", '"\\x00"', '"\\ud800"', '"\\U0001F642"', "../../x",
    "/etc/passwd", "C:\\x", "https://x.example/y.png", "images/dot.png", "G4-3", "g4-en3", "energy-total", "G4-DMA",
    "G4-DMA:energy", "a" * 300, "a-" * 400, "CON", "NUL.txt", "report.yaml", ".", "..", "\u061c\u202e\u2066x",
    "\x1b[31m", "=1+1", "٣٤", "½", "Ⅷ",
    "one of two", "2015", "2015-Q1", "15/16", "20150101", "G4-EN15 to G4-EN21", "100 %", "§", "ａｂｃ", "e\u0301" * 30,
)  # fmt: skip
LINES = (
    "# Title", "#### Deep", "::: disclosure G4-3", "::: kpi", "::: chart energy-total type=pie",
    "::: chart energy-total", "::: table employees", ":::", "```",
    "<b>x</b>", "![](images/dot.png)", "![x](nowhere.png)", "[x](#y)", "{{", "{{ x }}",
    "{{ employees[Women].change }}",
    "[^1]", "[^1]: [^1]", "| a | b |\n|---|---|\n| c |", "> " * 60 + "x", "\t- x", "***", "&#0; &#x1F642; &nbsp;",
    '## S {#s covers="G4-3/a,z G4-DMA"}', "## S {#s covers=", "\\", "~~~x", "* a\n  * b\n    * c", "[a]: b", "<!-- x",
    "::: columns\nx\n:::", "::: letter name=x", "::: map", "::: process\n- a\n- b\n:::", "::: quote\nx\n:::",
    "1986. x",
    "::: organization\n- a\n  - b\n:::", "::: opener style=page", "::: landscape", "::: callout {x=y}", "-" * 200,
    "| " * 90,
    "**" * 90, "[" * 90, "`" * 91, "x" * 2000, "\u202e\u2066 x \u061c", "a\u0301" * 80, "שלום العربية हिन्दी ไทย 漢字",
)  # fmt: skip
CHARACTERS = (
    *"\0\x07\x0b\x1b\t\r\n\x85\u2028\ufeff\u200b\u00ad\u061c\u202e\ufffe\U0001f642\U000e0041é{}[]:'\"#*|<>&\\/;,=%",
)


def change_bytes(dice: Random, data: bytes) -> bytes:
    """Return bytes with one thing done to them."""
    place = dice.randrange(len(data) + 1)
    size = dice.choice((1, 2, 4, 16, 200, 4000))
    match dice.randrange(8):
        case 0:
            return data[:place]
        case 1:
            return data[:place] + data[place + size :]
        case 2:
            return data[:place] + dice.randbytes(dice.choice((1, 4, 64))) + data[place:]
        case 3:
            return data[:place] + data[place : place + size] * dice.choice((2, 3, 50)) + data[place + size :]
        case 4:
            return data[:place] + bytes(min(size, 64)) + data[place + min(size, 64) :]
        case 5 if data:
            place = dice.randrange(len(data))
            return data[:place] + bytes([data[place] ^ 1 << dice.randrange(8)]) + data[place + 1 :]
        case 6:
            return (
                data[:place]
                + dice.choice((b"\xff" * 4, b"\x7f\xff\xff\xff", b"\x80\0\0\0", b"\0\0"))
                + data[place + 4 :]
            )
        case _:
            other = dice.randrange(len(data) + 1)
            return data[:place] + data[other : other + size] + data[place:]


def change_text(dice: Random, text: str) -> str:
    """Return a text with one thing done to it."""
    start = dice.randrange(len(text) + 1)
    stop = min(len(text), start + dice.choice((0, 1, 5, 40, 400)))
    lines = text.split("\n")
    number = dice.randrange(len(lines))
    match dice.randrange(10):
        case 0:
            return text[:start] + text[stop:]
        case 1:
            return text[:stop] + text[start:]
        case 2:
            return text[:start] + dice.choice(VALUES) + text[stop:]
        case 3 if values := list[re.Match[str]](re.finditer(r"(?<=: )[^{\[|>\n][^,}\n]*", text)):
            found = dice.choice(values)
            return text[: found.start()] + dice.choice(VALUES) + text[found.end() :]
        case 4:
            return text[:start]
        case 5:
            return f"{text[:start]}{dice.choice(CHARACTERS) * dice.choice((1, 1, 1, 40))}{text[start:]}"
        case 6:
            lines[number:number] = [dice.choice(LINES)]
        case 7:
            lines[number] = dice.choice((" ", "  ", "\t", "- ", "> ")) + lines[number]
        case 8:
            other = dice.randrange(len(lines))
            lines[number], lines[other] = lines[other], lines[number]
        case _ if words := list[re.Match[str]](re.finditer(r"[\w.-]+", text)):
            word = dice.choice(words)
            return text[: word.start()] + dice.choice(words)[0] + text[word.end() :]
    return "\n".join(lines)


def change_tree(dice: Random, tree: Any) -> Any:
    """Return a tree of mappings and lists with a node that is another, gone, nested, or twice."""
    nodes = list(_walk(tree))
    if not nodes:
        return dice.choice((None, [], {}, "x"))
    parent, key = dice.choice(nodes)
    other, elsewhere = dice.choice(nodes)
    match dice.randrange(6):
        case 0:
            del parent[key]
        case 1:
            parent[key] = _odd(dice)
        case 2:
            parent[key] = dice.choice(([parent[key]], {"x": parent[key]}, [parent[key], parent[key]]))
        case 3:
            parent[key] = _copy(other[elsewhere])
        case 4 if isinstance(parent, dict):
            parent[dice.choice((*VALUES, f"{key}x", 2015, -1, 1.5, None, True))] = _copy(parent[key])
        case _:
            parent[key] = f"{parent[key]}{dice.choice(CHARACTERS)}{dice.choice(VALUES)}"
    return tree


def _walk(tree: Any) -> Any:
    keys = list(tree) if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    for key in keys:
        yield tree, key
        yield from _walk(tree[key])


def _copy(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: _copy(value) for key, value in tree.items()}
    return [_copy(value) for value in tree] if isinstance(tree, list) else tree


def _odd(dice: Random) -> Any:
    plain: tuple[Any, ...] = (
        None,
        True,
        0,
        -1,
        10**40,
        1e308,
        float("nan"),
        float("inf"),
        1e-300,
        0.1 + 0.2,
        [],
        {},
        [[]],
        {"a": 1},
    )
    return dice.choice((*plain, *VALUES))


def change_yaml(dice: Random, text: str) -> str:
    """Return YAML with a node that is another, or with a change of its text."""
    if dice.random() < 0.5:
        return change_text(dice, text)
    try:
        tree = yaml.safe_load(text)
        for _ in range(dice.choice((1, 1, 2, 4))):
            tree = change_tree(dice, tree)
        return str(yaml.dump(tree, allow_unicode=True, sort_keys=False))
    except (yaml.YAMLError, ValueError, RecursionError):
        return change_text(dice, text)


def change_file(dice: Random, path: str, data: bytes) -> bytes:
    """Return the content of a file with one thing done to it, as its name asks for."""
    if dice.random() < 0.06 or not path.endswith((".yaml", ".md", ".csv", ".svg", ".txt", ".xlsx")):
        return change_bytes(dice, data)
    if path.endswith(".xlsx"):
        return change_archive(dice, data)
    text = data.decode("utf-8", "replace")
    changed = change_yaml(dice, text) if path.endswith(".yaml") else change_text(dice, text)
    return changed.encode(dice.choice(("utf-8",) * 18 + ("utf-16", "cp1252")), "replace")


def change_archive(dice: Random, data: bytes) -> bytes:
    """Return a packed file with a part that is changed, gone, twice or under another name, or with changed bytes."""
    if dice.random() < 0.1:
        return change_bytes(dice, data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(part.filename, archive.read(part)) for part in archive.infolist()]
    except (zipfile.BadZipFile, zlib.error, ValueError, LookupError, OSError, EOFError, RuntimeError, OverflowError):
        parts = []
    if not parts:
        return change_bytes(dice, data)
    for _ in range(dice.choice((1, 1, 2))):
        number = dice.randrange(len(parts))
        if dice.random() < 0.6:  # the sheets and texts are what matters most
            number = dice.choice(
                [n for n, (name, _) in enumerate(parts) if "sheet" in name or "String" in name] or [number]
            )
        name, content = parts[number]
        match dice.randrange(12):
            case 0:
                del parts[number]
            case 1:
                parts.append(parts[number])
            case 2:
                parts[number] = (
                    dice.choice((name.upper(), name.replace("/", "\\"), "/" + name, f"../{name}", "x")),
                    content,
                )
            case 3:
                parts[number] = (name, change_bytes(dice, content))
            case _:
                parts[number] = (
                    name,
                    change_markup(dice, content.decode("utf-8", "replace")).encode("utf-8", "replace"),
                )
        if not parts:
            break
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", dice.choice((8, 8, 0))) as archive:
        warnings.simplefilter("ignore")
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content, dice.choice((8, 8, 0)))
    return stream.getvalue()


NUMBERS = (
    "",
    "-1",
    "0",
    "1e999",
    "NaN",
    "1E300000000",
    "9" * 30,
    "0.1",
    "abc",
    "1048577",
    "-2147483649",
    "50%",
    "1e-400",
    "1,5",
    "#x",
    "url(#x)",
    "none",
)


def change_markup(dice: Random, text: str) -> str:
    """Return XML with an element or an attribute that is another, gone, twice or within itself."""
    elements = list(re.finditer(r"<[\w:]+[^<>]*?/>|<([\w:]+)[^<>]*>[^<>]*</\1>", text))
    values = list(re.finditer(r'(?<==")[^"]*(?=")|(?<=>)[^<>]+(?=<)', text))
    match dice.randrange(7):
        case 0 if elements:
            one = dice.choice(elements)
            return (
                text[: one.start()]
                + one[0] * min(dice.choice((0, 2, 3, 400)), 100_000 // len(one[0]))
                + text[one.end() :]
            )
        case 1 if elements:
            one, other = dice.choice(elements), dice.choice(elements)
            return text[: one.start()] + other[0] + text[one.end() :]
        case 2 | 3 if values:
            one = dice.choice(values)
            return text[: one.start()] + dice.choice(NUMBERS + VALUES) + text[one.end() :]
        case 4 if values:
            one, other = dice.choice(values), dice.choice(values)
            return text[: one.start()] + other[0] + text[one.end() :]
        case 5 if names := list(re.finditer(r"(?<=<)[\w:]+|\b[\w:-]+(?==\")", text)):
            one, other = dice.choice(names), dice.choice(names)
            return text[: one.start()] + other[0] + text[one.end() :]
        case _:
            return change_text(dice, text)
