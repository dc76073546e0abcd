"""Markdown to prose: parse_prose(), and what its dialect knows."""

from gri_builder.produce.markdown.blocks import parse_prose

__all__ = ["parse_prose"]
