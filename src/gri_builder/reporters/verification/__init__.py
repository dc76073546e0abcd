"""Output formats of a verification."""
