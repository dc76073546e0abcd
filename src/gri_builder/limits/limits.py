"""Every bound of the program, with its default value; `docs/reference/limits.md` lists them."""

from __future__ import annotations

from gri_builder.limits.limit import Limit

SECONDS = Limit(
    "seconds",
    17,
    "seconds of processor time",
    "a command; for each megabyte of the input after the first, 5 more for a report folder, up to 300, and 1 more for "
    "a PDF, up to 40",
    "--max-seconds",
)
MEGABYTES = Limit(
    "megabytes",
    900,
    "megabytes of memory",
    "a command; for each megabyte of a report folder after the first, 50 more, up to 4,000",
    "--max-megabytes",
)

TEXT_MEGABYTES = Limit("text-megabytes", 20, "megabytes", "a YAML, Markdown or text file")
TABLE_MEGABYTES = Limit("table-megabytes", 200, "megabytes", "a CSV file or a workbook, as it is stored")
PICTURE_MEGABYTES = Limit("picture-megabytes", 25, "megabytes", "a picture, as it is stored")
FONT_MEGABYTES = Limit("font-megabytes", 30, "megabytes", "a font file")

UNPACKED_MEGABYTES = Limit("unpacked-megabytes", 100, "megabytes", "all parts of a workbook together, unpacked")
UNPACKED_RATIO = Limit(
    "unpacked-ratio", 100, "bytes", "a workbook, unpacked, for each byte that is stored; the first megabyte is free"
)
SHEET_CELLS = Limit("sheet-cells", 2_000_000, "cells", "a sheet of a workbook")

NUMBER_CHARACTERS = Limit("number-characters", 60, "characters", "a number in YAML, CSV, a sheet or a placeholder")
NUMBER_EXPONENT = Limit(
    "number-exponent", 30, "powers of ten", "a number, above or below one, as 1e30 or 1e-30", highest=300
)
NUMBER_DIGITS = Limit("number-digits", 24, "digits", "a value, and its decimals alone", is_fixed=True)

YAML_DEPTH = Limit("yaml-depth", 40, "levels", "lists and mappings within each other in YAML", is_fixed=True)
TEXT_DEPTH = Limit("text-depth", 24, "levels", "lists, quotes and boxes within each other in Markdown", is_fixed=True)
DRAWING_DEPTH = Limit("drawing-depth", 60, "levels", "elements within each other in SVG", is_fixed=True)

TITLE_CHARACTERS = Limit("title-characters", 500, "characters", "a title, a heading or a name")
CHART_VALUES = Limit("chart-values", 2_000, "values", "a chart")
CHART_ROWS = Limit("chart-rows", 200, "bars or lines", "a chart")

PICTURE_MEGAPIXELS = Limit("picture-megapixels", 40, "million pixels", "a picture")
JPEG_SCANS = Limit("jpeg-scans", 100, "scans", "a progressive JPEG; encoders write about ten")

QR_BYTES = Limit(
    "qr-bytes", 450, "bytes", "an address printed as a QR code; a longer one is too fine for a camera", is_fixed=True
)

REMOTE_MEGABYTES = Limit("remote-megabytes", 500, "megabytes", "a PDF of a survey that is fetched from an address")

PACK_MEGABYTES = Limit("pack-megabytes", 4_000, "megabytes", "all files of an evidence pack together, unpacked")
PACK_FILES = Limit("pack-files", 20_000, "files", "an evidence pack")

QUERY_ROWS = Limit("query-rows", 100_000, "rows", "the result of a query")
QUERY_SECONDS = Limit("query-seconds", 10, "seconds", "all queries of a report together")
QUERY_MEGABYTES = Limit("query-megabytes", 512, "megabytes of memory", "the queries of a report")

LIMITS: tuple[Limit, ...] = (
    SECONDS,
    MEGABYTES,
    TEXT_MEGABYTES,
    TABLE_MEGABYTES,
    PICTURE_MEGABYTES,
    FONT_MEGABYTES,
    UNPACKED_MEGABYTES,
    UNPACKED_RATIO,
    SHEET_CELLS,
    NUMBER_CHARACTERS,
    NUMBER_EXPONENT,
    NUMBER_DIGITS,
    YAML_DEPTH,
    TEXT_DEPTH,
    DRAWING_DEPTH,
    TITLE_CHARACTERS,
    CHART_VALUES,
    CHART_ROWS,
    PICTURE_MEGAPIXELS,
    JPEG_SCANS,
    QR_BYTES,
    REMOTE_MEGABYTES,
    PACK_MEGABYTES,
    PACK_FILES,
    QUERY_ROWS,
    QUERY_SECONDS,
    QUERY_MEGABYTES,
)
"""All limits, in the order of the documentation."""


def find_limit(name: str) -> Limit | None:
    """Return the limit of that name; None for an unknown name."""
    return next((limit for limit in LIMITS if limit.name == name), None)
