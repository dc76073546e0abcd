"""Prints how long facts from data files take, and whether the targets are met: a million rows, and 20,000 facts.

The data is generated in a temporary folder. Each time is the minimum of several rounds of loading and validating a
small report with that data.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from gri_builder.pipeline.build import check_report

MINIMAL = Path(__file__).parent.parent / "tests" / "cases" / "data" / "valid" / "minimal"
ROUNDS = 3
SITES, METERS, YEARS = 1042, ("electricity", "gas", "district heat", "steam"), range(1996, 2016)
AGGREGATED = """rows:
  title: Energy of all sites
  unit: MWh
  by: source
  decimals: 0
  aggregate:
    file: figures/rows.csv
    value: kWh
    unit: kWh
    period: month
    group: {source: meter}
    expect: {each: [site, meter], every: month}
"""
LONG = """facts:
  title: Energy by site
  unit: MWh
  by: site
  from: {file: figures/facts.csv, period: Year, value: MWh}
"""


def site_months(quote: str = "") -> Iterator[str]:
    """Yield the lines of a file with one row for each site, meter and month: 1,000,320 rows."""
    yield "site,meter,month,kWh"
    for site in range(SITES):
        for meter in METERS:
            for year in YEARS:
                for month in range(1, 13):
                    value = (site * 7919 + year * 31 + month * 977) % 100_000 / 10
                    yield f"{quote}Site {site:04}{quote},{meter},{year}-{month:02},{value}"


def site_years() -> Iterator[str]:
    """Yield the lines of a file with 20,000 facts."""
    yield "site,Year,MWh"
    for site in range(1000):
        for year in YEARS:
            yield f"Site {site:04},{year},{1000 + (site * 37 + year) % 50}.5"


def several(count: int) -> str:
    """Return that many series, which all take their rows from the same file."""
    where = "from: {file: figures/facts.csv, where: {site: Site %04d}, period: Year, value: MWh}"
    return "".join(f"s-{n}:\n  title: Site\n  unit: MWh\n  {where % n}\n" for n in range(count))


def inline() -> str:
    """Return 20,000 facts as YAML."""
    values = ", ".join(f"{year}: {1000 + year % 50}.5" for year in YEARS)
    return "".join(f"s-{n}:\n  title: Site\n  unit: MWh\n  values: {{{values}}}\n" for n in range(1000))


def min_seconds(folder: Path) -> tuple[float, float, int]:
    """Return wall and CPU time of loading and validating, and the number of facts."""
    times = []
    for _ in range(ROUNDS):
        start, cpu = time.perf_counter(), time.process_time()
        report = check_report(folder).value
        times.append((time.perf_counter() - start, time.process_time() - cpu))
    assert report is not None
    return min(times)[0], min(each[1] for each in times), sum(len(each.facts) for each in report.series.values())


def measure(name: str, figures: str, rows: Callable[[], Iterator[str]] | None, file: str, target: float | None) -> None:
    """Print the time for one kind of data."""
    with TemporaryDirectory() as room:
        folder = Path(room) / "report"
        shutil.copytree(MINIMAL, folder)
        (folder / "figures" / "measured.yaml").write_text(figures, "utf-8")
        if rows:
            (folder / "figures" / file).write_text("\n".join(rows()) + "\n", "utf-8")
        wall, cpu, facts = min_seconds(folder)
    verdict = f"target at most {target:.0f}: {'met' if wall <= target else 'missed'}" if target else ""
    print(f"{name:52}{facts:>8}{wall:9.2f}{cpu:9.2f}  {verdict}")


def main() -> None:
    print(f"{'data':52}{'facts':>8}{'wall s':>9}{'CPU s':>9}")
    measure("1,000,320 site-months, aggregated", AGGREGATED, site_months, "rows.csv", 5)
    measure("the same, sites in quotation marks", AGGREGATED, lambda: site_months('"'), "rows.csv", None)
    measure("20,000 facts in a long CSV file", LONG, site_years, "facts.csv", 3)
    measure("1,000 series of 20 facts from that file", several(1000), site_years, "facts.csv", 3)
    measure("20,000 facts in YAML", inline(), None, "", 3)


if __name__ == "__main__":
    main()
