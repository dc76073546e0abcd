"""Signs finished PDFs, checks signed ones against their data and report, and packs the evidence."""
