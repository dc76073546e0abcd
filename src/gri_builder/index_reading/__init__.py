"""The content index of a PDF that another program made."""
