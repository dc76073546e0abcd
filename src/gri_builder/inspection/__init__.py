"""What the program makes of a CSV file or workbook before any fact series reads it, and the series to start from."""
