"""The server: the Language Server Protocol 3.17 over standard input and output, for any editor that speaks it."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from gri_builder._version import NAME, VERSION
from gri_builder.language_server.candidates import Candidate, list_candidates
from gri_builder.language_server.contexts import Mention, find_context, find_mention
from gri_builder.language_server.open_report import OpenReport, find_report
from gri_builder.language_server.sources import describe, find_source
from gri_builder.model.finding import Finding, Location, Severity

PAUSE = 0.2
"""Seconds without a key pressed after which a report is checked."""
SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
KINDS = {
    "series": types.CompletionItemKind.Variable,
    "anchor": types.CompletionItemKind.Reference,
    "disclosure": types.CompletionItemKind.Class,
    "image": types.CompletionItemKind.File,
    "chapter": types.CompletionItemKind.File,
    "data": types.CompletionItemKind.File,
    "unit": types.CompletionItemKind.Unit,
}


class ReportServer(LanguageServer):
    """Serves the reports whose files are open."""

    def __init__(self) -> None:
        super().__init__(NAME, VERSION, text_document_sync_kind=types.TextDocumentSyncKind.Incremental)
        self._reports: dict[Path, OpenReport] = {}
        self._shown = defaultdict[Path, set[str]](set)
        """Addresses of the files of a report that have findings."""
        self._waiting: dict[Path, asyncio.Task[None]] = {}
        self._checking = asyncio.Lock()

    def find(self, uri: str) -> tuple[OpenReport, str] | None:
        """Return the report that a file is in, and its path there; None if it is in none."""
        file = _path_of(uri)
        folder = find_report(file) if file else None
        if folder is None or file is None:
            return None
        if folder not in self._reports:
            self._reports[folder] = OpenReport(folder)
        return self._reports[folder], file.relative_to(folder).as_posix()

    def take_text(self, uri: str, text: str | None) -> None:
        """Take over the text of a file in the editor, None where it is closed, and check its report soon."""
        found = self.find(uri)
        if found is None:
            return
        report, path = found
        if text is None:
            report.unsaved.pop(path, None)
        else:
            report.unsaved[path] = text.encode("utf-8", "replace")
        waiting = self._waiting.get(report.folder)
        if waiting and not waiting.done():
            waiting.cancel()
        self._waiting[report.folder] = asyncio.ensure_future(self._check_soon(report))

    async def _check_soon(self, report: OpenReport) -> None:
        await asyncio.sleep(PAUSE)
        async with self._checking:  # what is kept between checks is one process's, not one thread's
            findings = await asyncio.shield(asyncio.to_thread(report.check))
        self._publish(report, findings)

    def _publish(self, report: OpenReport, findings: tuple[Finding, ...]) -> None:
        """Show the findings of a report, and no others."""
        by_file = defaultdict[str, list[Finding]](list)
        for finding in findings:
            by_file[finding.where.file].append(finding)
        shown = {_uri_of(report.folder / file): found for file, found in by_file.items()}
        for uri in self._shown[report.folder] - shown.keys():
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))
        for uri, found in shown.items():
            diagnostics = [_make_diagnostic(self, uri, finding) for finding in found]
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics))
        self._shown[report.folder] = set(shown)

    def mention_at(self, uri: str, position: types.Position) -> tuple[OpenReport, Mention, types.Range] | None:
        """Return the name at a place of a file, with its report and its range."""
        found = self.find(uri)
        document = self.workspace.get_text_document(uri)
        if found is None or position.line >= len(document.lines):
            return None
        place = document.position_codec.position_from_client_units(document.lines, position)
        mention = find_mention(document.lines[place.line], place.character, found[0].names)
        if mention is None:
            return None
        ends = types.Range(
            types.Position(place.line, mention.start),
            types.Position(place.line, mention.end),
        )
        return found[0], mention, document.position_codec.range_to_client_units(document.lines, ends)


def make_server() -> ReportServer:
    """Return a server with all that it can do."""
    server = ReportServer()
    feature = server.feature

    @feature(types.TEXT_DOCUMENT_DID_OPEN)
    def open_text(params: types.DidOpenTextDocumentParams) -> None:
        server.take_text(params.text_document.uri, params.text_document.text)

    @feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def change_text(params: types.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        server.take_text(uri, server.workspace.get_text_document(uri).source)

    @feature(types.TEXT_DOCUMENT_DID_SAVE)
    def save_text(params: types.DidSaveTextDocumentParams) -> None:
        uri = params.text_document.uri
        server.take_text(uri, server.workspace.get_text_document(uri).source)

    @feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def close_text(params: types.DidCloseTextDocumentParams) -> None:
        server.take_text(params.text_document.uri, None)

    options = types.CompletionOptions(trigger_characters=["{", "[", "#", "(", "/", ".", "|", " ", ":", "=", '"'])

    @feature(types.TEXT_DOCUMENT_COMPLETION, options)
    def complete(params: types.CompletionParams) -> types.CompletionList:
        return types.CompletionList(False, _complete(server, params))

    @feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        found = server.mention_at(params.text_document.uri, params.position)
        text = describe(found[1], found[0].names) if found else None
        if found is None or text is None:
            return None
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text), found[2])

    @feature(types.TEXT_DOCUMENT_DEFINITION)
    def find_definition(params: types.DefinitionParams) -> types.Location | None:
        found = server.mention_at(params.text_document.uri, params.position)
        where = find_source(found[1], found[0].names) if found else None
        return _make_location(server, found[0].folder, where) if found and where else None

    return server


def serve_editor() -> None:
    """Serve one editor over standard input and output until it says that it exits."""
    logging.getLogger("pygls").setLevel(logging.ERROR)
    make_server().start_io()


def _complete(server: ReportServer, params: types.CompletionParams) -> list[types.CompletionItem]:
    uri = params.text_document.uri
    found = server.find(uri)
    document = server.workspace.get_text_document(uri)
    if found is None:
        return []
    codec, lines = document.position_codec, document.lines
    place = codec.position_from_client_units(lines, params.position)
    context = find_context(list(lines), place.line, place.character, found[1].endswith((".yaml", ".yml")))
    if context is None:
        return []
    start = types.Position(place.line, place.character - len(context.typed))
    typed = types.Range(start, types.Position(place.line, place.character))
    ends = codec.range_to_client_units(lines, typed)
    listed = enumerate(list_candidates(context, found[0].names))
    return [_make_item(candidate, number, ends) for number, candidate in listed]


def _make_item(candidate: Candidate, number: int, ends: types.Range) -> types.CompletionItem:
    return types.CompletionItem(
        label=candidate.text,
        kind=KINDS.get(candidate.kind or "", types.CompletionItemKind.Value),
        detail=candidate.title,
        sort_text=f"{number:05}",
        text_edit=types.TextEdit(ends, candidate.text),
    )


def _make_diagnostic(server: ReportServer, uri: str, finding: Finding) -> types.Diagnostic:
    where = finding.where
    hint = f"\n{finding.hint}" if finding.hint else ""
    cell = f" ({', '.join(part for part in (where.sheet, where.cell) if part)})" if where.cell or where.sheet else ""
    return types.Diagnostic(
        range=_make_range(server, uri, where),
        message=f"{finding.message}{cell}{hint}",
        severity=SEVERITIES[finding.severity],
        code=finding.rule,
        source=NAME,
    )


def _make_range(server: ReportServer, uri: str, where: Location) -> types.Range:
    line, column = max((where.line or 1) - 1, 0), max((where.column or 1) - 1, 0)
    ends = types.Range(types.Position(line, column), types.Position(line, column + where.width))
    document = server.workspace.get_text_document(uri)
    if where.excerpt is None:
        return ends
    lines = ["\n"] * line + [where.excerpt]
    return document.position_codec.range_to_client_units(lines, ends)


def _make_location(server: ReportServer, folder: Path, where: Location) -> types.Location:
    uri = _uri_of(folder / where.file)
    return types.Location(uri, _make_range(server, uri, where))


def _path_of(uri: str) -> Path | None:
    """Return the path of a file's address; None for another address."""
    if urlsplit(uri).scheme != "file":
        return None
    path = to_fs_path(uri)
    return Path(unquote(path) if path is None else path) if path else None


def _uri_of(file: Path) -> str:
    return from_fs_path(str(file)) or file.as_uri()
