"""The program's name and version, as it tells them and as the package has them."""

NAME = "gri-builder"
VERSION = "0.1.0"
