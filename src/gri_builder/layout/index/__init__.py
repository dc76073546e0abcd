"""The content index on its pages: tables with common columns, and the notes below them."""
