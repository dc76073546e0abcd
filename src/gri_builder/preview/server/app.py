"""The addresses of the preview."""

from __future__ import annotations

import asyncio
import math
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route

from gri_builder.model.texts.control_characters import settle_text
from gri_builder.preview.server.accepted_numbers import NotAcceptedError, accept_number
from gri_builder.preview.server.excerpts import find_file, read_excerpt
from gri_builder.preview.server.payloads import fact_values, region_values
from gri_builder.preview.server.preview import Preview
from gri_builder.preview.server.protection import Protection
from gri_builder.preview.server.work import LARGEST_FILE, approve_keys, ask_owners, done_values
from gri_builder.resources.rules import load_rules
from gri_builder.sign_off.today import find_today
from gri_builder.source.loader import REPORT_FILE

PAGE = Path(__file__).parent / "page"
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
SCALES = (0.1, 8.0)
"""Pixels per point that a picture may have."""
LARGEST_PICTURE = 40_000_000
"""Pixels of a picture, at most."""
LARGEST_BODY = 4096
"""Bytes of a request, at most."""
_NEVER = {"cache-control": "no-store"}
_FOREVER = {"cache-control": "private, max-age=86400, immutable"}


def make_app(preview: Preview, port: int, token: str) -> Starlette:
    """Return the application that shows a preview on a port, below its token."""
    desk = Desk(preview)
    routes = [
        Route("/", desk.show_page),
        Route("/page/{name}", desk.send_part),
        Route("/events", desk.send_events),
        Route("/picture", desk.draw_picture),
        Route("/regions", desk.find_regions),
        Route("/fact", desk.find_fact),
        Route("/source", desk.find_source),
        Route("/rule", desk.find_rule),
        Route("/built.pdf", desk.send_built),
        Route("/show", desk.show, methods=["POST"]),
        Route("/accept", desk.accept, methods=["POST"]),
        Route("/build", desk.build, methods=["POST"]),
        Route("/approve", desk.approve, methods=["POST"]),
        Route("/ask", desk.ask_owners, methods=["POST"]),
        Route("/returned", desk.keep_returned, methods=["POST"]),
        Route("/collect", desk.collect, methods=["POST"]),
    ]
    return Starlette(
        routes=[Mount(f"/{token}", routes=routes)], middleware=[Middleware(Protection, port=port, token=token)]
    )


@cache
def list_parts() -> dict[str, bytes]:
    """Return the files that the page consists of, by name."""
    return {file.name: file.read_bytes() for file in sorted(PAGE.iterdir()) if file.suffix in TYPES}


class Desk:
    """Answers the requests of the browser."""

    def __init__(self, preview: Preview) -> None:
        self._preview = preview

    async def show_page(self, _: Request) -> Response:
        """Send the page of the preview."""
        return Response(list_parts()["index.html"], media_type="text/html", headers=_NEVER)

    async def send_part(self, request: Request) -> Response:
        """Send a style sheet or a script of the page."""
        name = request.path_params["name"]
        part = list_parts().get(name)
        if part is None:
            return _missing()
        return Response(part, media_type=TYPES[Path(name).suffix], headers=_NEVER)

    async def send_events(self, _: Request) -> Response:
        """Send what changes, as server-sent events."""
        return StreamingResponse(self._preview.feed.stream(), media_type="text/event-stream", headers=_NEVER)

    async def draw_picture(self, request: Request) -> Response:
        """Send the picture of a page."""
        key, scale = request.query_params.get("key", ""), _read_scale(request.query_params.get("scale", ""))
        found = self._preview.pages.find(key)
        if found is None or scale is None:
            return _missing()
        area = max(found.page.width * found.page.height, 1.0)
        scale = min(scale, math.sqrt(LARGEST_PICTURE / area))
        picture = await asyncio.to_thread(self._preview.pages.draw, key, scale)
        return Response(picture, media_type="image/jpeg", headers=_FOREVER) if picture else _missing()

    async def find_regions(self, request: Request) -> Response:
        """Send where blocks and numbers are on a page."""
        found = self._preview.pages.find(request.query_params.get("key", ""))
        if found is None:
            return _missing()
        boxes = await asyncio.to_thread(self._preview.pages.find_numbers, found)
        return _json(region_values(found, boxes))

    async def find_fact(self, request: Request) -> Response:
        """Send a fact with its source."""
        ledger = self._preview.ledger
        values = fact_values(ledger, request.query_params.get("key", "")) if ledger else None
        return _json({**values, "where": self._place(values["file"])}) if values else _missing()

    async def find_source(self, request: Request) -> Response:
        """Send the lines around a line of a file in the report folder."""
        path, text = request.query_params.get("file", ""), request.query_params.get("line", "1")
        file = find_file(self._preview.folder, path)
        if file is None:
            return _missing()
        line = int(text) if text.isdecimal() and len(text) < 9 else 1
        excerpt = await asyncio.to_thread(read_excerpt, file, line)
        lines = {"first": excerpt.first, "lines": excerpt.lines} if excerpt else {"first": 1, "lines": ()}
        return _json({"file": path, "line": line, "where": self._place(path), **lines})

    def _place(self, path: str | None) -> str | None:
        """Return where a file of the report is on this machine, for an editor."""
        file = find_file(self._preview.folder, path or "")
        return file.as_posix() if file else None

    async def find_rule(self, request: Request) -> Response:
        """Send what a rule means."""
        rule = load_rules().get(request.query_params.get("id", ""))
        return _json(rule) if rule else _missing()

    async def send_built(self, _: Request) -> Response:
        """Send the final PDF as it was written."""
        built = self._preview.built
        if built is None or not built.is_file():
            return _missing()
        return FileResponse(built, media_type="application/pdf", headers=_NEVER, content_disposition_type="inline")

    async def show(self, request: Request) -> Response:
        """Show a draft, or the final report."""
        draft = (await _read_body(request)).get("draft")
        if not isinstance(draft, bool):
            return _refuse("'draft' is true or false")
        self._preview.show(draft)
        return _json({})

    async def accept(self, request: Request) -> Response:
        """Add a typed number to those that report.yaml accepts."""
        number = (await _read_body(request)).get("number")
        if not isinstance(number, str) or not _is_written(number):
            return _refuse("'number' is a number as it is written in a text")
        try:
            line = await asyncio.to_thread(accept_number, self._preview.folder, number)
        except NotAcceptedError as problem:
            return _refuse(str(problem))
        return _json({"file": REPORT_FILE, "line": line})

    async def build(self, _: Request) -> Response:
        """Build the final report."""
        return _json({}) if self._preview.build() else _refuse("the final report is being built already")

    async def approve(self, request: Request) -> Response:
        """Approve series and answers."""
        values = await _read_body(request)
        keys, by = values.get("keys"), values.get("by")
        if not (isinstance(keys, list) and keys and all(isinstance(key, str) for key in keys)):
            return _refuse("'keys' are ids of series and codes of disclosures")
        if not isinstance(by, str) or not by.strip() or settle_text(by) != by or "{{" in by or len(by) > 200:
            return _refuse("write the name of the person who approves, in plain text")
        language = values.get("language") or None
        if not isinstance(language, str | None):
            return _refuse("'language' is the tag of a language of the report")
        name = " ".join(by.split())
        done = await asyncio.to_thread(approve_keys, self._preview.folder, keys, name, find_today(), language)
        return _json(done_values(done))

    async def ask_owners(self, _: Request) -> Response:
        """Write a workbook for each data owner."""
        output = self._preview.output.parent / "requests"
        return _json(done_values(await asyncio.to_thread(ask_owners, self._preview.folder, output)))

    async def keep_returned(self, request: Request) -> Response:
        """Keep a workbook that an owner returned, until it is collected."""
        data = await _read_file(request)
        if data is None:
            return _refuse(f"a file may have {LARGEST_FILE // 1_000_000} MB at most")
        name, is_first = request.query_params.get("name", ""), request.query_params.get("first") == "yes"
        problem = await asyncio.to_thread(self._preview.returned.add, name, data, is_first)
        return _refuse(problem) if problem else _json({})

    async def collect(self, request: Request) -> Response:
        """Say what the returned workbooks bring; take their values over if the request says so."""
        keep = (await _read_body(request)).get("keep") is True
        return _json(done_values(await asyncio.to_thread(self._preview.returned.read, self._preview.folder, keep)))


def _is_written(number: str) -> bool:
    """Return whether a text may be a number as it is written on one line."""
    return (
        bool(number.strip())
        and len(number) <= 200
        and settle_text(number) == number == number.expandtabs(0)
        and (len(number.splitlines()) == 1)
    )


def _json(value: Any) -> Response:
    return Response(msgspec.json.encode(value), media_type="application/json", headers=_NEVER)


def _missing() -> Response:
    return PlainTextResponse("There is nothing here.\n", 404, headers=_NEVER)


def _refuse(sentence: str) -> Response:
    return JSONResponse({"problem": sentence}, 409, headers=_NEVER)


def _read_scale(text: str) -> float | None:
    try:
        scale = float(text)
    except ValueError:
        return None
    return scale if SCALES[0] <= scale <= SCALES[1] else None


async def _read_file(request: Request) -> bytes | None:
    """Return the content of a file; None if it is too large."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST_FILE:
            return None
        parts.append(part)
    return b"".join(parts)


async def _read_body(request: Request) -> dict[str, Any]:
    """Return the values of a request; nothing for anything but a small JSON object."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BODY:
            return {}
    try:
        values = msgspec.json.decode(body)
    except msgspec.DecodeError:
        return {}
    return values if isinstance(values, dict) else {}
