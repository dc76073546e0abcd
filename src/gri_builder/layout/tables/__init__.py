"""Tables: their rows, columns and numbers, and how they fit on a page."""
