"""Files of a report folder to a Source: read as they are, with the line and column of every value."""

from __future__ import annotations

import hashlib
import posixpath
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from msgspec import Struct, field
from msgspec.structs import replace

from gri_builder.model.finding import Finding, Location, Result, error, sort_findings, warning
from gri_builder.model.finding_text import shorten
from gri_builder.model.suggestions import suggest
from gri_builder.source.nodes import Entry, FontFile, ImageFile, Node, SheetFile, Source, SourceFile
from gri_builder.source.yaml_events import UNPRINTABLE, report_control_character
from gri_builder.source.yaml_recovery import read_yaml

REPORT_FILE = "report.yaml"
THEME_FILE = "theme.yaml"
LARGEST_TEXT = 20_000_000
"""Bytes of the largest text file that is read."""
LARGEST_IMAGE = 25_000_000
"""Bytes of the largest image file that is read."""

UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""Marks with which files in UTF-16 begin."""
YAML_ENDINGS = (".yaml", ".yml")
IMAGE_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff", ".bmp", ".svg", ".pdf", ".heic")
FONT_ENDINGS = (".ttf", ".otf", ".ttc", ".woff", ".woff2")
LARGEST_FONT = 30_000_000
"""Bytes of the largest font file that is read."""
SHEET_ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".numbers", ".json")
"""Endings of files that hold tables, of which some can't be read."""
TEXT_SHEETS = (".csv", ".tsv")
LARGEST_SHEET = 200_000_000
"""Bytes of the largest CSV file or workbook that is read."""
PRINTABLE = bytes((*b"\t\n\r", *range(0x20, 0x7F)))
FOLDERS = ("disclosures", "figures", "chapters", "images", "data")


def load_report(folder: Path) -> Result[Source]:
    """Read a report folder, or the one that a path to report.yaml stands for; the value is None when there is none."""
    root = folder.parent if folder.name == REPORT_FILE and folder.is_file() else folder
    if not (root / REPORT_FILE).is_file():
        return Result(None, (_no_report(folder, root),))
    reader = _Reader(root)
    source = reader.read()
    return Result(source, sort_findings(reader.findings))


def _no_report(folder: Path, root: Path) -> Finding:
    if root.is_dir():
        message = f"there is no {REPORT_FILE} in the folder '{folder.name}'"
        hint = "name the folder that holds report.yaml; 'gri-builder init' makes a new one"
    else:
        message, hint = f"there is no report folder '{folder}'", "check the path that was typed"
    return error("missing-file", message, Location(REPORT_FILE), hint)


class _Reader(Struct):
    """Reads one report folder, and collects what is wrong with its files."""

    root: Path
    findings: list[Finding] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    def read(self) -> Source:
        """Return everything in the folder that matters."""
        paths = dict(self.list_files(self.root, frozenset({self.root.resolve()})))
        report = self.read_node(REPORT_FILE, paths.get(REPORT_FILE))
        if THEME_FILE in paths:
            report = self.with_theme(report, self.read_node(THEME_FILE, paths[THEME_FILE]))
        disclosures, figures = (self.read_folder(folder, paths) for folder in ("disclosures", "figures"))
        chapters = {
            path: self.read_text(path, file)
            for path, file in paths.items()
            if path.endswith(".md") and (path.startswith("chapters/") or path in report.file.text)
        }
        written = Source(report, disclosures, figures, chapters)
        texts = [file.text for file in (*written.yaml_files, *chapters.values()) if file]
        mentioned = _skeleton("".join(texts))
        images = {
            path: self.read_image(path, file, _skeleton(file.name) in mentioned)
            for path, file in paths.items()
            if path.lower().endswith(IMAGE_ENDINGS)
        }
        fonts = {
            path: FontFile(path, self.read_bytes(path, file, LARGEST_FONT))
            for path, file in paths.items()
            if path.lower().endswith(FONT_ENDINGS) and _skeleton(file.name) in mentioned
        }
        named = frozenset(path for node in figures for path in _named_files(node))
        sheets = {
            path: self.read_sheet(path, file, path in named)
            for path, file in paths.items()
            if path.lower().endswith(SHEET_ENDINGS) or path in named
        }
        self.findings.extend(_unread(paths, named))
        return replace(written, images=images, fonts=fonts, sheets=sheets, refused=frozenset(self.refused))

    def with_theme(self, report: Node, theme: Node) -> Node:
        """Return report.yaml with theme.yaml as its 'theme'."""
        if (own := report.entries.get("theme")) is not None:
            message = f"'theme' stands in {REPORT_FILE} and in a file of its own, {THEME_FILE}"
            hint = f"keep one of the two: move its entries to {THEME_FILE}, and take them away here"
            self.findings.append(error("duplicate-theme", message, own.key.where, hint))
        key = Node("text", theme.file, 1, 1, 1, theme.pointer, "theme")
        return replace(report, entries={**report.entries, "theme": Entry(key, theme)})

    def list_files(self, folder: Path, above: frozenset[Path]) -> Iterator[tuple[str, Path]]:
        """Yield the files below a folder by their path in the report folder; hidden ones are passed over."""
        try:
            children = sorted(folder.iterdir(), key=lambda child: child.name)
        except OSError as fault:
            self.refuse("unreadable-file", self.name(folder), f"the folder can't be read: {fault.strerror}")
            return
        for child in children:
            if child.name.startswith(".") or not self.stays_inside(child):
                continue
            try:
                kind = child.stat().st_mode
            except OSError as fault:
                self.refuse("unreadable-file", self.name(child), f"'{child.name}' can't be read: {fault.strerror}")
                continue
            if stat.S_ISREG(kind):
                yield self.name(child), child
            elif stat.S_ISDIR(kind) and child.resolve() not in above:
                yield from self.list_files(child, above | {child.resolve()})

    def stays_inside(self, path: Path) -> bool:
        """Whether the path stays in the report folder; a symbolic link that leads out of it gets a finding."""
        if not path.is_symlink():
            return True
        try:
            target = path.resolve()
        except (OSError, RuntimeError):  # links in a circle
            return False
        if target.is_relative_to(self.root.resolve()):
            return True
        self.refused.add(self.name(path))
        message = f"'{self.name(path)}' is a link that leads out of the report folder"
        self.findings.append(
            error("outside-folder", message, Location(self.name(path)), "put a copy of the file into the report folder")
        )
        return False

    def name(self, path: Path) -> str:
        """Return a path as the report writes it: relative to the folder, with forward slashes."""
        path_text = path.relative_to(self.root).as_posix().encode("utf-8", "replace").decode()
        return unicodedata.normalize("NFC", path_text)

    def refuse(self, rule: str, path: str, message: str, hint: str | None = None) -> None:
        """Report a file that can't be used at all."""
        self.refused.add(path)
        self.findings.append(error(rule, message, Location(path), hint))

    def read_folder(self, folder: str, paths: Mapping[str, Path]) -> tuple[Node, ...]:
        """Return the YAML files below a folder, by path."""
        chosen = {p: f for p, f in paths.items() if p.startswith(f"{folder}/") and p.endswith(YAML_ENDINGS)}
        return tuple(self.read_node(path, file) for path, file in chosen.items())

    def read_node(self, path: str, file: Path | None) -> Node:
        """Return the content of a YAML file; a 'invalid' node when it can't be read."""
        text = self.read_text(path, file) if file else None
        if text is None:
            return Node("invalid", SourceFile(path, ""), 1, 1, 1, "")
        clean = replace(text, text=self.clean(text))
        node, findings = read_yaml(clean)
        self.findings.extend(findings)
        if node.kind == "null" and path == REPORT_FILE:
            self.refuse("empty-file", path, f"{path} says nothing", "'gri-builder init' writes one to start from")
            return Node("invalid", clean, 1, 1, 1, "")
        return node

    def read_text(self, path: str, file: Path) -> SourceFile | None:
        """Return a text file; None when it can't be read."""
        data = self.read_bytes(path, file, LARGEST_TEXT)
        return None if data is None else self.read_plain(path, data)

    def read_plain(self, path: str, data: bytes) -> SourceFile | None:
        """Return the text that the bytes of a file are; None when they are none."""
        if b"\0" in data and not data.startswith(UTF_16):
            self.refuse("unreadable-file", path, f"{path} is not a text file", "save it as plain text, in UTF-8")
            return None
        if not data.strip():
            self.refuse("empty-file", path, f"{path} is empty", "write something in it, or delete it")
            return None
        return self.decode(path, data)

    def read_bytes(self, path: str, file: Path, largest: int) -> bytes | None:
        try:
            size = file.stat().st_size
            if size > largest:
                message = f"{path} has {size / 1e6:.0f} MB; files of up to {largest / 1e6:.0f} MB are read"
                self.refuse("file-too-large", path, message, "split it into smaller files")
                return None
            return file.read_bytes()
        except OSError as fault:
            self.refuse("unreadable-file", path, f"{path} can't be read: {fault.strerror}", "check who may read it")
            return None

    def decode(self, path: str, data: bytes) -> SourceFile:
        """Return the text of a file; one that is not UTF-8 gets a finding, and is read in its likeliest encoding."""
        digest = hashlib.sha256(data).hexdigest()
        try:
            return SourceFile(path, data.decode("utf-8-sig"), digest)
        except UnicodeDecodeError as fault:
            position = fault.start
        guess = "utf-16" if data.startswith(UTF_16) else "cp1252"
        file = SourceFile(path, data.decode(guess, "replace"), digest)
        self.findings.append(_not_utf8(file, data[:position], data[position:][:1], guess))
        return file

    def clean(self, file: SourceFile) -> str:
        """Return a YAML file's text with a space for each character that can't be printed, which gets a finding."""
        for number, line in enumerate(re.split("\r\n|\r|\n", file.text), 1):
            for match in UNPRINTABLE.finditer(line):
                where = Location(file.path, number, match.start() + 1, excerpt=UNPRINTABLE.sub(" ", line))
                self.findings.append(report_control_character(match[0], where))
        return UNPRINTABLE.sub(" ", file.text)

    def read_sheet(self, path: str, file: Path, named: bool) -> SheetFile:
        """Return a CSV file or workbook; its content only when a fact series names it."""
        data = self.read_bytes(path, file, LARGEST_SHEET) if named else None
        if data is None:
            return SheetFile(path)
        digest = hashlib.sha256(data).hexdigest()
        if not path.lower().endswith(TEXT_SHEETS):
            if not data:
                self.refuse("empty-file", path, f"{path} is empty", "save the workbook again")
            return SheetFile(path, digest, data=data or None)
        text = self.read_plain(path, data)
        if text and data.translate(None, PRINTABLE):
            text = replace(text, text=self.clean(text))
        return SheetFile(path, digest, text)

    def read_image(self, path: str, file: Path, mentioned: bool) -> ImageFile:
        """Return an image; its bytes only when the report may mention it, and when they are not too many."""
        try:
            size = file.stat().st_size
            return ImageFile(path, size, file.read_bytes() if mentioned and size <= LARGEST_IMAGE else None)
        except OSError as fault:
            self.refuse("unreadable-file", path, f"{path} can't be read: {fault.strerror}", "check who may read it")
            return ImageFile(path, 0, None)


def _skeleton(text: str) -> str:
    """Return the letters and digits of a text: the same for all ways of writing a path in it."""
    return re.sub(r"[\W_]+", "", unquote(text)).casefold()


def _not_utf8(file: SourceFile, before: bytes, byte: bytes, guess: str) -> Finding:
    line = before.count(b"\n") + 1
    if guess == "utf-16":
        message = f"{file.path} is saved as UTF-16 ('Unicode'), not as UTF-8"
        return error("not-utf8", message, file.where(), "save it again with the encoding UTF-8")
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    character = byte.decode("cp1252", "replace")
    message = f"{file.path} is not saved as UTF-8: the '{shorten(character)}' on line {line} is the first fault"
    return error("not-utf8", message, file.where(line, column), "save it again with the encoding UTF-8")


def _named_files(root: Node) -> Iterator[str]:
    """Yield the paths of the CSV files and workbooks that the fact series of a file take their values from."""
    for entry in root.entries.values():
        table, rows, query = (entry.value.get(key) for key in ("from", "aggregate", "query"))
        named = [part.get("file") for part in (table, rows) if part]
        files = query.get("files") if query else None
        named += [each.value for each in files.entries.values()] if files else []
        for node in filter(None, named):
            for item in node.items if node.kind == "list" else (node,):
                yield unicodedata.normalize("NFC", posixpath.normpath(item.text.strip()))


def _unread(paths: Iterable[str], named: frozenset[str]) -> Iterator[Finding]:
    """Yield a warning for each file that looks like part of the report, but is not read."""
    for path in paths:
        folder, _, _ = path.rpartition("/")
        top = path.split("/")[0]
        if (
            path.endswith(YAML_ENDINGS)
            and path not in (REPORT_FILE, THEME_FILE)
            and top not in ("disclosures", "figures")
        ):
            hint = suggest(top, FOLDERS) if folder else None
            hint = hint or "answers stand in disclosures/, facts in figures/"
            yield warning("unread-file", f"{path} is not read where it stands", Location(path), hint)
        elif path.lower().endswith(SHEET_ENDINGS) and top in ("disclosures", "figures", "data") and path not in named:
            hint = f"a fact series takes its values from it when it says so: from: {{file: {path}}}"
            yield warning("unread-file", f"{path} is not read: no fact series names it", Location(path), hint)
