"""The margin column: what is set in it, and what takes it up."""
