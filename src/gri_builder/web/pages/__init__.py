"""The pages of a web edition: its start, its chapters, its figures, and what surrounds each of them."""
