"""An editor for tests: a client of the Language Server Protocol that remembers what the server said last."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.client import LanguageClient

SECONDS = 30.0
T = TypeVar("T")


class Editor:
    """An editor with a folder open, connected to a server that was started for it."""

    def __init__(self, client: LanguageClient, folder: Path) -> None:
        self.client, self.folder = client, folder
        self.findings: dict[str, list[types.Diagnostic]] = {}
        self._versions: dict[str, int] = {}
        self._changed = asyncio.Event()

        def take(params: types.PublishDiagnosticsParams) -> None:
            self.findings[params.uri] = list(params.diagnostics)
            self._changed.set()

        client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(take)

    def uri(self, path: str) -> str:
        """Return the address of a file of the folder."""
        return (self.folder / path).as_uri()

    async def open(self, path: str, text: str | None = None) -> None:
        """Open a file, or a text that is not saved under its name."""
        known = (self.folder / path).read_text("utf-8") if text is None else text
        language = "markdown" if path.endswith(".md") else "yaml"
        self._versions[path] = 1
        item = types.TextDocumentItem(self.uri(path), language, 1, known)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    async def change(self, path: str, text: str) -> None:
        """Replace the text of an open file, without saving it."""
        self._versions[path] += 1
        document = types.VersionedTextDocumentIdentifier(self._versions[path], self.uri(path))
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    async def wait_for(self, condition: Callable[[], bool]) -> None:
        """Wait until the findings are as they should be; raises TimeoutError."""

        async def watch() -> None:
            while not condition():
                self._changed.clear()
                await self._changed.wait()

        await asyncio.wait_for(watch(), SECONDS)

    def rules(self, path: str) -> set[str]:
        """Return the rules of the findings of a file."""
        return {str(each.code) for each in self.findings.get(self.uri(path), [])}

    async def complete(self, path: str, line: int, character: int) -> list[types.CompletionItem]:
        """Return what the server offers at a place, counted from 0."""
        place = types.CompletionParams(types.TextDocumentIdentifier(self.uri(path)), types.Position(line, character))
        found = await self.client.text_document_completion_async(place)
        if isinstance(found, types.CompletionList):
            return list(found.items)
        return list(found or [])

    async def hover(self, path: str, line: int, character: int) -> str:
        """Return what the server says about a place; '' for nothing."""
        place = types.HoverParams(types.TextDocumentIdentifier(self.uri(path)), types.Position(line, character))
        found = await self.client.text_document_hover_async(place)
        return found.contents.value if found and isinstance(found.contents, types.MarkupContent) else ""

    async def definition(self, path: str, line: int, character: int) -> types.Location | None:
        """Return where the server says that a name leads."""
        place = types.DefinitionParams(types.TextDocumentIdentifier(self.uri(path)), types.Position(line, character))
        found = await self.client.text_document_definition_async(place)
        return found if isinstance(found, types.Location) else None


def use_editor(
    command: list[str], folder: Path, work: Callable[[Editor], Awaitable[T]], settings: dict[str, Any] | None = None
) -> T:
    """Start a server, do some work in an editor, and end both."""

    async def run() -> T:
        client = LanguageClient("editor", "1")

        def configure(params: types.ConfigurationParams) -> list[Any]:
            return [(settings or {}).get(item.section or "") for item in params.items]

        def register(params: types.RegistrationParams) -> None:
            """Take every capability."""

        client.feature(types.WORKSPACE_CONFIGURATION)(configure)
        client.feature(types.CLIENT_REGISTER_CAPABILITY)(register)
        editor = Editor(client, folder)
        await client.start_io(*command)
        try:
            able = types.ClientCapabilities(
                workspace=types.WorkspaceClientCapabilities(configuration=True),
                text_document=types.TextDocumentClientCapabilities(
                    hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown])
                ),
            )
            folders = [types.WorkspaceFolder(folder.as_uri(), folder.name)]
            opened = types.InitializeParams(able, root_uri=folder.as_uri(), workspace_folders=folders)
            await asyncio.wait_for(client.initialize_async(opened), SECONDS)
            client.initialized(types.InitializedParams())
            return await work(editor)
        finally:
            await asyncio.wait_for(client.shutdown_async(None), SECONDS)
            client.exit(None)
            await client.stop()  # type: ignore[no-untyped-call]

    return asyncio.run(run())
