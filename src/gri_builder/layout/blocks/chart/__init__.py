"""Charts, drawn as vectors."""
