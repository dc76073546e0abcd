"""Bytes to a PDF as read: pages, words, links, structure tree. The only importer of pypdf and pypdfium2."""
