"""Report to document: chapters, answers, tables, charts and the content index."""
