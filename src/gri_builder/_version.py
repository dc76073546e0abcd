"""The name and version of the program and of the package."""

NAME = "gri-builder"
VERSION = "0.2.0"
FIRST_SEALED = (0, 2)
"""The first version all PDFs of which have a seal, and data that lists what their pages print."""
