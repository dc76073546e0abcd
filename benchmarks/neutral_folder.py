"""The neutral report as a gri-builder report folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.neutral import Chart, Neutral, Run, Section

from gri_builder.resources.frameworks import load_framework


def write_folder(neutral: Neutral, folder: Path) -> None:
    """Write a report folder: a chapter for each topic, charts as facts, sections that the content index points at."""
    (folder / "chapters").mkdir(parents=True, exist_ok=True)
    (folder / "figures").mkdir(exist_ok=True)
    codes = _list_codes()
    charts, paths, number = [], [], 0
    for place, (topic, sections) in enumerate(neutral.topics(), 1):
        paths.append(f"chapters/topic-{place:03d}.md")
        parts = [f"# {topic}\n"]
        for section in sections:
            parts += _section(section, codes[number % len(codes)])
            charts += [_facts(section.code, section.chart)] if section.chart else []
            number += 1
        (folder / paths[-1]).write_text("\n".join(parts), encoding="utf-8")
    (folder / "figures" / "charts.yaml").write_text("\n".join(charts), encoding="utf-8")
    (folder / "report.yaml").write_text(_report(neutral, paths), encoding="utf-8")


def _list_codes() -> list[str]:
    """Return the codes that need neither a sector nor a material Aspect."""
    disclosures = load_framework().disclosures.values()
    return [each.code for each in disclosures if each.sector is None and (each.section or each.aspect)]


def _report(neutral: Neutral, paths: list[str]) -> str:
    return f"""format: 1
framework: gri-g4
name: neutral
title: {neutral.title}
organization: {{name: {neutral.organization}}}
period: {{start: 2015-01-01, end: 2015-12-31}}
published: 2016-05-12
language: en-GB
option: none
thresholds: {{year_on_year: 1000000}}
chapters: [{", ".join(paths)}]
"""


def _section(section: Section, code: str) -> Iterator[str]:
    yield f'## {section.title} {{#{section.code.lower()} covers="{code}"}}\n'
    for paragraph in section.paragraphs:
        yield "".join(_run(run) for run in paragraph).strip() + "\n"
    yield f"**{section.caption}**\n"
    yield f"| {' | '.join(section.header)} |"
    yield "|---|---|---:|---:|---:|"
    for row in section.rows:
        yield f"| {' | '.join(row)} |"
    yield ""
    if section.chart:
        yield f'::: chart {section.code.lower()} type=bar title="{section.chart.caption}"\n:::\n'


def _run(run: Run) -> str:
    marks = {"bold": f"**{run.text}** ", "italic": f"*{run.text}* ", "link": f"[{run.text}]({run.url}) "}
    return marks.get(run.kind, f"{run.text} ")


def _facts(code: str, chart: Chart) -> str:
    lines = [f"{code.lower()}:", f"  title: {chart.caption}", "  unit: count", "  by: region", "  values:"]
    for name, values in zip(chart.series, chart.values, strict=True):
        pairs = ", ".join(f"{year}: {value}" for year, value in zip(chart.categories, values, strict=True))
        lines.append(f"    {name}: {{{pairs}}}")
    return "\n".join(lines)
