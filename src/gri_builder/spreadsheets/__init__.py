"""CSV files and workbooks to cells with locations."""
