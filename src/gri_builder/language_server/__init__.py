"""The language server: findings, values and sources of a report in an editor, while people type."""
