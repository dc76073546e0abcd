"""Output formats for findings, coverage, audits, traces, differences and the catalog."""
