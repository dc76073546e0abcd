"""Tables of facts: which rows they have, which of them are totals, and what can be calculated from them."""
