"""Who may ask the preview: browsers on this machine that know its token, and pages of the preview itself.

Another page in the same browser, a name that leads to this machine by DNS, and other users of this machine may not.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
}
"""Headers of every answer: nothing is loaded from elsewhere, and nobody else may show or read it."""


class Protection:
    """Refuses requests that the preview's own page, or its user, did not make."""

    def __init__(self, app: ASGIApp, port: int, token: str) -> None:
        self._app, self._token = app, token
        self._hosts = frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost"))
        self._origins = frozenset(f"http://{host}" for host in self._hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        refusal = self._refuse(scope)
        app = self._app if refusal is None else PlainTextResponse(f"{refusal}\n", 403)

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                known = {name for name, _ in message["headers"]}
                safe = ((name.encode(), value.encode()) for name, value in HEADERS.items())
                message["headers"] = [*message["headers"], *(each for each in safe if each[0] not in known)]
            await send(message)

        await app(scope, receive, send_safely)

    def _refuse(self, scope: Scope) -> str | None:
        """Return why a request is refused, in one sentence; None if it may pass."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        if headers.get("host", "") not in self._hosts:
            return "The preview answers at 127.0.0.1 and localhost only."
        if not self._knows_token(scope["path"]):
            return "This is not the address of the preview: use the one that 'gri-builder serve' has printed."
        return None if self._is_own(scope["method"], headers) else "The preview answers its own pages only."

    def _knows_token(self, path: str) -> bool:
        given = path.removeprefix("/").partition("/")[0]
        return hmac.compare_digest(given.encode(), self._token.encode())

    def _is_own(self, method: str, headers: Mapping[str, str]) -> bool:
        """Whether the preview's page made the request, or its user opened an address."""
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "none")
        if origin is not None and origin not in self._origins:
            return False
        if method not in ("GET", "HEAD"):
            return origin is not None and site in ("none", "same-origin")
        is_opened = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
        return site in ("none", "same-origin") or is_opened
