"""From tables to facts: headers, periods, units, numbers and rows of CSV files and workbooks."""
