"""Whether an index can be relied on: what was read of it, misprints, pages in another document."""
