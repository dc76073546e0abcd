"""Document to PDF: the only importer of ReportLab.

`pdf.render_pdf` is the stage; `fonts.undrawable` says beforehand which characters it could not draw.
"""
