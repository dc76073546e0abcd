"""Tables of a report's files: headers, rows and cells to facts."""
