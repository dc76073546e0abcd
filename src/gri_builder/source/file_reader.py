"""Reads the files of one report folder: inside the folder only, within size limits, decoded as text."""

from __future__ import annotations

import hashlib
import re
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from gri_builder.limits.limit import MEGABYTE, Limit
from gri_builder.limits.limits import TEXT_MEGABYTES
from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.texts.finding_text import shorten
from gri_builder.source.declared_encodings import DeclaredEncoding
from gri_builder.source.filling.markdown_text import fill_markdown
from gri_builder.source.filling.parameters import ListRow
from gri_builder.source.filling.segments import FilledText, join_pieces
from gri_builder.source.filling.yaml_text import FilledYaml, fill_yaml
from gri_builder.source.nodes import SourceFile
from gri_builder.source.table_encodings import decode_declared, report_recognized
from gri_builder.source.text_encodings import is_utf8, recognize_text
from gri_builder.source.yaml_events import UNPRINTABLE, report_control_character
from gri_builder.storage.file_kinds import name_special_file

UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
"""Byte order marks at the start of UTF-16 files."""
_PERMISSION_HINT = "check the permissions of the file"


class FileReader(Struct):
    """Lists and reads the files of one report folder, and collects a finding for each that can't be read."""

    root: Path
    unsaved: Mapping[str, bytes] = field(default_factory=dict)
    """Contents that take the place of those of files, by path: texts that an editor has not saved."""
    row: ListRow | None = None
    """The row of a list whose values take the place of their names in YAML and Markdown files."""
    replaced: Path | None = None
    """A folder whose files replace those of the same path, or are added to them."""
    facts: frozenset[str] = frozenset()
    """Ids of the fact series, which go before columns of the same name in running text."""
    filled: dict[str, FilledText] = field(default_factory=dict)
    """The files that were filled from the row, by path."""
    findings: list[Finding] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    """Paths of the files that can't be read; each has its finding."""

    def list_files(self) -> dict[str, Path]:
        """Return all files in the folder by their path in the report, in order; hidden files are left out."""
        found = dict(self._list_below(self.root, frozenset({self.root.resolve()})))
        if self.replaced:
            other = FileReader(self.replaced)
            found = dict(sorted((found | other.list_files()).items()))
            self.findings.extend(other.findings)
            self.refused |= other.refused
        new = {path: self.root / path for path in self.unsaved if path not in found}
        return found | new

    def _list_below(self, folder: Path, parents: frozenset[Path]) -> Iterator[tuple[str, Path]]:
        """Yield the files below a folder; a folder that links back to one of its parents is not entered."""
        try:
            children = sorted(folder.iterdir(), key=lambda child: child.name)
        except OSError as problem:
            self.refuse(
                "unreadable-file",
                self._path_of(folder),
                f"the folder can't be read: {problem.strerror}",
                _PERMISSION_HINT,
            )
            return
        for child in children:
            if child.name.startswith(".") or not self._is_inside(child):
                continue
            mode = self._mode_of(child)
            if mode is None:
                continue
            if stat.S_ISREG(mode):
                yield self._path_of(child), child
            elif stat.S_ISDIR(mode) and child.resolve() not in parents:
                yield from self._list_below(child, parents | {child.resolve()})
            elif kind := name_special_file(child):
                message = f"'{child.name}' is {kind}, not a file"
                self.refuse("unreadable-file", self._path_of(child), message, "copy its content into a file")

    def _mode_of(self, file: Path) -> int | None:
        try:
            return file.stat().st_mode
        except OSError as problem:
            message = f"'{file.name}' can't be read: {problem.strerror}"
            self.refuse("unreadable-file", self._path_of(file), message, _PERMISSION_HINT)
            return None

    def _is_inside(self, file: Path) -> bool:
        """Whether a path stays inside the report folder; a symbolic link to the outside gets a finding."""
        if not file.is_symlink():
            return True
        try:
            target = file.resolve()
        except (OSError, RuntimeError):  # circular links
            return False
        if target.is_relative_to(self.root.resolve()):
            return True
        path = self._path_of(file)
        message = f"'{path}' is a link to a file outside the report folder"
        self.refuse("outside-folder", path, message, "copy the file into the report folder")
        return False

    def _path_of(self, file: Path) -> str:
        """Return a path as the report writes it: relative to the folder, with forward slashes, in NFC."""
        path_text = file.relative_to(self.root).as_posix().encode("utf-8", "replace").decode()
        return unicodedata.normalize("NFC", path_text)

    def refuse(self, rule: str, path: str, message: str, hint: str | None = None) -> None:
        """Report a file that can't be used."""
        self.refused.add(path)
        self.findings.append(error(rule, message, Location(path), hint))

    def read_bytes(self, path: str, file: Path, limit: Limit) -> bytes | None:
        """Return the content of a file of up to `limit` megabytes; None, with a finding, if it can't be read."""
        if path in self.unsaved:
            return self.unsaved[path]
        try:
            size = file.stat().st_size
            if size > limit.most * MEGABYTE:
                message = f"{path} has {size / MEGABYTE:,.0f} MB; the limit is {limit.most:,} MB"
                self.refuse("file-too-large", path, message, f"split it into smaller files, or {limit.hint}")
                return None
            return file.read_bytes()
        except OSError as problem:
            self.refuse("unreadable-file", path, f"{path} can't be read: {problem.strerror}", _PERMISSION_HINT)
            return None

    def read_text(self, path: str, file: Path) -> SourceFile | None:
        """Return a text file; None, with a finding, if it can't be read."""
        data = self.read_bytes(path, file, TEXT_MEGABYTES)
        return None if data is None else self.decode(path, data)

    def fill_markdown(self, text: SourceFile | None) -> SourceFile | None:
        """Return a Markdown text with the values of the row, if there is one."""
        if self.row is None or text is None:
            return text
        filled, lines = join_pieces(fill_markdown(text.text, self.row.without(self.facts)))
        if not lines.stretches:
            return text
        self.filled[text.path] = FilledText(lines, text.sha256)
        return _replace_text(text, filled)

    def fill_yaml(self, text: SourceFile) -> tuple[SourceFile, FilledYaml | None]:
        """Return a YAML text with the values of the row, and its scalars that have some."""
        filled = fill_yaml(text.text, self.row, self.facts) if self.row else None
        if filled is None:
            return text, None
        self.filled[text.path] = FilledText(filled.lines, text.sha256, filled.unknown, filled.is_sound)
        if not filled.is_sound or not filled.lines.stretches:
            return text, None
        return _replace_text(text, filled.text), filled

    def decode(self, path: str, data: bytes) -> SourceFile | None:
        """Return the text of a file's bytes; None, with a finding, if the file is binary or empty.

        Text in another encoding than UTF-8 gets a finding, and is decoded in the most likely encoding.
        """
        if b"\0" in data and not data.startswith(UTF_16_MARKS):
            self.refuse("unreadable-file", path, f"{path} is not a text file", "save it as plain text, in UTF-8")
            return None
        if not data.strip():
            self.refuse("empty-file", path, f"{path} is empty", "write its content, or delete the file")
            return None
        digest = hashlib.sha256(data).hexdigest()
        try:
            return SourceFile(path, data.decode("utf-8-sig"), digest)
        except UnicodeDecodeError as problem:
            position = problem.start
        encoding = "utf-16" if data.startswith(UTF_16_MARKS) else "cp1252"
        text = SourceFile(path, data.decode(encoding, "replace"), digest)
        self.findings.append(_not_utf8(text, data[:position], data[position:][:1], encoding))
        return text

    def decode_table(
        self, path: str, data: bytes, declared: DeclaredEncoding | None, language: str
    ) -> tuple[SourceFile | None, str | None]:
        """Return the text of a CSV file, and its encoding if it is not UTF-8; None, with a finding, if it has no text.

        Without a declared encoding it is recognized where it can be, with a warning that names it.
        """
        if declared and declared.name != "utf-8" and data.strip():
            text, finding = decode_declared(path, data, declared)
            self.findings.extend((finding,) if finding else ())
            return text, declared.name
        if is_utf8(data) or (found := recognize_text(data, language)) is None:
            return self.decode(path, data), None
        text = SourceFile(path, found.text.removeprefix("\ufeff"), hashlib.sha256(data).hexdigest())
        self.findings.append(report_recognized(text, found.encoding))
        return text, found.encoding

    def blank_control_characters(self, text: SourceFile) -> SourceFile:
        """Return a text with a space for each character that can't be printed; each gets a finding."""
        for number, line in enumerate(re.split("\r\n|\r|\n", text.text), 1):
            excerpt = UNPRINTABLE.sub(" ", line)
            for match in UNPRINTABLE.finditer(line):
                where = Location(text.path, number, match.start() + 1, excerpt=excerpt)
                self.findings.append(report_control_character(match[0], where))
        return replace(text, text=UNPRINTABLE.sub(" ", text.text))


def _replace_text(file: SourceFile, text: str) -> SourceFile:
    return SourceFile(file.path, text, hashlib.sha256(text.encode()).hexdigest())


def _not_utf8(file: SourceFile, before: bytes, byte: bytes, encoding: str) -> Finding:
    line = before.count(b"\n") + 1
    if encoding == "utf-16":
        message = f"{file.path} is saved as UTF-16 ('Unicode'), not as UTF-8"
        return error("not-utf8", message, file.where(), "save it again with the encoding UTF-8")
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    character = byte.decode("cp1252", "replace")
    message = f"{file.path} is not saved as UTF-8: the first invalid character is '{shorten(character)}' on line {line}"
    return error("not-utf8", message, file.where(line, column), "save it again with the encoding UTF-8")
