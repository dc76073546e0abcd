"""What a batch made of the reports of a list."""
