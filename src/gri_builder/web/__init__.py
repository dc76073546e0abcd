"""The web edition: a composed document as a folder of pages, or as one page, for any static host."""
