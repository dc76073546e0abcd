"""The same numbers from each engine; what goes wrong with a warehouse is a finding, and the old snapshot stays."""

from __future__ import annotations

import csv
import os
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from gri_builder.facts.read_facts import Facts, read_facts
from gri_builder.model.finding import Finding
from gri_builder.source.loader import load_report
from gri_builder.warehouse.pull_report import ReportPull, pull_report, write_pulled
from tests.support.postgres import PostgresServer, find_programs, running_server
from tests.support.warehouses import COLUMNS, write_readings, write_report

NOW = datetime(2016, 2, 1, 8, 30, tzinfo=UTC)
COUNT = int(os.environ.get("WAREHOUSE_ROWS", "20000"))
"""Rows of the tables; `make nightly` takes a million."""
PROGRAMS = find_programs()
PASSWORD = "GRI_TEST_PASSWORD"


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("readings")
    write_readings(folder, COUNT)
    return folder


@pytest.fixture(scope="module")
def server(readings: Path) -> Iterator[PostgresServer]:
    if PROGRAMS is None:
        assert not os.environ.get("CI"), "PostgreSQL is not installed: apt-get install postgresql"
        pytest.skip("PostgreSQL is not installed")
    with running_server(PROGRAMS) as found:
        found.run(f"CREATE TABLE energy_readings ({COLUMNS})")
        found.run("COPY energy_readings FROM STDIN (FORMAT csv)", file=readings / "readings.csv")
        found.run("CREATE ROLE reader LOGIN PASSWORD 'read'")
        found.run("GRANT SELECT ON energy_readings TO reader")
        found.run("CREATE TABLE secret_readings AS SELECT * FROM energy_readings LIMIT 5")
        yield found


def on_server(server: PostgresServer, more: str = "") -> str:
    address = f"engine: postgres, host: 127.0.0.1, port: {server.port}, database: postgres"
    return f"{{{address}, user: reader, password: {PASSWORD}{more}}}"


def pull(folder: Path) -> ReportPull:
    pulled = pull_report(folder, (), NOW)
    write_pulled(folder, pulled)
    return pulled


def facts_of(folder: Path) -> tuple[Facts, list[Finding]]:
    source = load_report(folder).value
    assert source is not None
    return read_facts(source, datetime(2015, 12, 31, tzinfo=UTC).date(), "en", datetime(2015, 1, 1, tzinfo=UTC).date())


def rules(pulled: ReportPull) -> list[str]:
    return [each.rule for each in pulled.findings]


@pytest.fixture(scope="module")
def expected(readings: Path, tmp_path_factory: pytest.TempPathFactory) -> ReportPull:
    """What DuckDB gives."""
    folder = write_report(
        tmp_path_factory.mktemp("duckdb") / "r", f"{{engine: duckdb, file: {readings}/warehouse.duckdb}}"
    )
    pulled = pull(folder)
    assert rules(pulled) == []
    return pulled


def hashes(pulled: ReportPull) -> dict[str, str]:
    return {each.record.series: each.record.content for each in pulled.series}


def test_numbers_are_those_of_the_rows(readings: Path, tmp_path: Path) -> None:
    folder = write_report(tmp_path / "r", f"{{engine: duckdb, file: {readings}/warehouse.duckdb}}")
    assert rules(pull(folder)) == []
    facts, findings = facts_of(folder)
    assert {each.rule for each in findings} == {"float-column"}
    rows = list(csv.reader((readings / "readings.csv").read_text("utf-8").splitlines()))
    own = [row for row in rows if row[3].startswith("2015")]
    gas = [row for row in own if row[2] == "gas"]
    assert sum(Decimal(row[5]) for row in gas) == value(facts, "energy", "gas") == value(facts, "asked", "gas")
    two = [row for row in gas if row[1] in ("site 001", "site 005")]
    assert sum(Decimal(row[5]) for row in two) * 1000 == value(facts, "gas")
    assert max(Decimal(row[5]) for row in own) == value(facts, "largest")
    assert len(own) == value(facts, "readings")
    total = sum((Decimal(row[5]) for row in own), Decimal(0))
    assert total == value(facts, "floats")
    assert abs(total / len(own) - value(facts, "reading-mean")) < Decimal("1e-20")
    weights = sum((Decimal(row[6]) for row in own), Decimal(0))
    weighted = sum((Decimal(row[5]) * Decimal(row[6]) for row in own), Decimal(0)) / weights
    assert abs(weighted - value(facts, "weighted")) < Decimal("1e-20")
    assert sum(int(row[8]) for row in own) == value(facts, "whole")
    origin = facts.series["energy"].facts[0].origin
    assert origin is not None
    assert origin.pulled is not None
    assert (origin.pulled.source, origin.pulled.engine) == ("warehouse.energy_readings", "duckdb")
    assert "SUM" in origin.pulled.query
    assert origin.file == "figures/pulled/energy.parquet"


def value(facts: Facts, series: str, *members: str) -> Decimal:
    found = facts.series[series].value("2015", members)
    assert found is not None
    return found.value


def test_a_snapshot_is_the_same_again(readings: Path, tmp_path: Path) -> None:
    folder = write_report(tmp_path / "r", f"{{engine: duckdb, file: {readings}/warehouse.duckdb}}")
    first = pull(folder)
    before = {file: file.read_bytes() for file in sorted((folder / "figures/pulled").iterdir())}
    assert {each.state for each in first.series} == {"new"}
    second = pull(folder)
    assert {each.state for each in second.series} == {"unchanged"}
    assert before == {file: file.read_bytes() for file in sorted((folder / "figures/pulled").iterdir())}
    assert [each.data for each in first.series] == [each.data for each in second.series]


def test_postgres_gives_the_same_numbers(
    server: PostgresServer, expected: ReportPull, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSWORD, "read")
    pulled = pull(write_report(tmp_path / "r", on_server(server)))
    assert rules(pulled) == []
    assert hashes(pulled) == hashes(expected)
    assert [each.data for each in pulled.series] == [each.data for each in expected.series]


@pytest.mark.skipif(not os.environ.get("WAREHOUSE_SPARK"), reason="needs Java; run by 'make nightly'")
def test_spark_gives_the_same_numbers(readings: Path, expected: ReportPull, tmp_path: Path) -> None:
    tables = f"{{energy_readings: {readings}/readings.parquet}}"
    pulled = pull(write_report(tmp_path / "r", f"{{engine: spark, address: 'local[2]', tables: {tables}}}"))
    assert rules(pulled) == []
    assert hashes(pulled) == hashes(expected)


ONE = "energy: {{title: E, unit: MWh, aggregate: {{from: warehouse.{table}, period: day, value: {value}{more}}}}}\n"


def one(table: str = "energy_readings", value: str = "mwh", more: str = "") -> str:
    return ONE.format(table=table, value=value, more=more)


def query(sql: str) -> str:
    return f'energy: {{title: E, unit: MWh, query: {{from: warehouse, sql: "{sql}"}}}}\n'


@pytest.mark.parametrize(
    ("series", "more", "rule", "said"),
    [
        (one(table="energy_reading"), "", "warehouse-table", "energy_readings"),
        (one(value="mhw"), "", "warehouse-column", "did you mean 'mwh'"),
        (one(value="site"), "", "warehouse-column", "not a number"),
        (one(table="secret_readings"), "", "warehouse-rights", "GRANT SELECT"),
        (one(more=", where: {carrier: Gaz}"), "", "unknown-row", "did you mean 'gas'"),
        (query("SELECT 1 AS period"), "", "warehouse-query", "value"),
        (query("DROP TABLE energy_readings"), "", "warehouse-query", ""),
        (
            query("SELECT 1 AS period, 2 AS value FROM pg_sleep(30)"),
            ", timeout: 1",
            "warehouse-timeout",
            "timeout: 900",
        ),
        (query("SELECT 1 AS period, mwh AS value FROM energy_readings WHERE false"), "", "warehouse-empty", "no row"),
        (query("SELECT 1 AS period, 'NaN'::float8 AS value"), "", "warehouse-number", "not a number"),
        (
            query("SELECT 1 AS period, 1 AS value FROM (SELECT pg_terminate_backend(pg_backend_pid())) t"),
            "",
            "warehouse-not-reached",
            "nothing was changed",
        ),
    ],
    ids=["table", "column", "text", "rights", "where", "result", "drop", "timeout", "empty", "nan", "lost"],
)
def test_what_goes_wrong_is_said_and_the_old_snapshot_stays(
    server: PostgresServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    series: str,
    more: str,
    rule: str,
    said: str,
) -> None:
    monkeypatch.setenv(PASSWORD, "read")
    folder = write_report(tmp_path / "r", on_server(server, more), one())
    assert rules(pull(folder)) == []
    before = {file: file.read_bytes() for file in sorted((folder / "figures/pulled").iterdir())}
    (folder / "figures/energy.yaml").write_text(series, "utf-8")
    pulled = pull(folder)
    assert rules(pulled) == [rule]
    assert said in f"{pulled.findings[0].message} {pulled.findings[0].hint}"
    assert pulled.series == ()
    assert before == {file: file.read_bytes() for file in sorted((folder / "figures/pulled").iterdir())}
    assert server.run("SELECT count(*) FROM energy_readings").strip() == str(COUNT)


def test_a_server_that_does_not_answer(server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_report(tmp_path / "r", on_server(server), one())
    monkeypatch.delenv(PASSWORD, raising=False)
    pulled = pull(folder)
    assert rules(pulled) == ["warehouse-not-reached"]
    assert f"{PASSWORD} is not set" in pulled.findings[0].message
    monkeypatch.setenv(PASSWORD, "wrong-word")
    pulled = pull(folder)
    assert rules(pulled) == ["warehouse-not-reached"]
    assert "wrong-word" not in pulled.findings[0].message
    (folder / "connections.yaml").write_text("warehouse: {engine: postgres, host: 127.0.0.1, port: 9, database: x}\n")
    assert rules(pull(folder)) == ["warehouse-not-reached"]


def test_numbers_that_moved_are_named(tmp_path: Path) -> None:
    file = write_readings(tmp_path, 500)
    folder = write_report(tmp_path / "r", "{engine: duckdb, file: ../warehouse.duckdb}", one())
    pull(folder)
    with duckdb.connect(str(file)) as database:
        database.execute("UPDATE energy_readings SET mwh = mwh + 1 WHERE id = 3")
        database.execute("DELETE FROM energy_readings WHERE id = 4")
    (each,) = pull_report(folder, (), NOW).series
    assert each.state == "changed"
    assert "gone" in each.difference
    assert "1 changed, such as 201" in each.difference


@pytest.mark.parametrize(
    ("change", "more", "rule"),
    [
        ("INSERT INTO energy_readings SELECT * FROM energy_readings WHERE id < 3", "", ["duplicate-row"]),
        ("INSERT INTO energy_readings SELECT * FROM energy_readings WHERE id < 3", ", duplicates: drop", []),
        ("INSERT INTO energy_readings SELECT * FROM energy_readings WHERE id < 3", ", duplicates: keep", []),
        ("UPDATE energy_readings SET site = 'Total' WHERE id = 7", "", ["total-row"]),
        ("UPDATE energy_readings SET site = 'Total' WHERE id = 7", ", totals: exclude", []),
        ("UPDATE energy_readings SET site = 'Total' WHERE id = 7", ", totals: include", []),
        ("DELETE FROM energy_readings", "", ["warehouse-empty"]),
        ("ALTER TABLE energy_readings RENAME COLUMN mwh TO kwh", "", ["warehouse-column"]),
        ("UPDATE energy_readings SET amount = 'NaN' WHERE id = 1", "", []),
    ],
)
def test_rows_that_are_not_as_they_should_be(tmp_path: Path, change: str, more: str, rule: list[str]) -> None:
    file = write_readings(tmp_path, 500)
    with duckdb.connect(str(file)) as database:
        database.execute(change)
        left = "FROM energy_readings WHERE year = 2015"
        rows = 0 if rule else database.execute(f"SELECT sum(mwh) {left}").fetchall()[0][0]
        whole = 0 if rule else database.execute(f"SELECT sum(mwh) FROM (SELECT DISTINCT * {left})").fetchall()[0][0]
        named = 0 if rule else database.execute(f"SELECT sum(mwh) {left} AND site <> 'Total'").fetchall()[0][0]
    folder = write_report(tmp_path / "r", "{engine: duckdb, file: ../warehouse.duckdb}", one(more=more))
    assert rules(pull(folder)) == rule
    if not rule:
        facts, _ = facts_of(folder)
        assert value(facts, "energy") == (whole if "drop" in more else named if "exclude" in more else rows)


def test_a_database_can_not_read_other_files(tmp_path: Path) -> None:
    write_readings(tmp_path, 50)
    sql = f"SELECT '2015' AS period, count(*) AS value FROM read_csv('{tmp_path}/readings.csv')"
    series = f'energy: {{title: E, unit: count, query: {{from: warehouse, sql: "{sql}"}}}}\n'
    folder = write_report(tmp_path / "r", "{engine: duckdb, file: ../warehouse.duckdb}", series)
    assert rules(pull(folder)) == ["warehouse-rights"]


def test_empty_values_are_counted(tmp_path: Path) -> None:
    file = write_readings(tmp_path, 500)
    with duckdb.connect(str(file)) as database:
        database.execute("UPDATE energy_readings SET mwh = NULL WHERE id IN (1, 2)")
    folder = write_report(tmp_path / "r", "{engine: duckdb, file: ../warehouse.duckdb}", one())
    assert rules(pull(folder)) == []
    _, findings = facts_of(folder)
    assert [each.message for each in findings] == [
        "2 rows have no value under 'mwh' in 'warehouse.energy_readings', and are left out"
    ]


def test_a_report_without_a_warehouse(tmp_path: Path) -> None:
    folder = write_report(
        tmp_path / "r", "{engine: duckdb, file: none.duckdb}", "energy: {title: E, unit: MWh, values: {}}\n"
    )
    pulled = pull_report(folder, ("enrgy",), NOW)
    assert rules(pulled) == ["unknown-fact", "nothing-to-pull"]


def test_nothing_is_asked_while_a_secret_is_written(tmp_path: Path) -> None:
    write_readings(tmp_path, 50)
    folder = write_report(tmp_path / "r", "{engine: duckdb, file: ../warehouse.duckdb}  # password: hunter2", one())
    pulled = pull(folder)
    assert rules(pulled) == ["secret-in-file"]
    assert "hunter2" not in str(pulled.findings)
    assert not (folder / "figures/pulled").exists()


def test_a_time_belongs_to_the_day_of_its_time_zone(
    server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSWORD, "read")
    rows = "('2014-12-31 23:30:00+00', 1.5), ('2015-06-30 12:00:00+00', 2.25)"
    columns = "moments (moment timestamptz, mwh decimal(9, 2))"
    server.run(f"CREATE TABLE {columns}; INSERT INTO moments VALUES {rows}; GRANT SELECT ON moments TO reader")
    with duckdb.connect(str(tmp_path / "w.duckdb")) as database:
        database.execute(f"CREATE TABLE {columns}; INSERT INTO moments VALUES {rows}")
    series = "energy: {title: E, unit: MWh, aggregate: {from: warehouse.moments, period: moment, value: mwh}}\n"
    for zone, total in (("UTC", "2.25"), ("Europe/Oslo", "3.75")):
        file = f"{{engine: duckdb, file: ../w.duckdb, timezone: {zone}}}"
        first = write_report(tmp_path / f"d{total}", file, series)
        second = write_report(tmp_path / f"p{total}", on_server(server, f", timezone: {zone}"), series)
        assert hashes(pull(first)) == hashes(pull(second))
        assert value(facts_of(second)[0], "energy") == Decimal(total)


@pytest.mark.parametrize(
    "reply", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\0" * 400, b"N" * 50, b"R\0\0\0\x08\0\0\0\x63"]
)
def test_something_else_than_a_server_answers(tmp_path: Path, reply: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            client, _ = listening.accept()
            with client:
                client.recv(1000)
                client.sendall(reply)

        thread = threading.Thread(target=serve)
        thread.start()
        address = f"engine: postgres, host: 127.0.0.1, port: {listening.getsockname()[1]}, user: u, database: d"
        pulled = pull(write_report(tmp_path / "r", f"{{{address}}}", one()))
        thread.join()
    assert rules(pulled) == ["warehouse-not-reached"]
