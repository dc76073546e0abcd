"""`sign`: sign a finished PDF as its publisher, or as the assurer of the report."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gri_builder.cli.exit_codes import EXIT_FINDINGS, EXIT_OK
from gri_builder.cli.extras import require_extra
from gri_builder.cli.inputs import find_pdf
from gri_builder.cli.key_options import add_key, add_material, open_key, read_material, read_small
from gri_builder.cli.output import FindingError, UsageError, print_findings, print_status, write_output
from gri_builder.cli.times import find_now, read_time

if TYPE_CHECKING:
    from gri_builder.model.finding import Finding
    from gri_builder.model.theme import FontFamily
    from gri_builder.signatures.verdicts import SignedPdf
    from gri_builder.signing.sign_pdf import SigningOrder

_LONGEST = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("pdf", metavar="PDF", type=Path, help="PDF that gri-builder built, signed already or not")
    add_key(parser)
    parser.add_argument(
        "--as",
        dest="role",
        choices=("publisher", "assurer"),
        default="publisher",
        help="as whom; default: publisher, who signs first",
    )
    parser.add_argument("--reason", metavar="TEXT", type=_text, default="", help="why it is signed")
    parser.add_argument("--location", metavar="TEXT", type=_text, default="", help="where it is signed")
    parser.add_argument("--tsa", metavar="URL", help="time-stamping authority to ask for a time stamp")
    add_material(parser)
    parser.add_argument(
        "--fetch", action="store_true", help="ask the issuers named in the certificates for CRLs and OCSP responses"
    )
    parser.add_argument(
        "--level",
        choices=("B-B", "B-T", "B-LT", "B-LTA"),
        help="PAdES level to reach; default: the highest that is possible",
    )
    parser.add_argument("--visible", action="store_true", help="show a seal in the place that report.yaml reserves")
    parser.add_argument(
        "--font", metavar="FILE", type=Path, help="TrueType font of the seal; default: that of the program"
    )
    parser.add_argument(
        "--time", metavar="TIME", type=read_time, help="signing time, such as 2016-05-19T12:00:00Z; default: now"
    )
    output = parser.add_mutually_exclusive_group(required=True)
    output.add_argument("-o", "--output", metavar="FILE", type=Path, help="signed PDF to write")
    output.add_argument("--in-place", action="store_true", help="replace the PDF by the signed one")


def _text(text: str) -> str:
    plain = " ".join(text.split())
    if len(plain) > _LONGEST or not plain.isprintable():
        raise argparse.ArgumentTypeError(f"'{text[:40]} …' is too long or can't be printed")
    return plain


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    require_extra("pyhanko", "sign")
    from gri_builder.signing.sign_report import sign_report

    pdf = find_pdf(arguments.pdf)
    if arguments.key and not arguments.in_place and arguments.output.resolve() == arguments.key.resolve():
        raise UsageError(f"'{arguments.output}' is the key; it was not changed: name another file with -o")
    order = _read_order(arguments)
    with open_key(arguments, order.material) as key:
        done = sign_report(pdf, key, order, arguments.visible, _read_font(arguments.font))
    if done.value is None:
        print_findings(done.findings)
        return EXIT_FINDINGS
    target = pdf if arguments.in_place else arguments.output
    write_output(done.value.data, target, "pdf")
    _print(done.value, target, done.findings)
    return EXIT_OK


def _read_order(arguments: argparse.Namespace) -> SigningOrder:
    from gri_builder.signing.sign_pdf import SigningOrder

    return SigningOrder(
        role=arguments.role,
        time=arguments.time or find_now(),
        reason=arguments.reason,
        location=arguments.location,
        time_stamper=_open_stamper(arguments.tsa) if arguments.tsa else None,
        material=read_material(arguments),
        fetch=arguments.fetch,
        level=arguments.level,
    )


def _read_font(file: Path | None) -> FontFamily | None:
    """Return the font of a file; raises UsageError if it is none that can be embedded."""
    if file is None:
        return None
    from gri_builder.fonts.font_files import check_font
    from gri_builder.model.finding import Location
    from gri_builder.model.theme import FontFamily

    data = read_small(file)
    if flaw := check_font(file.name, data, Location(file.name)):
        raise FindingError(flaw)
    return FontFamily(file.name, {"regular": data})


def _open_stamper(url: str) -> Any:
    from gri_builder.signing.time_stamping import HttpTimeStamper, WrongAddressError

    try:
        return HttpTimeStamper(url)
    except WrongAddressError as problem:
        raise UsageError(f"--tsa: {problem}") from problem


def _print(signed: SignedPdf, target: Path, findings: tuple[Finding, ...]) -> None:
    """Print what was reached, and what was missing for more."""
    print_findings(findings)
    print_status(f"signed by '{signed.signer}', PAdES {signed.level}")
    if signed.why_not_higher:
        print_status(f"not higher, since {signed.why_not_higher}")
    write_output(f"{target}\n", None)
