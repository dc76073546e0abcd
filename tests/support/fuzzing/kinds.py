"""Inputs at random, by class: each is made from its class and number alone, and is always the same."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from random import Random

from PIL import Image, features

from tests.support import broken_pdfs, index_pdfs, made_fonts
from tests.support.fuzzing import seeds
from tests.support.fuzzing.case import EARLIER, OUT, REPORT, Case
from tests.support.fuzzing.changes import (
    CHARACTERS,
    LINES,
    VALUES,
    change_archive,
    change_bytes,
    change_file,
    change_markup,
    change_text,
    change_yaml,
)
from tests.support.fuzzing.drawings import write_drawing
from tests.support.fuzzing.queries import write_query
from tests.support.paths import CASES
from tests.support.workbooks import make_workbook

Files = dict[str, bytes]
Make = Callable[[Random], tuple[str, Files]]
"""Returns the command, and the files that it reads."""


def make_case(kind: str, number: int) -> Case:
    """Return an input of a class, and the command that reads it."""
    dice = Random(f"{kind} {number}")
    command, files = KINDS[kind](dice)
    if command == "build" and dice.random() < 0.5:
        files = {**files, **EARLIER}
    return Case(kind, f"{kind} {number}", _arguments(dice, command, files), files)


def _arguments(dice: Random, command: str, files: Files) -> tuple[str, ...]:
    pdf = next((path for path in files if path.endswith(".pdf") and not path.startswith(OUT)), None)
    match command:
        case "build":
            return ("build", REPORT, "-o", OUT, *(["--draft"] if dice.random() < 0.3 else []))
        case "validate":
            style = dice.choice(("text", "text", "json", "sarif", "junit", "github"))
            return ("validate", REPORT, "--format", style)
        case "audit":
            paper = next((path for path in files if path.endswith("paper.xlsx")), None)
            if paper or dice.random() < 0.2:
                return ("audit", pdf or "x.pdf", "--format", "xlsx", "-o", paper or "new.xlsx")
            return ("audit", pdf or "x.pdf", "--format", dice.choice(("text", "json", "csv", "html")))
        case "coverage" | "trace":
            return (command, pdf or REPORT)
        case "inspect":
            tables = [path for path in files if path.endswith((".csv", ".xlsx"))]
            return ("inspect", dice.choice(tables))
        case "diff":
            return ("diff", "old.pdf" if pdf else "old", pdf or REPORT)
    raise ValueError(command)


def _command(dice: Random, *more: str) -> str:
    """Return a command for a report folder: `build` reads all that `validate` does, and takes longer."""
    return dice.choice(("validate", "validate", "build", "build", "build", *more))


def _folder(dice: Random) -> Files:
    return dict(seeds.report(dice.choice(seeds.SMALL)))


def _changed(dice: Random, end: str, change: Callable[[Random, str], str]) -> Files:
    """Return a report with changes in its files with that end of name."""
    name = dice.choice((*seeds.SMALL * 8, *seeds.LARGE, *seeds.SAMPLES)) if end != ".yaml" else dice.choice(seeds.SMALL)
    files = dict(seeds.report(name))
    paths = [path for path in files if path.endswith(end)]
    for _ in range(dice.choice((1, 1, 2, 4))):
        path = dice.choice(paths)
        files[path] = change(dice, files[path].decode("utf-8", "replace")).encode("utf-8", "replace")
    return files


def _yaml(dice: Random) -> tuple[str, Files]:
    files = _changed(dice, ".yaml", change_yaml)
    if dice.random() < 0.1:
        return "diff", {**files, **{f"old{path[len(REPORT) :]}": data for path, data in seeds.report("kinds").items()}}
    return _command(dice, "coverage", "trace"), files


def _markdown(dice: Random) -> tuple[str, Files]:
    files = _changed(dice, ".md", change_text)
    if dice.random() < 0.3:
        lines = [dice.choice((*LINES, *VALUES, "", "", "", "Text.")) for _ in range(dice.randrange(1, 40))]
        path = next(path for path in files if path.endswith(".md"))
        files[path] = "\n".join(["# A title", "", *lines]).encode("utf-8", "replace")
    return _command(dice), files


def _bytes(dice: Random) -> tuple[str, Files]:
    files = _folder(dice)
    for _ in range(dice.choice((1, 2, 3))):
        path = dice.choice(sorted(files))
        files[path] = change_file(dice, path, files[path])
    return _command(dice, "coverage"), files


HEADERS = (
    "Year",
    "Month",
    "Site",
    "kWh",
    "Energy (MWh)",
    "Unit",
    "2014",
    "2015",
    "2015 (est.)",
    "Q1 2015",
    "Jan 2015",
    "Total",
    "Share %",
)
LABELS = (
    "Leeds", "Lyon", "Total", "Women", "Men", "of which", "", "2014", "2015", "2015-03", "Note: x", "31/12/2015",
)  # fmt: skip


def _table(dice: Random) -> list[list[str]]:
    """Return a table as people make them, with some cells as they do not."""
    headers = dice.sample(HEADERS, dice.randrange(2, 8))
    rows = [headers]
    for number in range(dice.choice((1, 3, 12, 60))):
        row = [
            str(
                dice.choice((2014, 2015))
                if name in ("Year",)
                else f"2015-{number % 12 + 1:02}"
                if name == "Month"
                else dice.choice(("kWh", "MWh"))
                if name == "Unit"
                else dice.choice(LABELS)
                if name == "Site"
                else dice.choice((dice.randrange(10**6), round(dice.random() * 1000, 2)))
            )
            for name in headers
        ]
        rows.append(row)
    for _ in range(dice.choice((0, 1, 1, 2, 5))):
        row = dice.choice(rows)
        if row:
            row[dice.randrange(len(row))] = dice.choice(
                (*VALUES, *LABELS, *CHARACTERS, *HEADERS, "1.204,5", "(12)", "12-", "n/a", "\r", "a\r\nb", "1e5")
            )
    for _ in range(dice.choice((0, 0, 1))):
        rows.insert(
            dice.randrange(len(rows) + 1), dice.choice(([], ["Title"], list(rows[0]), ["x"] * 60, list(rows[-1])))
        )
    return rows


def _series(dice: Random, file: str, rows: list[list[str]]) -> bytes:
    """Return a series that is read from a table, in one of the ways to do so."""
    names = [name for name in rows[0] if name.strip()] or ["x"] if rows else ["x"]

    def name() -> str:
        return json.dumps(dice.choice(names) if dice.random() < 0.95 else dice.choice(VALUES))

    where = dice.choice(
        (
            "",
            "",
            ", header: 2",
            ", totals: exclude",
            ", totals: check",
            ", where: {Site: Leeds}",
            ", sheet: A",
            ", negative: parentheses",
        )
    )
    how = dice.choice(("sum", "mean", "last", "count", "max"))
    unit, kept = "unit: {column: Unit}", "duplicates: keep, totals: include"
    ways = (
        f"from: {{file: {file}, period: {name()}, value: {name()}{where}}}",
        f"from: {{file: {file}, members: {name()}{where}}}",
        f"from: {{file: {file}, period: {name()}, value: {name()}, members: {name()}{where}}}",
        f"from: {{file: {file}{where}}}",
        f"from: {{file: {file}, period: {name()}, value: {name()}, {unit}}}",
        f"aggregate: {{file: {file}, value: {name()}, unit: kWh, period: {name()}, how: {how}{where}}}",
        f"aggregate: {{file: {file}, value: {name()}, {unit}, period: {name()}, group: {{site: {name()}}}, {kept}}}",
    )
    way = dice.choice(ways)
    by = "\n  by: site" if "members" in way or "group" in way else ""
    return f"from-a-table:\n  title: Energy\n  unit: MWh{by}\n  {way}\n".encode("utf-8", "replace")


def _with_series(dice: Random, path: str, data: bytes, rows: list[list[str]]) -> Files:
    files = dict(seeds.report("minimal"))
    files[f"{REPORT}/{path}"] = data
    files[f"{REPORT}/figures/table.yaml"] = _series(dice, path, rows)
    story = b"\n{{ from-a-table }}\n\n::: table from-a-table\n\n::: chart from-a-table\n"
    files[f"{REPORT}/chapters/story.md"] += story if dice.random() < 0.6 else b""
    return files


def _csv(dice: Random) -> tuple[str, Files]:
    rows = _table(dice)
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=dice.choice(",,;\t|"), lineterminator=dice.choice(("\n", "\r\n", "\r"))).writerows(
        rows
    )
    text = stream.getvalue()
    if dice.random() < 0.4:
        text = change_text(dice, text)
    data = text.encode(dice.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-32")), "replace")
    return _command(dice, "inspect", "inspect"), _with_series(dice, "figures/a.csv", data, rows)


def _xlsx(dice: Random) -> tuple[str, Files]:
    rows = _table(dice)
    plain = [
        [
            float(cell) if cell.isascii() and cell.replace(".", "", 1).isdigit() and len(cell) < 9 else cell
            for cell in row
        ]
        for row in rows
    ]
    data = seeds.paper("minimal") if dice.random() < 0.03 else make_workbook({"A": {"rows": plain}})
    if dice.random() < 0.8:
        data = change_archive(dice, data)
    return _command(dice, "inspect", "inspect"), _with_series(dice, "figures/a.xlsx", data, rows)


def _query(dice: Random) -> tuple[str, Files]:
    files = dict(seeds.report("minimal"))
    files[f"{REPORT}/figures/a.csv"] = (
        b"year,month,site,kWh\n2014,2014-01,Leeds,10\n2015,2015-01,Leeds,12\n2015,2015-02,Lyon,7\n"
    )
    sql = write_query(dice).replace("\n", "\n      ")
    by = dice.choice(("", "", "\n  by: site"))
    asked = f"query:\n    files: {{a: figures/a.csv}}\n    unit: kWh\n    sql: |\n      {sql}\n"
    series = f"asked:\n  title: Energy\n  unit: MWh{by}\n  {asked}"
    files[f"{REPORT}/figures/query.yaml"] = series.encode("utf-8", "replace")
    return dice.choice(("validate", "validate", "build")), files


def _with_picture(dice: Random, name: str, data: bytes) -> Files:
    files = dict(seeds.report("minimal"))
    files[f"{REPORT}/images/{name}"] = data
    block = dice.choice(("![A picture]({})\n", "::: columns\n![A picture]({})\n:::\n", "- ![A picture]({})\n"))
    files[f"{REPORT}/chapters/story.md"] += f"\n{block.format(f'images/{name}')}".encode()
    if dice.random() < 0.1:
        files[f"{REPORT}/theme.yaml"] = f"cover: image\ncover_image: images/{name}\n".encode()
    return files


@cache
def _drawings() -> list[bytes]:
    return [path.read_bytes() for path in sorted((CASES / "svg").rglob("*.svg")) if path.stat().st_size < 60_000]


def _svg(dice: Random) -> tuple[str, Files]:
    text = write_drawing(dice) if dice.random() < 0.5 else dice.choice(_drawings()).decode("utf-8", "replace")
    for _ in range(dice.choice((0, 1, 1, 2, 3))):
        text = change_markup(dice, text)
    return _command(dice), _with_picture(dice, "x.svg", text.encode("utf-8", "replace"))


MODES = {
    "PNG": ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"),
    "JPEG": ("L", "RGB", "CMYK"),
    "GIF": ("P",),
    "WEBP": ("RGB", "RGBA"),
    "TIFF": ("RGB", "CMYK", "1"),
    "BMP": ("RGB",),
}


def _raster(dice: Random) -> tuple[str, Files]:
    style = dice.choice([each for each in MODES if each != "WEBP" or features.check("webp")] + ["PNG", "JPEG"] * 3)
    mode = dice.choice(MODES[style])
    size = (dice.choice((1, 7, 40, 300)), dice.choice((1, 7, 40, 300)))
    picture = (
        Image.new(mode, size)
        if mode == "I;16"
        else Image.frombytes("L", size, dice.randbytes(size[0] * size[1])).convert(mode)
    )
    stream = io.BytesIO()
    extra = {"progressive": dice.random() < 0.5} if style == "JPEG" else {}
    picture.save(stream, style, **extra)
    data = stream.getvalue()
    for _ in range(dice.choice((0, 1, 1, 3))):
        data = change_bytes(dice, data)
    name = f"x.{dice.choice((style.lower(), 'png', 'jpg', 'jpeg'))}"
    return _command(dice), _with_picture(dice, name, data)


@cache
def _font(basic: bool) -> bytes:
    return made_fonts.make_font() if basic else made_fonts.make_font("ABCabc 123")


def _change_font(dice: Random, data: bytes) -> bytes:
    """Return a font with a table whose bytes, length or place is another."""
    count = int.from_bytes(data[4:6], "big")
    entry = 12 + 16 * dice.randrange(count)
    place, size = (int.from_bytes(data[entry + at : entry + at + 4], "big") % len(data) for at in (8, 12))
    match dice.randrange(6):
        case 0:
            return data[: entry + 8] + dice.randbytes(8) + data[entry + 16 :]
        case 1:
            return data[:entry] + dice.choice((b"GSUB", b"glyf", b"CFF ", b"xxxx", b"cmap")) + data[entry + 4 :]
        case 2:
            return data[: entry + 12] + dice.randrange(size + 2).to_bytes(4, "big") + data[entry + 16 :]
        case 3:
            return data[:place] + bytes(size) + data[place + size :]
        case _:
            return (
                data[:place]
                + change_bytes(dice, data[place : place + min(size, 80)]).ljust(min(size, 80), b"\0")[: min(size, 80)]
                + data[place + min(size, 80) :]
            )


def _fonts(dice: Random) -> tuple[str, Files]:
    data = _font(dice.random() < 0.8)
    for _ in range(dice.choice((1, 1, 2, 4))):
        data = _change_font(dice, data) if dice.random() < 0.8 and len(data) > 40 else change_bytes(dice, data)
    files = dict(seeds.report("minimal"))
    files[f"{REPORT}/fonts/own.ttf"] = data
    files[f"{REPORT}/theme.yaml"] = (
        f"{dice.choice(('text_font', 'heading_font'))}: {{regular: fonts/own.ttf}}\n".encode()
    )
    return _command(dice), files


@cache
def _pdfs() -> list[bytes]:
    made = [index_pdfs.make_pdf(layout) for layout in index_pdfs.LAYOUTS.values()]
    return [*made, broken_pdfs.make_classic(), broken_pdfs.make_modern(), broken_pdfs.make_encrypted(4)]


def _pdf(dice: Random) -> tuple[str, Files]:
    if dice.random() < 0.5:
        data = seeds.pdf(dice.choice(("minimal", "kinds", "two-dimensions")))
    else:
        data = dice.choice(_pdfs())
    for _ in range(dice.choice((1, 1, 2))):
        data = change_bytes(dice, data) if dice.random() < 0.4 else _change_objects(dice, data)
    command = dice.choice(("audit", "audit", "audit", "audit", "coverage", "trace", "diff"))
    return command, {"x.pdf": data, **({"old.pdf": seeds.pdf("minimal")} if command == "diff" else {})}


def _change_objects(dice: Random, data: bytes) -> bytes:
    """Return a PDF whose objects are others, gone, or lead in circles; unchanged where it can't be opened."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for _ in range(dice.choice((1, 2, 5))):
                _change_object(dice, pdf)
            out = io.BytesIO()
            pdf.save(out, deterministic_id=True, compress_streams=dice.random() < 0.5)
            return out.getvalue()
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, NotImplementedError, AttributeError):
        return change_bytes(dice, data)


def _change_object(dice: Random, pdf: object) -> None:
    import pikepdf
    from pikepdf import Array, Dictionary, Name, String

    objects = [each for each in pdf.objects if isinstance(each, Dictionary | pikepdf.Stream)]  # type: ignore[attr-defined]
    one, other = dice.choice(objects), dice.choice(objects)
    if isinstance(one, pikepdf.Stream) and dice.random() < 0.4:
        content = one.read_bytes()
        one.write(
            change_bytes(dice, content)
            if dice.random() < 0.5
            else change_text(dice, content.decode("latin-1")).encode("latin-1", "replace")
        )
        return
    keys = sorted(one.keys())
    if not keys:
        return
    key = dice.choice(keys)
    odd = (
        0,
        -1,
        2**31,
        10**15,
        String("x" * 300),
        Name("/X"),
        Array([]),
        Array([1, 2]),
        Dictionary(),
        True,
        other,
        one,
    )
    match dice.randrange(4):
        case 0:
            del one[key]
        case 1:
            one[key] = other
        case 2:
            one[
                Name(
                    dice.choice(
                        ("/Kids", "/K", "/Parent", "/Next", "/Names", "/Filter", "/Length", "/Contents", "/MCID")
                    )
                )
            ] = dice.choice(odd)
        case _:
            one[key] = dice.choice(odd)


def _paper(dice: Random) -> tuple[str, Files]:
    name = dice.choice(("minimal", "kinds"))
    paper = seeds.paper(name)
    for _ in range(dice.choice((1, 1, 2))):
        paper = change_archive(dice, paper)
        if len(paper) < 30:
            break
    return "audit", {"x.pdf": seeds.pdf(dice.choice((name, "minimal"))), "paper.xlsx": paper}


def _mixed(dice: Random) -> tuple[str, Files]:
    """Return a report in which something of each kind is odd at once."""
    files: Files = {}
    for make in dice.sample((_csv, _svg, _raster, _fonts, _query, _xlsx), 3):
        files.update(make(dice)[1])
    for path in list(files):
        if path.endswith("story.md"):
            files[path] += b"\n![A picture](images/x.svg)\n" if f"{REPORT}/images/x.svg" in files else b""
    return _command(dice), files


KINDS: Mapping[str, Make] = {
    "YAML": _yaml,
    "Markdown": _markdown,
    "any file of a report": _bytes,
    "CSV": _csv,
    "workbooks": _xlsx,
    "queries": _query,
    "SVG": _svg,
    "pictures": _raster,
    "fonts": _fonts,
    "PDFs": _pdf,
    "working papers": _paper,
    "several at once": _mixed,
}
"""Classes of input, each with what makes one."""
SHARES = {"YAML": 18, "Markdown": 14, "any file of a report": 12, "CSV": 12, "workbooks": 10, "queries": 8, "SVG": 8,
          "pictures": 4, "fonts": 4, "PDFs": 6, "working papers": 2, "several at once": 2}  # fmt: skip
"""How many of 100 inputs are of each class."""


def random_cases(count: int, part: int = 0, parts: int = 1) -> Iterator[Case]:
    """Yield one part of that many random inputs, in the shares of their classes."""
    for kind, share in SHARES.items():
        for number in range(part, count * share // 100, parts):
            yield make_case(kind, number)
