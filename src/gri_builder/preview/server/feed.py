"""What all open pages of the preview show: the latest value of each topic, sent as server-sent events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import msgspec

PULSE = 15.0
"""Seconds after which a sign of life is sent, so that a browser that has gone is noticed."""
RETRY = 400
"""Milliseconds after which a browser connects again."""


class Feed:
    """Latest values by topic; a browser that is slow, or comes back, gets each topic's latest value and no other."""

    def __init__(self) -> None:
        self._values: dict[str, tuple[int, str]] = {}
        self._count = 0
        self._changed = asyncio.Event()
        self._is_closed = False

    def publish(self, topic: str, value: Any) -> None:
        """Let all browsers have a new value; from the thread of the event loop."""
        text = msgspec.json.encode(value).decode()
        if topic in self._values and self._values[topic][1] == text:
            return
        self._count += 1
        self._values[topic] = self._count, text
        self._wake()

    def close(self) -> None:
        """End all streams."""
        self._is_closed = True
        self._wake()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def stream(self) -> AsyncIterator[str]:
        """Yield the topics as server-sent events (HTML, 9.2): all of them first, and then each when it changes."""
        seen = 0
        yield f"retry: {RETRY}\n\n"
        while not self._is_closed:
            changed = self._changed
            fresh = [(number, topic, text) for topic, (number, text) in self._values.items() if number > seen]
            for number, topic, text in sorted(fresh):
                yield f"event: {topic}\ndata: {text}\n\n"
                seen = max(seen, number)
            try:
                await asyncio.wait_for(changed.wait(), PULSE)
            except TimeoutError:
                yield ":\n\n"
