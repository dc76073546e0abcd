"""Review copies: the report as a Word document, and what colleagues write into it back at its lines."""
