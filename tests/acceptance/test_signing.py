"""`sign` and `verify` as their users run them: files, pass phrases, formats, exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from gri_builder.audit.pipeline import audit_pdf_bytes
from gri_builder.cli import main as cli
from gri_builder.model.audit_result import AuditResult
from gri_builder.model.finding import Result
from gri_builder.resources.frameworks import schemas_folder
from tests.support import signing_keys as keys
from tests.support.sealed_pdfs.report import _list_files as list_files
from tests.support.sealed_pdfs.report import build_sealed_pdf
from tests.support.sealed_pdfs.signing import sign as sign_elsewhere

TIME = ("--time", "2017-03-01T12:00:00Z")
AT = ("--at", "2017-03-02")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a PDF, keys, and the root; it is the working directory."""
    monkeypatch.chdir(tmp_path)
    for module in ("sign_report", "verify_report"):  # audits in this process: one process each takes most of the time
        monkeypatch.setattr(f"gri_builder.signing.{module}.audit_pdf", audit_here)
    monkeypatch.setenv("SECRET", keys.PASSPHRASE.decode())
    Path("report.pdf").write_bytes(build_sealed_pdf())
    Path("company.p12").write_bytes(keys.identity("Locks Ltd").p12())
    Path("assurer.p12").write_bytes(keys.identity("Audit LLP").p12())
    Path("root.pem").write_bytes(keys.root().certificate.public_bytes(keys.PEM))
    Path("issuer.crl").write_bytes(keys.crl().dump())
    return tmp_path


@cache
def audit_bytes(name: str, data: bytes) -> Result[AuditResult]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, name)
        file.write_bytes(data)
        return audit_pdf_bytes(file)


def audit_here(file: Path, **_: object) -> Result[AuditResult]:
    return audit_bytes(file.name, file.read_bytes())


def sign(*more: str, pdf: str = "report.pdf", key: str = "company.p12", out: str = "signed.pdf") -> int:
    return cli.main(["sign", pdf, "--key", key, "--passphrase-env", "SECRET", *TIME, "-o", out, *more])


def verify(*more: str, pdf: str = "signed.pdf", trust: str = "root.pem") -> int:
    return cli.main(["verify", pdf, *AT, *(("--trust", trust) if trust else ()), *more])


def check_schema(text: str) -> Any:
    schemas = [json.loads(file.read_text("utf-8")) for file in sorted((schemas_folder() / "outputs").glob("*.json"))]
    registry = Registry().with_resources((each["$id"], Resource.from_contents(each)) for each in schemas)
    schema = next(each for each in schemas if "verification" in each["$id"])
    document = json.loads(text)
    Draft202012Validator(schema, registry=registry).validate(document)
    return document


def test_sign_and_verify(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sign("--reason", "Published report") == 0
    printed = capsys.readouterr()
    assert printed.out == "signed.pdf\n"
    assert "signed by 'Locks Ltd', PAdES B-B" in printed.err
    assert "not higher, since no time-stamping authority was named (--tsa)" in printed.err
    assert sign("--as", "assurer", pdf="signed.pdf", key="assurer.p12", out="both.pdf") == 0
    capsys.readouterr()
    assert verify("--crl", "issuer.crl", pdf="both.pdf") == 0
    text = capsys.readouterr().out
    expected = "holds: both.pdf: it is as 'Locks Ltd' certified it on 2017-03-01 and 'Audit LLP' approved it"
    assert " ".join(text.splitlines()[:2]).startswith(expected)
    assert "added later the signature 'Assurer'" in text
    assert "checks passed, 0 failed" in text
    assert "report.yaml" in text
    assert "warning" not in text


def test_verdicts_and_exit_codes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(pdf="report.pdf") == 1
    assert capsys.readouterr().out.startswith("does not hold: report.pdf: the PDF is not signed.\n")
    assert sign() == 0
    assert verify(trust="") == 2
    assert "no judgement: signed.pdf: it is intact since 'Locks Ltd' certified it" in capsys.readouterr().out
    assert verify() == 0
    assert "revocation-unknown" in capsys.readouterr().out
    data = Path("signed.pdf").read_bytes()
    Path("changed.pdf").write_bytes(data.replace(b"%PDF-1.7\n%", b"%PDF-1.7\n#", 1))
    assert verify(pdf="changed.pdf") == 1
    assert capsys.readouterr().out.startswith("does not hold: changed.pdf: the signature of 'Locks Ltd' does not hold")
    Path("nothing.pdf").write_bytes(b"%PDF-1.7")
    assert verify(pdf="nothing.pdf") == 2
    assert capsys.readouterr().out.startswith("no judgement: nothing.pdf: the PDF can't be read")
    assert verify(pdf="missing.pdf") == 2
    assert verify(trust="report.pdf") == 2
    assert "'report.pdf' is not a certificate" in capsys.readouterr().err


def test_formats(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sign() == 0
    capsys.readouterr()
    assert verify("--format", "json") == 0
    found = check_schema(capsys.readouterr().out)
    assert found["verdict"] == "holds"
    assert found["signatures"][0]["signer"] == "Locks Ltd"
    assert {"path", "sha256"} == set(found["files"][0])
    assert verify("--format", "json", pdf="report.pdf") == 1
    assert [each["rule"] for each in check_schema(capsys.readouterr().out)["findings"]] == ["not-signed"]
    assert verify("--format", "sarif", pdf="report.pdf") == 1
    assert json.loads(capsys.readouterr().out)["runs"][0]["results"][0]["ruleId"] == "not-signed"


def test_what_is_not_signed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = Path("report.pdf").read_bytes()
    assert sign(out="report.pdf") == 2
    assert sign(out="company.p12") == 2
    assert Path("report.pdf").read_bytes() == before
    os.environ["SECRET"] = "wrong"
    assert sign() == 2
    assert "unusable-key" in capsys.readouterr().err
    os.environ["SECRET"] = keys.PASSPHRASE.decode()
    Path("other.pdf").write_bytes(Path(__file__).parent.joinpath("../cases/none").name.encode())
    assert sign(pdf="other.pdf") == 1
    assert sign("--tsa", "ftp://tsa.example") == 2
    assert sign("--level", "B-LTA") == 1
    assert "level-out-of-reach" in capsys.readouterr().err
    Path("late.pdf").write_bytes(sign_elsewhere(build_sealed_pdf(), name="Approval"))
    assert sign(pdf="late.pdf") == 1
    assert "already-signed" in capsys.readouterr().err
    assert not Path("signed.pdf").exists()


def test_a_changed_pdf_is_not_signed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import pikepdf

    with pikepdf.open("report.pdf") as pdf:
        pdf.pages[2].obj.Rotate = 90
        pdf.save("changed.pdf")
    assert sign(pdf="changed.pdf") == 1
    printed = capsys.readouterr().err
    assert "unsignable-pdf" in printed
    assert "sealed-page" in printed
    assert not Path("signed.pdf").exists()


def test_in_place(folder: Path) -> None:
    words = ["sign", "report.pdf", "--key", "company.p12", "--passphrase-env", "SECRET", *TIME, "--in-place"]
    assert cli.main(words) == 0
    assert verify(pdf="report.pdf") == 0


def test_the_pass_phrase_from_a_file_descriptor(folder: Path) -> None:
    command = [sys.executable, "-m", "gri_builder", "sign", "report.pdf", "--key", "company.p12", *TIME]
    command += ["--passphrase-fd", "0", "-o", "signed.pdf"]
    done = subprocess.run(command, input=keys.PASSPHRASE + b"\n", capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert verify() == 0


def test_rebuild(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path, data in list_files().items():
        Path("report", path).parent.mkdir(parents=True, exist_ok=True)
        Path("report", path).write_bytes(data)
    assert sign() == 0
    assert verify("--rebuild", "report") == 0
    assert "builds the same PDF, byte for byte" in " ".join(capsys.readouterr().out.split())
    chapter = Path("report/chapters/boats.md")
    chapter.write_text(chapter.read_text("utf-8").replace("77", "78"), "utf-8")
    assert verify("--rebuild", "report", "--format", "json") == 1
    found = check_schema(capsys.readouterr().out)
    assert found["verdict"] == "does not hold"
    assert found["rebuild"]["message"].endswith("the one that was signed: 'chapters/boats.md' changed since")
    assert "rebuild-differs" in [each["rule"] for each in found["findings"]]
    chapter.unlink()
    assert verify("--rebuild", "report") == 1
    assert "can't be built again" in capsys.readouterr().out


def test_other_commands_do_without_the_library() -> None:
    code = (
        "import sys\nfrom gri_builder.cli.main import COMMANDS, main\n"
        "for name in COMMANDS:\n    main([name, '-h'])\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'pyhanko', 'asn1crypto', 'pkcs11', 'cryptography'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
