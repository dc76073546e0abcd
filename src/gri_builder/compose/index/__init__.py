"""The content index: its columns, cells and the notes on what is omitted."""
