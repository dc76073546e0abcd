"""Audits of many PDFs: results as Parquet files, a database, a summary; stopped and continued at any time."""
