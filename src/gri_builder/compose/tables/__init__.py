"""Tables of facts: rows, totals, and columns of changes and shares."""
