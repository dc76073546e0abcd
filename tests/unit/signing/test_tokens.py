"""Keys in tokens, tried with SoftHSM, a token in software."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from gri_builder.cli import main as cli
from tests.judges.programs import require
from tests.support import signing_keys as keys
from tests.support.sealed_pdfs.report import build_sealed_pdf

MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)
MODULE = next((path for path in MODULES if Path(path).exists()), "")
TIME = ("--time", "2017-03-01T12:00:00Z")


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a PDF; a token holds the key of Locks Ltd."""
    if not MODULE or not shutil.which("softhsm2-util"):
        require("SoftHSM is not installed (Debian: apt-get install softhsm2)")
    import pkcs11
    from cryptography.hazmat.primitives.serialization import NoEncryption, PrivateFormat
    from pkcs11.util.ec import decode_ec_private_key
    from pkcs11.util.x509 import decode_x509_certificate

    monkeypatch.chdir(tmp_path)
    (tmp_path / "tokens").mkdir()
    Path("softhsm2.conf").write_text(f"directories.tokendir = {tmp_path}/tokens\nlog.level = ERROR\n", "utf-8")
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "softhsm2.conf"))
    monkeypatch.setenv("PIN", "1234")
    command = ["softhsm2-util", "--init-token", "--free", "--label", "Locks", "--pin", "1234", "--so-pin", "5678"]
    subprocess.run(command, check=True, capture_output=True)
    made = keys.identity("Locks Ltd")
    private = decode_ec_private_key(made.key.private_bytes(keys.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption()))
    certificate = decode_x509_certificate(made.certificate.public_bytes(keys.DER))
    module = pkcs11.lib(MODULE)
    module.reinitialize()
    with module.get_token(token_label="Locks").open(rw=True, user_pin="1234") as session:
        for attributes in (private, certificate):
            session.create_object({**attributes, pkcs11.Attribute.LABEL: "seal", pkcs11.Attribute.TOKEN: True})
    Path("report.pdf").write_bytes(build_sealed_pdf())
    Path("root.pem").write_bytes(keys.root().certificate.public_bytes(keys.PEM))
    return tmp_path


def sign(*more: str, module: str = MODULE) -> int:
    words = ["sign", "report.pdf", "--pkcs11", module, "--passphrase-env", "PIN", *TIME, "-o", "signed.pdf", *more]
    return cli.main(words)


def test_signing_with_a_token(token: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert sign() == 0, capsys.readouterr().err
    assert cli.main(["verify", "signed.pdf", "--at", "2017-03-02", "--trust", "root.pem"]) == 0
    assert "'Locks Ltd' certified it" in capsys.readouterr().out
    assert sign("--token", "Weirs") == 2
    assert "no token has the label 'Weirs'; there are 'Locks'" in capsys.readouterr().err
    assert sign("--key-label", "stamp") == 2
    assert "no key with the label 'stamp'" in capsys.readouterr().err
    assert sign(module="report.pdf") == 2
    assert "can't be used as a PKCS #11 module" in capsys.readouterr().err
    monkeypatch.setenv("PIN", "4321")
    assert sign() == 2
    assert "the PIN is wrong" in capsys.readouterr().err
