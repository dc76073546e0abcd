"""A time-stamping authority (RFC 3161): as pyHanko calls it, and served on this machine alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

from asn1crypto import algos, cms, core, tsp, x509
from cryptography.hazmat.primitives import hashes
from pyhanko.sign.general import as_signing_certificate_v2, simple_cms_attribute
from pyhanko.sign.timestamps.api import TimeStamper

from tests.support.authorities.certificates import Identity, stamper
from tests.support.authorities.keys import DIGESTS, name_algorithm, sign_bytes

STAMPED = datetime(2016, 5, 20, 10, 30, tzinfo=UTC)
POLICY = "2.25.1"


class TestStamper(TimeStamper):
    """Stamps at a fixed time. What differs from a good authority is given.

    `imprint` is a digest that it stamps in place of the one that was asked for; `is_forged` breaks its signature.
    """

    __test__ = False

    def __init__(
        self,
        identity: Identity | None = None,
        time: datetime = STAMPED,
        digest: str = "sha256",
        imprint: bytes = b"",
        is_forged: bool = False,
    ) -> None:
        super().__init__(include_nonce=False)
        self.identity = identity or stamper()
        self.time = time
        self.digest = digest
        self.imprint = imprint
        self.is_forged = is_forged

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        return self.respond(req)

    def respond(self, request: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Return the response to a request."""
        content = self._state(request).dump()
        attributes = self._list_attributes(content)
        signature = sign_bytes(self.identity.key, attributes.dump(), self.digest)
        if self.is_forged:
            signature = sign_bytes(self.identity.key, b"something else", self.digest)
        named = algos.DigestAlgorithm({"algorithm": self.digest})
        own = self.identity.parsed
        number = cms.IssuerAndSerialNumber({"issuer": own.issuer, "serial_number": own.serial_number})
        signer = {
            "version": "v1",
            "sid": cms.SignerIdentifier("issuer_and_serial_number", number),
            "digest_algorithm": named,
            "signature_algorithm": algos.SignedDigestAlgorithm(name_algorithm(self.identity.key, self.digest)),
            "signed_attrs": attributes,
            "signature": signature,
        }
        signed = cms.SignedData(
            {
                "version": "v3",
                "digest_algorithms": cms.DigestAlgorithms((named,)),
                "encap_content_info": {"content_type": "tst_info", "content": cms.ParsableOctetString(content)},
                "certificates": [own, *(each.parsed for each in self.identity.above)],
                "signer_infos": [cms.SignerInfo(signer)],
            }
        )
        token = cms.ContentInfo({"content_type": "signed_data", "content": signed})
        return tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token})

    def _state(self, request: tsp.TimeStampReq) -> tsp.TSTInfo:
        imprint = request["message_imprint"]
        if self.imprint:
            imprint = tsp.MessageImprint({"hash_algorithm": imprint["hash_algorithm"], "hashed_message": self.imprint})
        stated = {
            "version": "v1",
            "policy": POLICY,
            "message_imprint": imprint,
            "serial_number": 42,
            "gen_time": self.time,
            "tsa": x509.GeneralName("directory_name", self.identity.parsed.subject),
        }
        if request["nonce"].native is not None:
            stated["nonce"] = request["nonce"]
        return tsp.TSTInfo(stated)

    def _list_attributes(self, content: bytes) -> cms.CMSAttributes:
        hashed = hashes.Hash(DIGESTS[self.digest])
        hashed.update(content)
        return cms.CMSAttributes(
            [
                simple_cms_attribute("content_type", "tst_info"),
                simple_cms_attribute("signing_time", cms.Time({"utc_time": core.UTCTime(self.time)})),
                simple_cms_attribute("signing_certificate_v2", as_signing_certificate_v2(self.identity.parsed)),
                simple_cms_attribute("message_digest", hashed.finalize()),
            ]
        )


@contextmanager
def served(authority: TestStamper) -> Iterator[str]:
    """Serve an authority on the loopback interface, at a free port; yields its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            data = authority.respond(tsp.TimeStampReq.load(body)).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
