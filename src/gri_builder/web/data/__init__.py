"""What programs read of a web edition: search, figures, structured data, the list of its files."""
