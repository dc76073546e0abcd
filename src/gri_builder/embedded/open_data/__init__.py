"""The facts of a report as open data: tables with a schema, and linked data."""
