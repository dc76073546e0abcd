"""Many rows to few facts, by SQL over the report's own files."""
