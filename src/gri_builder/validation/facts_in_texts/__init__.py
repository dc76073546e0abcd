"""Facts in texts: placeholders, and numbers that are typed in their place."""
