"""The Markdown dialect to rich text, and placeholders."""
