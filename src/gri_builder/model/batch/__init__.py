"""The nouns of batches."""
