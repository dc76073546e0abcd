"""Fact series: inline, from tables, aggregated, queried and derived."""
