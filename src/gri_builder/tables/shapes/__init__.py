"""Shapes of tables: months, members or sheets apart, headers in two rows."""
