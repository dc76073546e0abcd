"""Cross-checks: rules that the facts of a report must satisfy together."""
