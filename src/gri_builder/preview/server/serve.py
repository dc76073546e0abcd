"""Serves the preview of a report until it is ended."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from secrets import token_urlsafe
from types import FrameType

import uvicorn

from gri_builder.preview.server.address import HOST, find_other, noted, open_port
from gri_builder.preview.server.app import make_app
from gri_builder.preview.server.preview import Preview


def serve_report(
    folder: Path,
    output: Path,
    port: int,
    draft: bool,
    opened: Callable[[str], None],
    say: Callable[[str], None],
    language: str | None = None,
) -> None:
    """Serve the preview of a report folder until a signal ends it; final builds are written into `output`.

    `language` is the edition of a report in several languages, by default the first. `opened` is called with the
    address once it answers, `say` with sentences for the user. Raises NoPortError.
    """
    with open_port(port) as listening:
        number = listening.getsockname()[1]
        if port and number != port:
            say(f"port {port} is in use; the preview is at port {number}")
        other = find_other(folder)
        if other:
            say(f"another preview of this report is open at {other}")
        token = token_urlsafe(18)
        address = f"http://{HOST}:{number}/{token}/"
        with nullcontext() if other else noted(folder, address):
            asyncio.run(_serve(Preview(folder, output, draft, language), listening, token, lambda: opened(address)))


async def _serve(preview: Preview, listening: socket.socket, token: str, opened: Callable[[], None]) -> None:
    server = _make_server(preview, listening.getsockname()[1], token)
    running = asyncio.create_task(preview.run())
    running.add_done_callback(lambda _: server.end())  # the watching failed, or was cancelled
    opened()
    try:
        await server.serve([listening])
    finally:
        preview.stop()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    if not running.cancelled() and (problem := running.exception()):
        raise problem


def _make_server(preview: Preview, port: int, token: str) -> _Server:
    config = uvicorn.Config(
        make_app(preview, port, token),
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=1,
    )
    return _Server(config, preview, asyncio.get_running_loop())


class _Server(uvicorn.Server):
    """A server that ends its streams when a signal asks it to end."""

    def __init__(self, config: uvicorn.Config, preview: Preview, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(config)
        self._preview, self._loop = preview, loop

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End in order."""
        self._loop.call_soon_threadsafe(self._preview.feed.close)
        super().handle_exit(sig, frame)

    def end(self) -> None:
        """End without a signal."""
        self._preview.feed.close()
        self.should_exit = True
