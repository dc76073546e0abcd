"""Units that files name: in headers, titles, rows and columns, compared with the unit in which values are read."""
