"""The one door to ReportLab: every other module of gri-builder uses these modules, never ReportLab itself.

Why ReportLab at all
    It registers and numbers PDF objects, cuts TrueType fonts into subsets, and embeds JPEG and PNG images. The rest of
    the file (content streams, structure tree, cross-references, metadata) is written by `gri_builder.pdf`, as ReportLab
    knows neither tagged PDF nor PDF/A.

Why a door
    ReportLab has no public interface for what a tagged, archival PDF needs. The names below may therefore change with
    any release. They are used here only, `tests/unit/pdf/test_reportlab_adapter.py` lists them and fails when one is
    missing, and import-linter keeps ReportLab out of all other modules. `pyproject.toml` sets the releases allowed.

What is used, and what for
    `canvas`
        `Canvas._doc`: the document whose objects are registered; `_code`: the operators of the page being drawn;
        `_pageNumber`, `_pagesize`: its number and size; `_make_preamble`, `_preamble`: overridden so that no page
        starts with a default font; `_setAnnotations`: overridden, as it is the last step before a page is registered.
        `_formsinuse`, `addForm`, `getXObjectName`: the form XObjects that a page shows, and their names;
        `_setXObjects`: overridden, so that a page with transparent content has a `Group`.
        `PDFPage`, `PDFPage.stream`, `Contents`, `Annots`: replaced by content that is compressed at once, and by
        tagged links.
        `__NoDefault__`: the entries that a page or catalog may have, extended by those of tagged and archival PDFs.
    `objects`
        `PDFObject`, `__RefOnly__`, `format`: base of everything written as an indirect object;
        `PDFDocument.Reference`, `idToObject`, `idToObjectNumberAndVersion`, `numberToId`: the registry of objects;
        `Catalog`, `info`, `_timeStamp`: the document's entries, and its time, which must not be the clock's;
        `PDFStream`, `PDFDictionary`, `PDFArray`, `PDFName`, `PDFZCompress`: streams.
    `fonts`
        `TTFont.face`, `state`, `splitString`, `getSubsetInternalName`, `addObjects`: metrics and subsets, and a copy of
        a font with other glyphs for its digits; `PDFDocument.delayedFonts`: the fonts to embed. Their ToUnicode maps
        are replaced, because ReportLab's map unused codes to U+0000, which ISO 14289-1 forbids (7.21.7).
    `composite_glyphs`
        `TTFont.face._ttf_data`, `table`, `glyphPos`, `hmetrics`: the font file and its tables, extended by glyphs of a
        letter with its marks.
    `settings`
        `rl_config.useA85`, `pdfComments`: switched off while a document is made, then restored.
    `qr_codes`
        `QRCode`: the modules of a QR code.
"""
