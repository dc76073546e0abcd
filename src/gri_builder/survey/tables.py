"""The tables that a survey writes: their columns, with types of DuckDB and Parquet, and what each of them means."""

from __future__ import annotations

from msgspec import Struct


class Column(Struct, frozen=True):
    """A column."""

    name: str
    type: str
    """As DuckDB names it; INTEGER[] is a list."""
    meaning: str


class ResultTable(Struct, frozen=True):
    """A table; its rows are ordered by file and number."""

    name: str
    meaning: str
    """What one row is."""
    columns: tuple[Column, ...]

    @property
    def order(self) -> str:
        """The columns by which its rows are ordered, as SQL."""
        return '"file", "number"' if any(each.name == "number" for each in self.columns) else '"file"'


_FILE = Column("file", "VARCHAR", "path of the PDF in the folder, or its address as the list writes it")
_NUMBER = Column("number", "INTEGER", "place among the rows of the PDF, from 1")

FILES = ResultTable(
    "files",
    "a PDF of the folder or the list",
    (
        _FILE,
        Column("status", "VARCHAR", "audited, unread, stopped, unavailable, lost or failed"),
        Column("reason", "VARCHAR", "why it is not audited"),
        Column("sha256", "VARCHAR", "hash of its content; empty where it could not be read"),
        Column("bytes", "BIGINT", "its size"),
        Column("pages", "INTEGER", "its pages"),
        Column("title", "VARCHAR", "title of the report"),
        Column("organization", "VARCHAR", "as the list names it, else as a gri-builder PDF does"),
        Column("sector", "VARCHAR", "as the list names it, else as a gri-builder PDF does"),
        Column(
            "year",
            "INTEGER",
            "year reported on: of the list, else of the PDF's data, else the one that its pages name most",
        ),
        Column("producer", "VARCHAR", "gri-builder or other"),
        Column("framework", "VARCHAR", "id of the framework that it follows, such as gri-g4 or gri-standards"),
        Column("framework_name", "VARCHAR", "name of the framework, with its edition"),
        Column("also_recognized", "VARCHAR[]", "ids of other frameworks whose codes it uses"),
        Column("claimed_option", "VARCHAR", "id of the option that it claims, such as core"),
        Column("judged_option", "VARCHAR", "id of the option that its coverage was judged by"),
        Column("met_options", "VARCHAR[]", "ids of the options whose criteria are met, as far as others can know"),
        Column("required", "INTEGER", "items that the judged option requires; empty without one"),
        Column("covered", "INTEGER", "those of them that are covered"),
        Column("partial", "INTEGER", "those that are covered in part"),
        Column("omitted", "INTEGER", "those that are omitted for a permitted reason"),
        Column("missing", "INTEGER", "those that are missing"),
        Column("unclear", "INTEGER", "those of which it can't be decided"),
        Column("claims", "INTEGER", "rows of its content index"),
        Column("checks_passed", "INTEGER", "checks that passed"),
        Column("checks_failed", "INTEGER", "checks that failed"),
        Column("checks_skipped", "INTEGER", "checks that could not be run"),
        Column("errors", "INTEGER", "findings of severity error"),
        Column("warnings", "INTEGER", "findings of severity warning"),
        Column("notes", "INTEGER", "findings of severity info"),
        Column("index_pages", "INTEGER[]", "physical pages of its content index"),
        Column("index_problem", "VARCHAR", "why nothing is judged by its index"),
        Column("labels", "MAP(VARCHAR, VARCHAR)", "all cells of its row in the list, by column"),
        Column("program", "VARCHAR", "version of gri-builder that audited it"),
        Column("settings", "VARCHAR", "limits that were chosen, such as megabytes=2000; empty for the defaults"),
    ),
)
CLAIMS = ResultTable(
    "claims",
    "a row of a content index",
    (
        _FILE,
        _NUMBER,
        Column("id", "VARCHAR", "id of the disclosure; of a management approach with that of its Aspect"),
        Column("code", "VARCHAR", "code of the disclosure, as the framework writes it"),
        Column("as_written", "VARCHAR", "the code as written in the index"),
        Column("parts", "VARCHAR[]", "letters of the requirements that the row covers; none for all"),
        Column("found_on", "INTEGER", "physical page of the row"),
        Column("references", "VARCHAR[]", "its references, as written"),
        Column("pages", "INTEGER[]", "physical pages that it refers to"),
        Column("missing_pages", "VARCHAR[]", "page numbers that it names and the PDF does not print"),
        Column("outside", "BOOLEAN", "whether a reference leads to another document or a web address"),
        Column("answer", "VARCHAR", "an answer given in the row itself"),
        Column("omission", "VARCHAR", "what is omitted and why, as written"),
        Column("omission_reasons", "VARCHAR[]", "ids of the reasons, as far as they were understood"),
        Column("assured", "BOOLEAN", "whether the row says that it is assured; empty without such a column"),
        Column("evidence", "VARCHAR", "whether its subject was found on those pages: found, weak, not-found, unknown"),
        Column("evidence_page", "INTEGER", "physical page of the best evidence"),
        Column("uncertain", "VARCHAR", "why its reading is uncertain; empty where it is plain"),
    ),
)
CHECKS = ResultTable(
    "checks",
    "a check of a PDF",
    (
        _FILE,
        _NUMBER,
        Column("rule", "VARCHAR", "id of the rule; 'gri-builder explain RULE' explains it"),
        Column("status", "VARCHAR", "pass, fail or skipped"),
        Column("severity", "VARCHAR", "error, warning or info, if it fails"),
        Column("id", "VARCHAR", "id of the disclosure that it is about"),
        Column("message", "VARCHAR", "what is right, what is wrong, or why it was skipped"),
        Column("hint", "VARCHAR", "what to do about it"),
        Column("page", "INTEGER", "physical page"),
        Column("label", "VARCHAR", "page number as printed"),
    ),
)
FINDINGS = ResultTable(
    "findings",
    "a finding: a check that failed, or a problem met while reading the PDF",
    (
        _FILE,
        _NUMBER,
        Column("rule", "VARCHAR", "id of the rule"),
        Column("severity", "VARCHAR", "error, warning or info"),
        Column("id", "VARCHAR", "id of the disclosure that it is about"),
        Column("message", "VARCHAR", "what is wrong"),
        Column("hint", "VARCHAR", "what to do about it"),
        Column("page", "INTEGER", "physical page"),
        Column("label", "VARCHAR", "page number as printed"),
    ),
)
COVERAGE = ResultTable(
    "coverage",
    "a disclosure of the framework, as a PDF covers it; only of PDFs whose coverage could be assessed",
    (
        _FILE,
        _NUMBER,
        Column("id", "VARCHAR", "id of the disclosure"),
        Column("code", "VARCHAR", "its code"),
        Column("aspect", "VARCHAR", "id of its Aspect or topic"),
        Column("title", "VARCHAR", "its title"),
        Column("status", "VARCHAR", "covered, omitted, partial, missing or not-required"),
        Column("required", "BOOLEAN", "whether the judged option requires this very disclosure"),
        Column("covered_parts", "VARCHAR[]", "letters of the requirements that are covered"),
        Column("omitted_parts", "VARCHAR[]", "letters of those that are omitted"),
        Column("missing_parts", "VARCHAR[]", "letters of those that are missing"),
        Column("assured", "BOOLEAN", "whether it is assured"),
        Column("unclear", "VARCHAR", "why its status can't be decided; empty where it can"),
    ),
)
CRITERIA = ResultTable(
    "criteria",
    "a criterion of an option, as a PDF meets it",
    (
        _FILE,
        _NUMBER,
        Column("option", "VARCHAR", "id of the option"),
        Column("criterion", "VARCHAR", "id of the criterion"),
        Column("outcome", "VARCHAR", "holds, open, unclear or author: only the organization can know"),
        Column("needs", "VARCHAR[]", "ids of what is missing or partial"),
    ),
)
TABLES = (FILES, CLAIMS, CHECKS, FINDINGS, COVERAGE, CRITERIA)
"""All tables, in the order of the documentation."""

_FAILED = """
SELECT f.file, f.organization, f.sector, f.year, f.framework, c.rule, c.severity, c.id, c.message, c.page
FROM checks c JOIN files f USING (file) WHERE c.status = 'fail' ORDER BY f.file, c.number
"""
_REPORTS = """
SELECT f.file, f.organization, f.sector, f.year, f.framework, f.claimed_option,
       count(*) FILTER (c.status = 'covered') AS disclosures,
       CASE WHEN f.required > 0 THEN f.covered / f.required END AS share
FROM files f JOIN coverage c USING (file) GROUP BY ALL ORDER BY f.file
"""
_DISCLOSURES = """
SELECT f.framework, c.id, any_value(c.code) AS code, any_value(c.title) AS title, count(*) AS reports,
       count(*) FILTER (c.status = 'covered') AS covered, count(*) FILTER (c.status = 'partial') AS partial,
       count(*) FILTER (c.status = 'omitted') AS omitted, count(*) FILTER (c.status = 'missing') AS missing,
       count(*) FILTER (c.unclear <> '') AS unclear, count(*) FILTER (c.status = 'covered') / count(*) AS share
FROM coverage c JOIN files f USING (file) GROUP BY f.framework, c.id ORDER BY f.framework, min(c.number), c.id
"""
_MEANS = """
SELECT {0}, count(*) AS reports, avg(disclosures) AS disclosures, avg(share) AS share, count(share) AS judged
FROM report_coverage GROUP BY {0} ORDER BY {0} NULLS LAST
"""


class View(Struct, frozen=True):
    """A view of the database."""

    name: str
    meaning: str
    query: str


VIEWS = (
    View(
        "not_audited",
        "PDFs without an audit, each with the reason",
        "SELECT file, status, reason FROM files WHERE status <> 'audited' ORDER BY file",
    ),
    View("failed_checks", "failed checks, with what is known of the report", _FAILED),
    View("report_coverage", "assessed reports: disclosures covered, and the share of the required items", _REPORTS),
    View("coverage_by_sector", "the means of the reports of a sector", _MEANS.format("sector")),
    View("coverage_by_year", "the means of the reports of a year", _MEANS.format("year")),
    View("coverage_by_framework", "the means of the reports by a framework", _MEANS.format("framework")),
    View("coverage_by_disclosure", "how many reports by a framework cover a disclosure", _DISCLOSURES),
)
"""The views of the database."""
