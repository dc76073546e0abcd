"""Document to PDF: the only importer of ReportLab."""
