"""The samples in other themes, page sizes and languages."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from gri_builder.pipeline.build import build_report

ROOT = Path(__file__).parents[2]
SAMPLES = ("cigna-2013", "halden-2015", "aurelia-2016")
GERMAN = "german-2015"
"""The report of tests/cases/languages/de with the longer chapters in benchmarks/pages/german."""
SIZES = ("A4", "letter")
LANGUAGES = {"en": "en-GB", "de": "de-DE"}
LOOKS = {"logo", "cover_image", "portrait"}
"""Keys of a sample's own theme that stay in another one; its colours and fonts do not."""


class Setting(NamedTuple):
    """How a sample is built."""

    report: str
    theme: str
    size: str
    language: str
    """'en' or 'de'."""

    @property
    def name(self) -> str:
        return f"{self.report}, {self.theme}, {self.size}, {self.language}"


OWN = "own"
"""A theme and page size: those that the sample has itself."""


def own_setting(report: str) -> Setting:
    """Return how a sample is built as it is."""
    return Setting(report, OWN, OWN, OWN)


def build(setting: Setting, room: Path) -> Path:
    """Return the PDF of a sample, built into a folder of its own in `room`."""
    folder = room / "-".join(setting)
    shutil.rmtree(folder, ignore_errors=True)
    if setting.report == GERMAN:
        _copy_german(folder)
    else:
        shutil.copytree(ROOT / "report_data" / setting.report, folder)
    if setting.theme != OWN:
        _set_looks(folder, setting)
    built = build_report(folder, folder / "output")
    if built.value is None:
        raise SystemExit("\n".join(f"{setting.name}: {each.rule}: {each.message}" for each in built.findings))
    return built.value.files[0]


def _copy_german(folder: Path) -> None:
    shutil.copytree(ROOT / "tests" / "cases" / "languages" / "de" / "report", folder)
    chapters = sorted(Path(__file__).with_name("german").glob("*.md"))
    for chapter in chapters:
        shutil.copy(chapter, folder / "chapters")
    numbers = ["31 %", "38 %", "22 %", "27 %", "33 %", "26 %", "14 %", "9 %"]
    file = folder / "report.yaml"
    names = [*_read(file)["chapters"], *(f"chapters/{chapter.name}" for chapter in chapters)]
    _replace(file, {"chapters": names, "numbers": numbers})


def _set_looks(folder: Path, setting: Setting) -> None:
    """Write theme, page size and language into a report's files."""
    file = folder / "report.yaml"
    data = _read(file)
    theme, own = data.get("theme"), folder / "theme.yaml"
    if own.is_file():
        theme = _read(own)
        own.unlink()
    kept = {key: value for key, value in theme.items() if key in LOOKS} if isinstance(theme, dict) else {}
    changed = {"theme": {"name": setting.theme, **kept}, "page_size": setting.size}
    if not data["language"].startswith(setting.language):
        changed["language"] = LANGUAGES[setting.language]
    _replace(file, changed)


def _read(file: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return data


def _replace(file: Path, values: dict[str, Any]) -> None:
    """Write values of keys of the top level; all other lines stay as they are."""
    lines, kept, dropped = file.read_text(encoding="utf-8").splitlines(), [], False
    for line in lines:
        if line[:1].isalpha():
            dropped = line.partition(":")[0] in values
        if not dropped:
            kept.append(line)
    added = yaml.safe_dump(values, allow_unicode=True, sort_keys=False)
    file.write_text("\n".join(kept) + "\n" + added, encoding="utf-8")
