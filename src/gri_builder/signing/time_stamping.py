"""Asks a time-stamping authority over HTTP (RFC 3161, 3.4); the only thing that signing sends to anyone."""

from __future__ import annotations

import urllib.error
import urllib.request
from urllib.parse import urlsplit

from asn1crypto import tsp
from pyhanko.sign.timestamps.api import TimeStamper

from gri_builder._version import NAME, VERSION

SECONDS = 20.0
"""How long an authority may take to answer."""
LONGEST = 1_000_000
"""Bytes of an answer."""


class WrongAddressError(ValueError):
    """An address is not one of the web."""


class HttpTimeStamper(TimeStamper):
    """A time-stamping authority at a web address; it is given the digest of what it stamps, and nothing else."""

    def __init__(self, url: str) -> None:
        super().__init__()
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise WrongAddressError(f"'{url}' is not a web address, such as http://tsa.example/")
        self.url = url

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Return the answer to a request; raises OSError."""
        headers = {
            "Content-Type": "application/timestamp-query",
            "Accept": "application/timestamp-reply",
            "User-Agent": f"{NAME}/{VERSION}",
        }
        request = urllib.request.Request(self.url, req.dump(), headers)  # noqa: S310  # its scheme was checked
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
                kind, body = answer.headers.get_content_type(), answer.read(LONGEST)
        except urllib.error.HTTPError as problem:
            problem.close()
            raise OSError(f"it answered {problem.code} {problem.reason}") from problem
        except urllib.error.URLError as problem:
            raise OSError(f"it can't be reached: {problem.reason}") from problem
        if kind != "application/timestamp-reply":
            raise OSError(f"it answered with {kind}, not with a time stamp")
        return tsp.TimeStampResp.load(body)
