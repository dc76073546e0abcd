"""What the words and marks in the cells of an index state."""
