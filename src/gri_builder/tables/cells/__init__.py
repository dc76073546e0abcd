"""The cells of tables: numbers, formats, marks, and what a description says of them."""
