"""Readings of energy as tables of a warehouse, and reports that take their figures from it."""

from __future__ import annotations

from pathlib import Path

import duckdb

SERIES = """
energy:
  title: Energy by carrier
  unit: MWh
  by: carrier
  aggregate: {from: warehouse.energy_readings, period: day, value: mwh}
gas:
  title: Gas at two sites
  unit: kWh
  aggregate:
    from: warehouse.energy_readings
    period: day
    value: mwh
    unit: MWh
    where: {carrier: GAS, site: [site 001, site 005]}
reading-mean:
  title: Mean reading
  unit: MWh
  decimals: 3
  aggregate: {from: warehouse.energy_readings, period: day, value: mwh, how: mean}
weighted:
  title: Mean of readings by weight
  unit: MWh
  decimals: 3
  aggregate: {from: warehouse.energy_readings, period: day, value: mwh, how: weighted-mean, weight: weight}
largest:
  title: Largest reading
  unit: MWh
  aggregate: {from: warehouse.energy_readings, period: day, value: mwh, how: max}
readings:
  title: Readings
  unit: count
  aggregate: {from: warehouse.energy_readings, period: day, how: count}
floats:
  title: Energy, kept in binary numbers
  unit: MWh
  aggregate: {from: warehouse.energy_readings, period: day, value: amount}
whole:
  title: Whole numbers
  unit: count
  aggregate: {from: warehouse.energy_readings, period: year, value: number}
asked:
  title: Energy by a query
  unit: MWh
  by: carrier
  query:
    from: warehouse
    sql: SELECT CAST(year AS VARCHAR(4)) AS period, sum(mwh) AS value, carrier FROM energy_readings GROUP BY 1, 3
"""
REPORT = """format: 1
framework: gri-g4
name: readings
title: Readings
organization: {name: Readings plc}
period: {start: 2015-01-01, end: 2015-12-31}
published: 2016-05-12
option: none
"""
ROWS = """
SELECT i AS id, 'site ' || lpad(CAST(i % 400 AS VARCHAR), 3, '0') AS site,
  ['electricity', 'gas', 'heat', 'diesel'][1 + i % 4] AS carrier,
  DATE '2013-01-01' + CAST(i * 7919 % 1095 AS INTEGER) AS day,
  CAST(year(DATE '2013-01-01' + CAST(i * 7919 % 1095 AS INTEGER)) AS INTEGER) AS year,
  CAST((i * 1103515245 + 12345) % 10000000 AS DECIMAL(18, 0)) * 0.001 :: DECIMAL(4, 3) AS mwh,
  CAST(1 + i % 7 AS DECIMAL(6, 2)) AS weight,
  CAST((i * 1103515245 + 12345) % 10000000 AS DOUBLE) / 1000 AS amount,
  CAST(i % 1000 AS BIGINT) AS number
FROM range({count}) t(i)
"""
"""The readings of three years, in DuckDB's SQL."""
COLUMNS = (
    "id bigint, site text, carrier text, day date, year int, mwh numeric(18,3), weight numeric(6,2), "
    "amount double precision, number bigint"
)


def write_readings(folder: Path, count: int) -> Path:
    """Write a database file, a CSV file and a Parquet file with some readings, and return the first."""
    file = folder / "warehouse.duckdb"
    with duckdb.connect(str(file)) as database:
        typed = "* REPLACE (CAST(mwh AS DECIMAL(18, 3)) AS mwh)"
        database.execute(f"CREATE TABLE energy_readings AS SELECT {typed} FROM ({ROWS.replace('{count}', str(count))})")
        database.execute(f"COPY energy_readings TO '{folder / 'readings.csv'}' (HEADER false)")
        database.execute(f"COPY energy_readings TO '{folder / 'readings.parquet'}' (FORMAT parquet)")
    return file


def write_report(folder: Path, connection: str, series: str = SERIES) -> Path:
    """Write a report with series from a warehouse; `connection` is its entry in connections.yaml."""
    (folder / "figures").mkdir(parents=True)
    (folder / "report.yaml").write_text(REPORT, "utf-8")
    (folder / "connections.yaml").write_text(f"warehouse: {connection}\n", "utf-8")
    (folder / "figures" / "energy.yaml").write_text(series, "utf-8")
    return folder
