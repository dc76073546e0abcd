"""SQL over the rows of the report's files: loading, statements, database."""
