"""Queries at random: what reports ask, and what they must not."""

from __future__ import annotations

from random import Random

COLUMNS = (
    "year",
    "month",
    "site",
    "kWh",
    "*",
    "1",
    "'x'",
    "NULL",
    '"kWh"',
    "a.kWh",
    "rowid",
    "2015",
    "1/0",
    "1e400",
    "0/0.0",
)
CALLS = (
    "sum({})", "max({})", "count({})", "avg({})", "left({}, 4)", "CAST({} AS {})", "coalesce({}, 0)",
    "round({}, 2)", "abs({})", "upper({})",
    "random()", '"random"()', "current_setting('home_directory')", '"current_setting"(\'home_directory\')',
    "now()", "today()", "age({})", "uuid()",
    "txid_current()", "getenv('HOME')", "version()", "list({})", "repeat({}, 999999999)", "range(1000000000)",
    "{} || {}", "{} / {}", "{} ** {}",
    "[{}, {}]", "{{'a': {}}}", "CASE WHEN {} THEN {} END", "row_number() OVER ()", "lag({}) OVER (ORDER BY {})",
    "(SELECT {} FROM a LIMIT 1)",
    "sqrt(-1)", "ln(0)", "factorial(99)", "chr(0)", "chr(27)", "strptime({}, '%x')", "date '2015-02-30'",
    "md5({})", "regexp_replace({}, '(a+)+$', '')",
    "nextval('x')", "hash({})", "query('SELECT 1')", "{}::DATE", "{}::HUGEINT * 99999999999999999999",
    "struct_pack(a := {})", "unnest([{}, {}])",
)  # fmt: skip
TYPES = (
    "DOUBLE",
    "INTEGER",
    "VARCHAR",
    "DATE",
    "DECIMAL(38, 30)",
    "BLOB",
    "INTERVAL",
    "JSON",
    "HUGEINT",
    "TIME",
    "BOOLEAN",
    "x",
)
SOURCES = (
    "a", "a", "a", "a", "a AS b", "a, a AS b", "a JOIN a AS b USING (year)", "(SELECT * FROM a)",
    "(VALUES (2015, 1)) AS a(year, kWh)", "range(1000000000)",
    "generate_series(1, 1000000000) AS a(year)", "'/etc/passwd'", "read_csv('/etc/passwd')", "read_text('*')",
    "glob('/*')", '"duckdb_settings"()',
    "duckdb_settings()", "information_schema.tables", "pragma_version()", "a TABLESAMPLE 50%", "x", "figures.a",
    "a, a b, a c, a d, a e, a f, a g, a h, a i, a j, a k, a l, a m",
    "query('SELECT 1')", "query_table('a')", "parquet_scan('x')", "a PIVOT (sum(kWh) FOR site IN ('Leeds'))",
    "LATERAL (SELECT 1)", "repeat_row(1, num_rows = 999999999)",
)  # fmt: skip
OTHERS = (
    "INSTALL httpfs", "COPY a TO 'x.csv'", "ATTACH 'x.db'", "PRAGMA database_list", "SET memory_limit = '99GB'",
    "DROP TABLE a", "SELECT 1; SELECT 2", "",
    "SELECT", "(((((", "SELECT * FROM a; DROP TABLE a", "DESCRIBE a", "SHOW TABLES", "EXPLAIN SELECT 1",
    "CALL pragma_version()", "FROM a", "-- x", "/* x",
    "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT n AS period, n AS value FROM t",
    "SELECT '\0'", "VALUES (2015, 1)", "SELECT ?", "SELECT $1",
    "SELECT " + "(" * 3000 + "1" + ")" * 3000, "SELECT " + "1+" * 9000 + "1",
    "SELECT '" + "x" * 100000 + "' AS period, 1 AS value",
)  # fmt: skip


def write_query(dice: Random) -> str:
    """Return a query."""
    if dice.random() < 0.15:
        return dice.choice(OTHERS)
    if dice.random() < 0.3:  # one that is sound but for its value
        return f"SELECT year AS period, {_expression(dice, 3)} AS value FROM a GROUP BY year ORDER BY year"
    columns = ", ".join(
        _expression(dice, 2) + dice.choice((" AS period", " AS value", " AS site", ' AS "a b"', ""))
        for _ in range(dice.randrange(1, 4))
    )
    query = f"SELECT {dice.choice(('', '', 'DISTINCT '))}{columns} FROM {dice.choice(SOURCES)}"
    tail = (
        " WHERE {}",
        " GROUP BY {}",
        " GROUP BY ALL",
        " HAVING {}",
        " ORDER BY {}",
        " ORDER BY random()",
        " LIMIT {}",
        " QUALIFY {}",
        " UNION ALL " + query,
    )
    for each in dice.sample(tail, dice.choice((0, 1, 2))):
        query += each.format(_expression(dice, 1)) if "{}" in each else each
    return query


def _expression(dice: Random, depth: int) -> str:
    if not depth or dice.random() < 0.4:
        return dice.choice(COLUMNS)
    call = dice.choice(CALLS)
    while "{}" in call:
        inner = dice.choice(TYPES) if "AS {}" in call and call.count("{}") == 1 else _expression(dice, depth - 1)
        call = call.replace("{}", inner, 1)
    return call
