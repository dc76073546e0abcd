"""The two things that signing asks over HTTP, where the user wants it: a time stamp, and CRLs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from asn1crypto.tsp import TimeStampReq

from gri_builder.signatures.material import Material
from gri_builder.signatures.verdicts import Verdict
from gri_builder.signing.sign_pdf import RefusedError, SigningOrder, sign_pdf
from gri_builder.signing.time_stamping import HttpTimeStamper, WrongAddressError
from gri_builder.signing.verify_pdf import verify_pdf
from tests.support import signing_keys as keys
from tests.support.sealed_pdfs.report import build_sealed_pdf
from tests.support.signing_keys import WHEN
from tests.unit.signing.test_sign_pdf import TRUSTED


class Handler(BaseHTTPRequestHandler):
    """Answers as a time-stamping authority, and as the issuer of a CRL; keeps what it was sent."""

    stamper = keys.time_stamper()
    sent: list[bytes] = []  # noqa: RUF012  # shared by all requests

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.sent.append(body)
        if self.path == "/page":
            self._answer("text/html", b"<p>Welcome</p>")
        elif self.path == "/closed":
            self.send_error(403)
        else:
            answer = self.stamper.request_tsa_response(TimeStampReq.load(body))
            self._answer("application/timestamp-reply", answer.dump())

    def do_GET(self) -> None:
        self._answer("application/pkix-crl", keys.crl().dump())

    def _answer(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    found = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=found.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{found.server_port}"
    found.shutdown()
    found.server_close()


def test_a_time_stamp_over_http(server: str) -> None:
    order = SigningOrder("publisher", WHEN, time_stamper=HttpTimeStamper(f"{server}/tsa"))
    done = sign_pdf(build_sealed_pdf(), keys.identity("Locks Ltd").load(), order)
    assert done.level == "B-T"
    assert verify_pdf(done.data, TRUSTED, WHEN).signatures[0].proven_time == "2017-03-01T12:00:00Z"
    assert Handler.sent
    assert all(len(body) < 100 for body in Handler.sent)  # a digest, and nothing of the report


@pytest.mark.parametrize(("path", "said"), [("/page", "answered with text/html"), ("/closed", "answered 403")])
def test_authorities_that_do_not_stamp(server: str, path: str, said: str) -> None:
    order = SigningOrder("publisher", WHEN, time_stamper=HttpTimeStamper(server + path))
    with pytest.raises(RefusedError, match=said) as caught:
        sign_pdf(build_sealed_pdf(), keys.identity("Locks Ltd").load(), order)
    assert caught.value.rule == "no-time-stamp"
    with pytest.raises(WrongAddressError):
        HttpTimeStamper("file:///etc/passwd")


def test_fetching_is_asked_for(server: str) -> None:
    own = keys.issue_by(keys.root(), "Fetching Ltd", crl_at=f"{server}/issuer.crl")
    stamper = keys.time_stamper(
        made=keys.issue_by(keys.root(), "Fetching TSA", "time-stamping", f"{server}/issuer.crl")
    )
    plain = SigningOrder("publisher", WHEN, time_stamper=stamper, material=Material(crls=(keys.crl(),)))
    assert sign_pdf(build_sealed_pdf(), own.load(), plain).level == "B-LTA"
    fetching = SigningOrder("publisher", WHEN, time_stamper=stamper, fetch=True)
    done = sign_pdf(build_sealed_pdf(), own.load(), fetching)
    assert done.level == "B-LTA"
    assert verify_pdf(done.data, TRUSTED, WHEN).verdict is Verdict.HOLDS
