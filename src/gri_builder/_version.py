"""The name and version of the program and of the package."""

NAME = "gri-builder"
VERSION = "0.1.0"
