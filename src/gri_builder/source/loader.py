"""Loads a report folder: its files become a Source, with the line and column of every value."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from gri_builder.limits.limit import MEGABYTE
from gri_builder.limits.limits import FONT_MEGABYTES, PICTURE_MEGABYTES, TABLE_MEGABYTES
from gri_builder.model.finding import Finding, Location, Result, error, sort_findings, warning
from gri_builder.model.suggestions import suggest
from gri_builder.source.declared_encodings import DeclaredEncoding, find_declared_encodings
from gri_builder.source.editions.languages import read_languages
from gri_builder.source.editions.select_chapters import logical_path
from gri_builder.source.editions.select_edition import split_editions
from gri_builder.source.editions.translations import FOLDER as TRANSLATIONS
from gri_builder.source.editions.translations import find_parameters, list_tables
from gri_builder.source.file_reader import FileReader
from gri_builder.source.filling.parameters import Filling, Variant
from gri_builder.source.filling.yaml_text import mask_tokens
from gri_builder.source.mentions import find_path_mentions, find_text_mentions
from gri_builder.source.nodes import Entry, FilledSource, FontFile, ImageFile, Node, SheetFile, Source, SourceFile
from gri_builder.source.paths import normalize_path
from gri_builder.source.values import text_of
from gri_builder.source.yaml_recovery import read_yaml

REPORT_FILE = "report.yaml"
THEME_FILE = "theme.yaml"
EDITORS_KEY = "$schema"
"""Names the schema of a YAML file for editors, and says nothing about the report."""
YAML_ENDINGS = (".yaml", ".yml")
PICTURE_ENDINGS = (
    ".png",
    ".apng",
    ".jpg",
    ".jpeg",
    ".jpe",
    ".jfif",
    ".gif",
    ".webp",
    ".avif",
    ".tif",
    ".tiff",
    ".bmp",
    ".dib",
    ".svg",
    ".svgz",
)
OTHER_PICTURE_ENDINGS = (
    ".pdf",
    ".heic",
    ".heif",
    ".psd",
    ".psb",
    ".ai",
    ".eps",
    ".ps",
    ".indd",
    ".xcf",
    ".cdr",
    ".jxl",
    ".jp2",
    ".ico",
    ".wmf",
    ".emf",
    ".dng",
    ".cr2",
    ".cr3",
    ".nef",
    ".arw",
    ".tga",
    ".pcx",
    ".ppm",
    ".pgm",
    ".pbm",
    ".pnm",
    ".j2k",
    ".jpx",
    ".sketch",
    ".fig",
    ".odg",
    ".vsdx",
)
IMAGE_ENDINGS = (*PICTURE_ENDINGS, *OTHER_PICTURE_ENDINGS)
"""Endings of files that hold pictures; the others get a finding where they are shown, as they can't be read."""
FONT_ENDINGS = (".ttf", ".otf", ".ttc", ".woff", ".woff2")
CSV_ENDINGS = (".csv", ".tsv")
READABLE_TABLES = (*CSV_ENDINGS, ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
TABLE_ENDINGS = (*READABLE_TABLES, ".numbers", ".json", ".parquet")
"""Endings of files that hold tables; some of them get a finding, as they can't be read."""
FOLDERS = ("disclosures", "figures", "chapters", "images", "data", "translations")
COLLECTED = "figures/collected/"
"""Folder of the values that data owners have returned, and of their workbooks."""
PULLED = "figures/pulled/"
"""Folder of the rows that were pulled from warehouses."""
SNAPSHOT_ENDING = ".parquet"
CONNECTIONS_FILE = "connections.yaml"
TABLE_FOLDERS = ("disclosures", "figures", "data")
"""Folders in which a table that is not read is probably an oversight."""

_PRINTABLE_ASCII = bytes((*b"\t\n\r", *range(0x20, 0x7F)))


def load_report(
    folder: Path, unsaved: Mapping[str, bytes] | None = None, variant: Variant | None = None
) -> Result[Source]:
    """Read a report folder, given by its path or by that of its report.yaml; the value is None if there is no report.

    A report in several languages is that of the first, which the others are translated from.
    """
    loaded = load_editions(folder, unsaved, variant)
    return Result(loaded.value[0] if loaded.value else None, loaded.findings)


def load_folder(folder: Path) -> Source | None:
    """Read a report folder as it is, with the texts of all of its languages; None if there is no report."""
    if not (folder / REPORT_FILE).is_file():
        return None
    return _read_folder(FileReader(folder, {}))


def load_editions(
    folder: Path, unsaved: Mapping[str, bytes] | None = None, variant: Variant | None = None
) -> Result[tuple[Source, ...]]:
    """Read a report folder in each of its languages, the source language first; None if there is no report.

    Images, fonts, CSV files and workbooks are read only if the report mentions them. `unsaved` are the contents of
    files that an editor has not saved, by path. With a `variant`, the folder is a template that is filled from a list.
    """
    root = folder.parent if folder.name == REPORT_FILE and folder.is_file() else folder
    other = variant.files if variant else None
    if not any(each and (each / REPORT_FILE).is_file() for each in (root, other)):
        return Result(None, (_no_report(folder, root),))
    reader = FileReader(root, unsaved or {}, variant.row if variant else None, other)
    source = _read_folder(reader)
    if variant:
        asked = find_parameters(list_tables(source.sheets), variant.row)
        source = replace(source, filled=FilledSource(variant.row, reader.filled, reader.facts, asked))
    editions, findings = split_editions(source)
    return Result(editions, sort_findings((*reader.findings, *findings)))


def list_languages(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return the tags of a report folder's languages, each with the names that mean it, in lower case.

    Nothing where report.yaml can't be read.
    """
    report = _read_yaml_file(REPORT_FILE, folder / REPORT_FILE, FileReader(folder, {}))
    languages = read_languages(report)
    if languages:
        return {each.tag: (each.tag.lower(), each.key) for each in languages}
    tag = text_of(report.get("language"))
    return {tag: (tag.lower(), tag.split("-")[0].lower())} if tag else {}


def _no_report(folder: Path, root: Path) -> Finding:
    if root.is_dir():
        message = f"there is no {REPORT_FILE} in the folder '{folder.name}'"
        hint = "name the folder that holds report.yaml; 'gri-builder init' creates a new one"
    else:
        message, hint = f"there is no report folder '{folder}'", "check the path"
    return error("missing-file", message, Location(REPORT_FILE), hint)


def _read_folder(reader: FileReader) -> Source:
    paths = reader.list_files()
    texts = _read_texts(paths, reader)
    mentions = find_text_mentions(file.text for file in (*texts.yaml_files, *texts.chapters.values()) if file)
    data_paths = find_path_mentions((*texts.figures, *texts.collected))
    encodings, conflicts = find_declared_encodings(texts.figures)
    reader.findings.extend(conflicts)
    language = _find_language(texts.report)
    images = {
        path: _read_image(path, file, mentions.include(file.name), reader)
        for path, file in paths.items()
        if path.lower().endswith(IMAGE_ENDINGS)
    }
    fonts = {
        path: FontFile(path, reader.read_bytes(path, file, FONT_MEGABYTES))
        for path, file in paths.items()
        if path.lower().endswith(FONT_ENDINGS) and mentions.include(file.name)
    }
    named = data_paths.union(filter(_is_translation, paths))
    tables = {
        path: _read_table(path, file, path in named, reader, encodings.get(path), language)
        for path, file in paths.items()
        if path.lower().endswith(TABLE_ENDINGS) or path in data_paths
    }
    reader.findings.extend(_find_unread(paths, data_paths, {words_path(texts.report), *texts.own_words}))
    return replace(texts, images=images, fonts=fonts, sheets=tables, refused=frozenset(reader.refused))


def _read_texts(paths: Mapping[str, Path], reader: FileReader) -> Source:
    """Return the YAML and Markdown files of a report."""
    if reader.row:
        reader.facts = frozenset(_find_series(paths, reader))
    report = _read_yaml_file(REPORT_FILE, paths.get(REPORT_FILE), reader)
    if THEME_FILE in paths:
        report = _with_theme(report, _read_yaml_file(THEME_FILE, paths[THEME_FILE], reader), reader)
    disclosures, figures = (_read_yaml_folder(folder, paths, reader) for folder in ("disclosures", "figures"))
    collected, pulled = (
        tuple(root for root in figures if root.file.path.startswith(folder)) for folder in (COLLECTED, PULLED)
    )
    chapters = {
        path: reader.fill_markdown(reader.read_text(path, file))
        for path, file in paths.items()
        if path.endswith(".md") and (path.startswith("chapters/") or _is_listed(path, report))
    }
    path = words_path(report)
    words = _read_yaml_file(path, paths[path], reader) if path in paths else None
    own_words = {each: _read_yaml_file(each, paths[each], reader) for each in _list_words(report) if each in paths}
    typed = tuple(root for root in figures if not root.file.path.startswith((COLLECTED, PULLED)))
    named = paths.get(CONNECTIONS_FILE)
    connections = _read_yaml_file(CONNECTIONS_FILE, named, reader) if named else None
    read = Source(report, disclosures, typed, collected, chapters, words=words, own_words=own_words)
    return replace(read, connections=connections, pulled=pulled)


def _find_series(paths: Mapping[str, Path], reader: FileReader) -> Iterator[str]:
    """Yield the ids of the fact series of a template."""
    for path, file in paths.items():
        if path.startswith("figures/") and path.endswith(YAML_ENDINGS) and (text := reader.read_text(path, file)):
            node, _ = read_yaml(replace(text, text=mask_tokens(text.text)))
            for id, entry in node.entries.items():
                yield id
                lists = (item.get("series") for item in entry.value.items)
                yield from (inner for each in lists if each for inner in each.entries)


def _is_listed(path: str, report: Node) -> bool:
    """Return whether report.yaml names a chapter, or that of another language in the folder above it."""
    return path in report.file.text or logical_path(path, read_languages(report)) in report.file.text


def _is_translation(path: str) -> bool:
    return path.startswith(TRANSLATIONS) and path.lower().endswith(CSV_ENDINGS)


def _find_language(report: Node) -> str:
    """Return the language of the report's texts, of several the first."""
    languages = read_languages(report)
    return languages[0].tag if languages else text_of(report.get("language")) or "en"


def _list_words(report: Node) -> Iterator[str]:
    """Yield the paths of the files of own words of a report in several languages."""
    named = report.get("words") if read_languages(report) else None
    nodes = (entry.value for entry in named.entries.values()) if named and named.entries else (named,)
    for node in nodes:
        path = normalize_path(text_of(node) or "") or ""
        if path.endswith(YAML_ENDINGS):
            yield path


def words_path(report: Node) -> str:
    """Return the path of the report's own words; empty where report.yaml names no YAML file in the folder."""
    path = normalize_path(text_of(report.get("words")) or "") or ""
    return path if path.endswith(YAML_ENDINGS) else ""


def _with_theme(report: Node, theme: Node, reader: FileReader) -> Node:
    """Return report.yaml with theme.yaml as its 'theme'."""
    if (inline := report.entries.get("theme")) is not None:
        message = f"the theme is written twice: under 'theme' in {REPORT_FILE}, and in {THEME_FILE}"
        hint = f"keep one of the two: move these entries to {THEME_FILE}, or delete that file"
        reader.findings.append(error("duplicate-theme", message, inline.key.where, hint))
    key = Node("text", theme.file, 1, 1, 1, theme.pointer, "theme")
    return replace(report, entries={**report.entries, "theme": Entry(key, theme)})


def _read_yaml_folder(folder: str, paths: Mapping[str, Path], reader: FileReader) -> tuple[Node, ...]:
    """Return the YAML files below a folder, by path."""
    chosen = {p: f for p, f in paths.items() if p.startswith(f"{folder}/") and p.endswith(YAML_ENDINGS)}
    return tuple(_read_yaml_file(path, file, reader) for path, file in chosen.items())


def _read_yaml_file(path: str, file: Path | None, reader: FileReader) -> Node:
    """Return the content of a YAML file; an 'invalid' node if it can't be read."""
    text = reader.read_text(path, file) if file else None
    if text is None:
        return Node("invalid", SourceFile(path, ""), 1, 1, 1, "")
    clean, filled = reader.blank_control_characters(text), None
    if path != CONNECTIONS_FILE:
        clean, filled = reader.fill_yaml(clean)
    node, findings = read_yaml(clean)
    reader.findings.extend(findings)
    if filled:
        node = _with_fillings(node, filled.fillings)
    if EDITORS_KEY in node.entries:
        node = replace(node, entries={key: one for key, one in node.entries.items() if key != EDITORS_KEY})
    if node.kind == "null" and path == REPORT_FILE:
        reader.refuse("empty-file", path, f"{path} holds no entries", "'gri-builder init' writes one to start from")
        return Node("invalid", clean, 1, 1, 1, "")
    return node


def _with_fillings(node: Node, fillings: Mapping[tuple[int, int], Filling]) -> Node:
    """Return a node whose scalars know the values of the list that are in them."""
    entries = {
        key: Entry(_with_fillings(one.key, fillings), _with_fillings(one.value, fillings))
        for key, one in node.entries.items()
    }
    items = tuple(_with_fillings(each, fillings) for each in node.items)
    filling = None if node.kind in ("mapping", "list") else fillings.get((node.line, node.column))
    return replace(node, entries=entries, items=items, filling=filling)


def _read_table(
    path: str,
    file: Path,
    is_mentioned: bool,
    reader: FileReader,
    declared: DeclaredEncoding | None = None,
    language: str = "en",
) -> SheetFile:
    """Return a CSV file or workbook; with its content only if the report mentions it and it can be read."""
    is_snapshot = path.startswith(PULLED) and path.endswith(SNAPSHOT_ENDING)
    readable = is_snapshot or (is_mentioned and path.lower().endswith(READABLE_TABLES))
    data = reader.read_bytes(path, file, TABLE_MEGABYTES) if readable else None
    if data is None:
        return SheetFile(path)
    digest = hashlib.sha256(data).hexdigest()
    if not path.lower().endswith(CSV_ENDINGS):
        if not data:
            reader.refuse("empty-file", path, f"{path} is empty", "save the workbook again")
        return SheetFile(path, digest, data=data or None)
    text, encoding = reader.decode_table(path, data, declared, language)
    if text and data.translate(None, _PRINTABLE_ASCII):
        text = reader.blank_control_characters(text)
    if text and "\r" in text.text:  # one kind of line end, whatever programs wrote, in cells too
        text = replace(text, text=text.text.replace("\r\n", "\n").replace("\r", "\n"))
    return SheetFile(path, digest, text, encoding=encoding)


def read_table_file(file: Path, path: str) -> tuple[SheetFile | None, list[Finding]]:
    """Return a CSV file or workbook alone, under its path in a report; None, with findings, if it can't be read."""
    reader = FileReader(file.parent)
    found = _read_table(path, file, True, reader)
    if not found.is_read and not reader.findings:
        message = f"{path} is neither a CSV file nor a workbook"
        reader.refuse("wrong-format", path, message, "save it as CSV, or as 'Excel Workbook (.xlsx)'")
    return found if found.is_read else None, reader.findings


def _read_image(path: str, file: Path, is_mentioned: bool, reader: FileReader) -> ImageFile:
    """Return an image; with its content only if the report mentions it and it is within the size limit."""
    try:
        size = file.stat().st_size
        is_read = is_mentioned and size <= PICTURE_MEGABYTES.most * MEGABYTE
        return ImageFile(path, size, file.read_bytes() if is_read else None)
    except OSError as problem:
        message = f"{path} can't be read: {problem.strerror}"
        reader.refuse("unreadable-file", path, message, "check the permissions of the file")
        return ImageFile(path, 0, None)


def _find_unread(paths: Iterable[str], data_paths: frozenset[str], words: Collection[str]) -> Iterator[Finding]:
    """Yield a warning for each file that looks like a part of the report, but is not read."""
    for path in paths:
        top, *below = path.split("/")
        if path.endswith(YAML_ENDINGS) and path not in (REPORT_FILE, THEME_FILE, CONNECTIONS_FILE, *words):
            if top not in ("disclosures", "figures"):
                hint = suggest(top, FOLDERS) if below else None
                hint = hint or "move answers to disclosures/, and facts to figures/"
                yield warning("unread-file", f"{path} is not read from this folder", Location(path), hint)
        elif path.startswith(PULLED) and path.endswith(SNAPSHOT_ENDING):
            continue
        elif path.lower().endswith(TABLE_ENDINGS) and top in TABLE_FOLDERS and path not in data_paths:
            hint = f"to take values from it, name it in a fact series: from: {{file: {path}}}"
            if path.startswith(COLLECTED):
                hint = f"take its values back with 'gri-builder collect REPORT {path}', or move it out of {COLLECTED}"
            yield warning("unread-file", f"{path} is not read: no file in figures/ names it", Location(path), hint)
