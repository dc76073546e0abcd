"""The commands on signed PDFs."""
