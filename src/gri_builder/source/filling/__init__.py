"""Templates: `{{ name }}` in the files of a report folder, filled from the row of a list; a value is only data."""
