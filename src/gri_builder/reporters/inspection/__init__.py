"""What was found in a CSV file or workbook, in each format."""
